import { oneLine } from '#programme/calendar-content.ts';
import type { WallClock } from '#programme/local-time.ts';
import { isTimeZone } from '#programme/local-time.ts';
import type { Session } from '#programme/session.ts';
import type { NamedZone, TeamWords } from './team-words.ts';

const ZONES: readonly NamedZone[] = [
  'Europe/Paris',
  'America/Martinique',
  'America/Guadeloupe',
  'America/St_Barthelemy',
  'America/Marigot',
  'America/Cayenne',
  'America/Miquelon',
  'Indian/Reunion',
  'Indian/Mayotte',
  'Pacific/Noumea',
  'Pacific/Tahiti',
  'Pacific/Marquesas',
  'Pacific/Gambier',
  'Pacific/Wallis',
];
const FORMATS = ['online', 'on_site', 'hybrid'] as const;

export type Day = Pick<WallClock, 'year' | 'month' | 'day'>;
export type Time = Pick<WallClock, 'hour' | 'minute'>;

/** Letters only matter: case, accents, hyphens and spaces do not. */
export const plain = (text: string): string =>
  text
    .normalize('NFD')
    .replace(/\p{Mark}/gu, '')
    .toLowerCase()
    .replace(/[\s_'’-]+/g, ' ')
    .trim();

/** `2027-01-12` or `12/01/2027`, when it is a day that exists. */
export function readDay(text: string): Day | undefined {
  const iso = /^(\d{4})-(\d{1,2})-(\d{1,2})$/.exec(text);
  const french = /^(\d{1,2})\/(\d{1,2})\/(\d{4})$/.exec(text);
  const [year, month, day] = (iso?.slice(1) ?? french?.slice(1).reverse() ?? []).map(Number);
  if (year === undefined || month === undefined || day === undefined) return undefined;
  const date = new Date(Date.UTC(year, month - 1, day));
  const exists = date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
  return exists ? { year, month, day } : undefined;
}

/** `9:30`, `09:30:00`, `9h30`, `9 h 30`, `9 h`. */
export function readTime(text: string): Time | undefined {
  const parts = /^(\d{1,2})(?::(\d{2})(?::00)?|\s?[hH]\s?(\d{2})?)$/.exec(text);
  if (parts === null) return undefined;
  const hour = Number(parts[1]);
  const minute = Number(parts[2] ?? parts[3] ?? 0);
  return hour < 24 && minute < 60 ? { hour, minute } : undefined;
}

/** An IANA zone, or the name of a place of France. */
export function readZone(text: string, say: TeamWords): string | undefined {
  if (isTimeZone(text)) return text;
  return ZONES.find((zone) => isOneOf(text, say(`zoneName.${zone}`)));
}

export function readFormat(text: string, say: TeamWords): Session['format'] | undefined {
  return FORMATS.find((format) => isOneOf(text, `${format},${say(`value.${format}`)}`));
}

export function readYesNo(text: string, say: TeamWords): boolean | undefined {
  if (isOneOf(text, `yes,true,1,${say('value.yes')}`)) return true;
  return isOneOf(text, `no,false,0,${say('value.no')}`) ? false : undefined;
}

/** A whole number from 1 to `most`. */
export function readCapacity(text: string, most: number): number | undefined {
  const capacity = /^\d{1,6}$/.test(text) ? Number(text) : 0;
  return capacity >= 1 && capacity <= most ? capacity : undefined;
}

/** Enough of what was written to be found again in the file, fit to be printed. */
export function excerpt(text: string): string {
  const line = oneLine(text);
  return line.length > 40 ? `${line.slice(0, 40)}…` : line;
}

const isOneOf = (text: string, list: string): boolean =>
  list.split(',').some((word) => plain(word) === plain(text));
