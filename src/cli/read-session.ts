import { printable, webAddress } from '#programme/calendar-content.ts';
import { instantAt } from '#programme/local-time.ts';
import {
  type Day,
  excerpt,
  readCapacity,
  readDay,
  readFormat,
  readTime,
  readYesNo,
  readZone,
  type Time,
} from './read-field.ts';
import {
  type Problem,
  REQUIRED_FIELDS,
  type ReadSession,
  type SessionField,
  type WrittenSession,
} from './session-fields.ts';
import type { TeamWords } from './team-words.ts';

const MOST_SEATS = 10_000;
const LONGEST = { title: 120, place: 200, link: 1000 } as const;
const DAY = 24 * 60 * 60 * 1000;
const LONGEST_SESSION = 31 * DAY;
const FURTHEST = 3 * 366 * DAY;

interface Reading {
  readonly written: WrittenSession;
  readonly say: TeamWords;
  readonly problems: Problem[];
}

/** Reads a session as the team wrote it, and names everything that is wrong with it. */
export function readSession(written: WrittenSession, now: Date, say: TeamWords): ReadSession {
  const reading: Reading = { written: trimmed(written), say, problems: [] };
  for (const name of REQUIRED_FIELDS) {
    if (reading.written[name] === undefined) report(reading, name, 'problem.required');
  }
  const timeZone = field(reading, 'time_zone', 'problem.zone', readZone) ?? 'Europe/Paris';
  const moments = readMoments(reading, timeZone, now);
  const title = shortText(reading, 'title');
  const capacity = field(reading, 'capacity', 'problem.capacity', (text) =>
    readCapacity(text, MOST_SEATS),
  );
  const where = readWhere(reading);
  const accessibility = readAccessibility(reading);
  const { problems } = reading;
  const complete = moments !== undefined && title !== undefined && capacity !== undefined;
  if (problems.length > 0 || !complete) return { kind: 'problems', problems };
  const sample = false;
  const session = { title, ...moments, timeZone, capacity, ...where, accessibility, sample };
  return { kind: 'session', session };
}

function readWhere(reading: Reading) {
  const format = field(reading, 'format', 'problem.format', readFormat) ?? 'online';
  const place = shortText(reading, 'place');
  if (format !== 'online' && place === undefined) report(reading, 'place', 'problem.placeNeeded');
  return { format, place, link: readLink(reading) };
}

function readAccessibility(reading: Reading) {
  const offers = (name: SessionField): boolean =>
    field(reading, name, 'problem.yesNo', readYesNo) ?? false;
  return {
    captions: offers('captions'),
    signLanguage: offers('sign_language'),
    replay: offers('replay'),
  };
}

function readMoments(
  reading: Reading,
  timeZone: string,
  now: Date,
): { startsAt: Date; endsAt: Date } | undefined {
  const day = field(reading, 'date', 'problem.date', readDay);
  const endDay = field(reading, 'end_date', 'problem.date', readDay) ?? day;
  const startsAt = instant(reading, 'start', day, timeZone);
  const endsAt = instant(reading, 'end', endDay, timeZone);
  if (startsAt === undefined || endsAt === undefined) return undefined;
  const ahead = startsAt.getTime() - now.getTime();
  if (ahead <= 0) report(reading, 'date', 'problem.past');
  if (ahead > FURTHEST) report(reading, 'date', 'problem.tooFar');
  const lasts = endsAt.getTime() - startsAt.getTime();
  if (lasts <= 0) report(reading, 'end', 'problem.endBeforeStart');
  if (lasts > LONGEST_SESSION) report(reading, 'end_date', 'problem.tooLongSession');
  return { startsAt, endsAt };
}

function instant(
  reading: Reading,
  name: 'start' | 'end',
  day: Day | undefined,
  timeZone: string,
): Date | undefined {
  const time: Time | undefined = field(reading, name, 'problem.time', readTime);
  if (day === undefined || time === undefined) return undefined;
  const local = instantAt({ ...day, ...time }, timeZone);
  if (local.kind === 'instant') return local.at;
  report(reading, name, `problem.${local.kind}`);
  return undefined;
}

function readLink(reading: Reading): string | undefined {
  const text = shortText(reading, 'link');
  if (text === undefined) return undefined;
  const address = webAddress(text);
  if (address === undefined) {
    report(reading, 'link', 'problem.link', { value: excerpt(text) });
  }
  return address;
}

function shortText(reading: Reading, name: keyof typeof LONGEST): string | undefined {
  const text = reading.written[name];
  if (text === undefined) return undefined;
  const most = LONGEST[name];
  if (text.length > most) report(reading, name, 'problem.tooLong', { length: text.length, most });
  if (printable(text) !== text || text.includes('\n')) report(reading, name, 'problem.control');
  return text;
}

/** Reads one field; empty is nothing, and what cannot be read is a problem. */
function field<T>(
  reading: Reading,
  name: SessionField,
  problem: Problem['key'],
  read: (text: string, say: TeamWords) => T | undefined,
): T | undefined {
  const text = reading.written[name];
  if (text === undefined) return undefined;
  const value = read(text, reading.say);
  if (value === undefined)
    report(reading, name, problem, { value: excerpt(text), most: MOST_SEATS });
  return value;
}

function report(
  { problems }: Reading,
  name: SessionField,
  key: Problem['key'],
  values: Problem['values'] = {},
): void {
  problems.push({ field: name, key, values });
}

function trimmed(written: WrittenSession): WrittenSession {
  const entries = Object.entries(written).map(([name, text]) => [name, text?.trim() || undefined]);
  return Object.fromEntries(entries);
}
