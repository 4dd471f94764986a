import { DateTime, IANAZone } from 'luxon';
import { type CalendarTexts, calendarTexts } from './calendar-words.ts';
import { remembered } from './remembered.ts';
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
 * a zone. The note is there when the two clocks differ, when the person's clock is unknown and the
 * session is not held on the time of mainland France, and always with `sayZone`.
 */
export const describeWhen = remembered(
  (
    { startsAt, endsAt, timeZone }: Pick<Session, 'startsAt' | 'endsAt' | 'timeZone'>,
    personZone: string | undefined,
    locale: string,
    sayZone = false,
  ) => `${startsAt.getTime()} ${endsAt.getTime()} ${timeZone} ${personZone} ${locale} ${sayZone}`,
  whenInWords,
);

function whenInWords(
  session: Pick<Session, 'startsAt' | 'endsAt' | 'timeZone'>,
  personZone: string | undefined,
  locale: string,
  sayZone = false,
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
    zoneNote:
      sayZone || needsNote(session, knownZone(personZone))
        ? zoneWords(timeZone, start.toJSDate(), texts)
        : undefined,
    timeZone,
  };
}

/** An ISO day in words: its weekday, and the whole of it ("mercredi 9 décembre 2026"). */
export const dayInWords = remembered(
  (day: string, locale: string) => `${day} ${locale}`,
  (day, locale) => dayWords(DateTime.fromISO(day, { zone: 'UTC' }), calendarTexts(locale)),
);

const MAINLAND = 'Europe/Paris';

/** Zones met and found to exist: asking costs more than all the rest. Names of none are not kept. */
const zonesKnown = new Set<string>();

function knownZone(zone: string | undefined): string | undefined {
  if (zone === undefined || zonesKnown.has(zone)) return zone;
  if (!IANAZone.isValidZone(zone)) return undefined;
  zonesKnown.add(zone);
  return zone;
}

function needsNote(
  session: Pick<Session, 'startsAt' | 'endsAt' | 'timeZone'>,
  personZone: string | undefined,
): boolean {
  const other = personZone ?? MAINLAND;
  if (other === session.timeZone) return false;
  return [session.startsAt, session.endsAt].some(
    (at) => offset(at, other) !== offset(at, session.timeZone),
  );
}

const offset = (at: Date, zone: string): number => DateTime.fromJSDate(at, { zone }).offset;

interface Formats {
  readonly weekday: Intl.DateTimeFormat;
  readonly date: Intl.DateTimeFormat;
  readonly day: Intl.DateTimeFormat;
  readonly duration: Intl.DurationFormat;
}

/** Formats take long to make. One set a language that has texts, whatever the zones. */
const formatsMade = new Map<string, Formats>();

function formatsFor(language: string): Formats {
  const known = formatsMade.get(language);
  if (known !== undefined) return known;
  const date = { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' } as const;
  const made: Formats = {
    weekday: new Intl.DateTimeFormat(language, { weekday: 'long', timeZone: 'UTC' }),
    date: new Intl.DateTimeFormat(language, date),
    day: new Intl.DateTimeFormat(language, { weekday: 'long', ...date }),
    duration: new Intl.DurationFormat(language, { style: 'long' }),
  };
  formatsMade.set(language, made);
  return made;
}

function dayWords(at: DateTime, { language, say }: CalendarTexts) {
  const formats = formatsFor(language);
  const day = Date.UTC(at.year, at.month - 1, at.day);
  const words = (format: Intl.DateTimeFormat): string =>
    format
      .formatToParts(day)
      .map(({ type, value }) =>
        type === 'day' && value === '1' ? say('when.firstOfMonth') : value,
      )
      .join('');
  return {
    weekday: words(formats.weekday),
    date: words(formats.date),
    day: words(formats.day),
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
    formatsFor(language)
      .duration.format(duration)
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
