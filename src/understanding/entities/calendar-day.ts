/** A day of the calendar, of no time zone. */
export interface CalendarDay {
  readonly year: number;
  /** 1 to 12 */
  readonly month: number;
  readonly day: number;
}

/** The day, or undefined when the calendar has none such (31 April). */
export const makeDay = (year: number, month: number, day: number): CalendarDay | undefined => {
  const date = new Date(Date.UTC(year, month - 1, day));
  const real = date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
  return real && year >= 1900 && year < 2200 ? { year, month, day } : undefined;
};

export const isoDay = ({ year, month, day }: CalendarDay): string =>
  `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;

export const addDays = ({ year, month, day }: CalendarDay, days: number): CalendarDay =>
  fromUtc(new Date(Date.UTC(year, month - 1, day + days)));

/** 1 is Monday, 7 is Sunday. */
export const weekdayOf = ({ year, month, day }: CalendarDay): number =>
  new Date(Date.UTC(year, month - 1, day)).getUTCDay() || 7;

const fromUtc = (date: Date): CalendarDay => ({
  year: date.getUTCFullYear(),
  month: date.getUTCMonth() + 1,
  day: date.getUTCDate(),
});

const formats = new Map<string, Intl.DateTimeFormat>();

/** Which day it is in a time zone; an unknown zone is read as Europe/Paris. */
export const dayIn = (now: Date, timeZone = 'Europe/Paris'): CalendarDay => {
  const parts = formatFor(timeZone).formatToParts(now);
  const part = (type: string) => Number(parts.find((p) => p.type === type)?.value);
  return { year: part('year'), month: part('month'), day: part('day') };
};

const formatFor = (timeZone: string): Intl.DateTimeFormat => {
  const known = formats.get(timeZone);
  if (known !== undefined) return known;
  const options = { year: 'numeric', month: 'numeric', day: 'numeric' } as const;
  let format: Intl.DateTimeFormat;
  try {
    format = new Intl.DateTimeFormat('en-US', { ...options, timeZone });
  } catch {
    format = new Intl.DateTimeFormat('en-US', { ...options, timeZone: 'Europe/Paris' });
  }
  if (formats.size < 600) formats.set(timeZone, format);
  return format;
};
