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

/** The day it is for the person; on the time of mainland France when their zone is not known. */
export const todayFor = (now: Date, personZone: string | undefined): string =>
  DateTime.fromJSDate(now, {
    zone: zoneOf({ timeZone: 'Europe/Paris' }, personZone),
  }).toISODate() ?? '';

/** The next day, from an ISO day on, that is the so-manieth of its month. */
export function nextNumbered(number: number, from: string): string {
  const start = DateTime.fromISO(from, { zone: 'UTC' });
  const days = Array.from({ length: 62 }, (_, ahead) => start.plus({ days: ahead }));
  return (days.find(({ day }) => day === number) ?? start).toISODate() ?? from;
}

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
