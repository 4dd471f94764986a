import { DateTime, IANAZone } from 'luxon';
import { type CalendarTexts, calendarTexts } from './calendar-words.ts';
import type { Session } from './session.ts';

/** When a session is, in words ready for a sentence. */
export interface When {
  /** "mardi" */
  readonly weekday: string;
  /** "8 décembre 2026" */
  readonly date: string;
  /** "mardi 8 décembre 2026" */
  readonly day: string;
  /** "9 h", "9 h 30" */
  readonly startTime: string;
  readonly endTime: string;
  /** "vendredi 11 décembre 2026", only when it ends on another day. */
  readonly endDay: string | undefined;
  /** "2 heures et 30 minutes" within 24 hours, "4 jours" beyond, counting days begun. */
  readonly duration: string;
  /** "heure de La Réunion": whose time it is, when it could be taken for another one. */
  readonly zoneNote: string | undefined;
  /** IANA zone that the words above are in. */
  readonly timeZone: string;
}

/**
 * Says when a session is in the person's zone, or in the session's when theirs is not known or not
 * a zone. The note is there when the two clocks differ, and when the person's clock is unknown and
 * the session is not held on the time of mainland France.
 */
export function describeWhen(
  session: Pick<Session, 'startsAt' | 'endsAt' | 'timeZone'>,
  personZone: string | undefined,
  locale: string,
): When {
  const texts = calendarTexts(locale);
  const timeZone = knownZone(personZone) ?? session.timeZone;
  const start = DateTime.fromJSDate(session.startsAt, { zone: timeZone });
  const end = DateTime.fromJSDate(session.endsAt, { zone: timeZone });
  return {
    ...dayWords(start, texts),
    startTime: timeWords(start, texts),
    endTime: timeWords(end, texts),
    endDay: start.hasSame(end, 'day') ? undefined : dayWords(end, texts).day,
    duration: durationWords(session, texts.language),
    zoneNote: needsNote(session, knownZone(personZone))
      ? zoneWords(timeZone, start.toJSDate(), texts)
      : undefined,
    timeZone,
  };
}

const MAINLAND = 'Europe/Paris';

function knownZone(zone: string | undefined): string | undefined {
  return zone !== undefined && IANAZone.isValidZone(zone) ? zone : undefined;
}

function needsNote(
  session: Pick<Session, 'startsAt' | 'endsAt' | 'timeZone'>,
  personZone: string | undefined,
): boolean {
  const other = personZone ?? MAINLAND;
  return [session.startsAt, session.endsAt].some(
    (at) => offset(at, other) !== offset(at, session.timeZone),
  );
}

const offset = (at: Date, zone: string): number => DateTime.fromJSDate(at, { zone }).offset;

function dayWords(at: DateTime, { language, say }: CalendarTexts) {
  const parts = (options: Intl.DateTimeFormatOptions): string =>
    new Intl.DateTimeFormat(language, { ...options, timeZone: at.zoneName ?? 'UTC' })
      .formatToParts(at.toJSDate())
      .map(({ type, value }) =>
        type === 'day' && value === '1' ? say('when.firstOfMonth') : value,
      )
      .join('');
  const date = { day: 'numeric', month: 'long', year: 'numeric' } as const;
  return {
    weekday: parts({ weekday: 'long' }),
    date: parts(date),
    day: parts({ weekday: 'long', ...date }),
  };
}

function timeWords(at: DateTime, { say }: CalendarTexts): string {
  const minute = String(at.minute).padStart(2, '0');
  return at.minute === 0
    ? say('when.hour', { hour: at.hour })
    : say('when.hourAndMinutes', { hour: at.hour, minute });
}

function durationWords(
  { startsAt, endsAt, timeZone }: Pick<Session, 'startsAt' | 'endsAt' | 'timeZone'>,
  language: string,
): string {
  const inWords = (duration: Partial<Record<'days' | 'hours' | 'minutes', number>>): string =>
    new Intl.DurationFormat(language, { style: 'long' })
      .format(duration)
      // The rest of what is said has plain spaces: two kinds in one sentence break searches.
      .replace(/\u00a0/g, ' ');
  const minutes = Math.round((endsAt.getTime() - startsAt.getTime()) / 60_000);
  if (minutes < 24 * 60) return inWords({ hours: Math.floor(minutes / 60), minutes: minutes % 60 });
  const first = DateTime.fromJSDate(startsAt, { zone: timeZone }).startOf('day');
  // A session that ends at midnight does not begin the day after.
  const lastMoment = DateTime.fromJSDate(endsAt, { zone: timeZone }).minus({ milliseconds: 1 });
  return inWords({ days: Math.round(lastMoment.endOf('day').diff(first, 'days').days) });
}

function zoneWords(timeZone: string, at: Date, { language, zone }: CalendarTexts): string {
  const generic = new Intl.DateTimeFormat(language, { timeZone, timeZoneName: 'longGeneric' });
  return (
    zone(timeZone) ??
    generic.formatToParts(at).find(({ type }) => type === 'timeZoneName')?.value ??
    timeZone
  );
}
