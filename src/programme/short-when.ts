import { DateTime, IANAZone } from 'luxon';
import { remembered } from './remembered.ts';
import type { Session } from './session.ts';

/** The most that a WhatsApp button holds. */
const LONGEST_TITLE = 20;

const zoneOf = (session: Pick<Session, 'timeZone'>, personZone: string | undefined): string =>
  personZone !== undefined && IANAZone.isValidZone(personZone) ? personZone : session.timeZone;

/** The day a session begins for the person, as `2026-12-08`. */
export const isoDay = remembered(
  (
    { startsAt, timeZone }: Pick<Session, 'startsAt' | 'timeZone'>,
    personZone: string | undefined,
  ) => `${startsAt.getTime()} ${timeZone} ${personZone}`,
  (session, personZone) =>
    DateTime.fromJSDate(session.startsAt, { zone: zoneOf(session, personZone) }).toISODate() ?? '',
);

/** "mar. 8 déc. 9 h", at most 20 characters: for buttons. */
export const shortWhen = remembered(
  (
    { startsAt, timeZone }: Pick<Session, 'startsAt' | 'timeZone'>,
    personZone: string | undefined,
    locale: string,
    startTime: string,
  ) => `${startsAt.getTime()} ${timeZone} ${personZone} ${locale} ${startTime}`,
  shortWhenInWords,
);

function shortWhenInWords(
  session: Pick<Session, 'startsAt' | 'timeZone'>,
  personZone: string | undefined,
  locale: string,
  startTime: string,
): string {
  const language = locale.split('-')[0] ?? locale;
  const day = DateTime.fromJSDate(session.startsAt, { zone: zoneOf(session, personZone) })
    .setLocale(language)
    .toLocaleString({ weekday: 'short', day: 'numeric', month: 'short' });
  const title = `${day} ${startTime}`;
  return title.length <= LONGEST_TITLE ? title : title.replaceAll('.', '');
}
