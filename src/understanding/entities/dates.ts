import type { Entity } from '#shared/recognition.ts';
import { addDays, type CalendarDay, isoDay, makeDay } from './calendar-day.ts';
import type { NumberSpan } from './numbers.ts';
import { longest, type Mark, type Sentence } from './sentence.ts';
import { withWeekdays } from './weekdays.ts';

const NUMERIC = /(?<![\d/.-])(\d{1,2})[/.-](\d{1,2})(?:[/.-](\d{2}|\d{4}))?(?![\d/])/g;
const ISO = /(?<!\d)(\d{4})-(\d{2})-(\d{2})(?!\d)/g;
/** "All the time", not the 24th of July. */
const ALL_THE_TIME = /^(?:24|7)[/.-]7$/;

/** A day named in a message; `real` when its year was told, whichever it is. */
interface Named {
  readonly entity: Entity;
  readonly day: CalendarDay;
}

/** Days of long ago are dates of birth. */
export interface Dates {
  /** ISO days, the next such day when no year is given. */
  readonly dates: readonly Entity[];
  readonly births: readonly Named[];
}

/** From so many years ago, a date is one of birth. */
const LONG_AGO = 10;

/** Days named in a message, read from `today`. */
export const readDates = (
  sentence: Sentence,
  numbers: readonly NumberSpan[],
  today: CalendarDay,
): Dates => {
  const named = [
    ...readWritten(sentence.text, today),
    ...readDayAndMonth(sentence, numbers, today),
  ];
  const births = named.filter(({ day }) => day.year <= today.year - LONG_AGO);
  const dates = named.filter((each) => !births.includes(each)).map(({ entity }) => entity);
  const all = [
    ...withWeekdays(sentence, dates, today),
    ...readRelative(sentence, today),
    ...readSpans(sentence, numbers, today),
  ];
  return { dates: withoutOverlaps(all), births };
};

const withoutOverlaps = (entities: readonly Entity[]): Entity[] => {
  const kept: Entity[] = [];
  for (const entity of entities) {
    if (kept.every((k) => entity.end <= k.start || entity.start >= k.end)) kept.push(entity);
  }
  return kept;
};

const readWritten = (text: string, today: CalendarDay): Named[] => {
  if (!/\d/.test(text)) return [];
  const named: Named[] = [];
  for (const match of text.matchAll(ISO)) {
    push(named, match, makeDay(Number(match[1]), Number(match[2]), Number(match[3])));
  }
  for (const match of text.matchAll(NUMERIC)) {
    if (ALL_THE_TIME.test(match[0])) continue;
    const year = match[3] === undefined ? undefined : fullYear(Number(match[3]), today);
    push(named, match, resolve(Number(match[1]), Number(match[2]), year, today));
  }
  return named;
};

const push = (named: Named[], match: RegExpExecArray, day: CalendarDay | undefined): void => {
  if (day === undefined) return;
  const [text] = match;
  const start = match.index;
  const entity = { kind: 'date', value: isoDay(day), text, start, end: start + text.length };
  named.push({ entity, day });
};

/** Two digits are of this century up to ten years ahead, of the last one beyond ("12/03/79"). */
const fullYear = (year: number, today: CalendarDay): number => {
  if (year >= 100) return year;
  return 2000 + year > today.year + LONG_AGO ? 1900 + year : 2000 + year;
};

/** A day and month; without a year, this year's or the next one's, whichever is not past. */
const resolve = (
  day: number,
  month: number,
  year: number | undefined,
  today: CalendarDay,
): CalendarDay | undefined => {
  if (year !== undefined) return makeDay(year, month, day);
  const thisYear = makeDay(today.year, month, day);
  if (thisYear === undefined) return makeDay(today.year + 1, month, day);
  return isoDay(thisYear) >= isoDay(today) ? thisYear : makeDay(today.year + 1, month, day);
};

/** "12 janvier", "le premier mars 2027", "January 12th". */
const readDayAndMonth = (
  sentence: Sentence,
  numbers: readonly NumberSpan[],
  today: CalendarDay,
): Named[] => {
  const named: Named[] = [];
  for (const month of sentence.marks.filter((mark) => mark.kind === 'month')) {
    const written = dayBeside(sentence, numbers, month);
    if (written === undefined) continue;
    const year = numbers.find(
      ({ from, value }) => from === written.to && value >= 1900 && value < 2100,
    );
    const day = resolve(written.day, Number(month.value), year?.value, today);
    if (day === undefined) continue;
    const to = year?.to ?? written.to;
    named.push({ day, entity: sentence.entity('date', isoDay(day), written.from, to) });
  }
  return named;
};

interface WrittenDay {
  readonly day: number;
  readonly from: number;
  readonly to: number;
}

const dayBeside = (
  sentence: Sentence,
  numbers: readonly NumberSpan[],
  month: Mark,
): WrittenDay | undefined => {
  const link = sentence.before('cue', month.from, 'of_month')?.from ?? month.from;
  const before = numbers.find(({ to }) => to === month.from || to === link);
  if (before !== undefined) return { day: before.value, from: before.from, to: month.to };
  const rank = rankBefore(sentence, month, link);
  const day = Number(rank?.value ?? 0);
  if (rank !== undefined && day > 0) return { day, from: rank.from, to: month.to };
  const after = numbers.find(({ from }) => from === month.to);
  if (after === undefined || sentence.at('unit', after.to) !== undefined) return undefined;
  const ends = after.to >= sentence.words.length || sentence.startsClause(after.to);
  return ends ? { day: after.value, from: month.from, to: after.to } : undefined;
};

/** "Premier mars", "the second of March"; "la deuxième de janvier" is a choice among several. */
const rankBefore = (sentence: Sentence, month: Mark, link: number): Mark | undefined => {
  const ofDay = sentence.before('cue', month.from, 'of_day');
  return (
    sentence.before('ordinal', month.from) ??
    (ofDay && sentence.before('ordinal', ofDay.from)) ??
    sentence.before('ordinal', link, '1')
  );
};

/** "Ce jour-là" names none. */
const NO_DAY = 'none';

/** "demain", "après-demain". */
const readRelative = (sentence: Sentence, today: CalendarDay): Entity[] =>
  longest(sentence, 'day')
    .filter(({ value }) => value !== NO_DAY)
    .map(({ value, from, to }) =>
      sentence.entity('date', isoDay(addDays(today, Number(value))), from, to),
    );

const DAYS_OF: Readonly<Record<string, number>> = { day: 1, week: 7 };

/** "dans trois jours", "d'ici une semaine". */
const readSpans = (
  sentence: Sentence,
  numbers: readonly NumberSpan[],
  today: CalendarDay,
): Entity[] => {
  const entities: Entity[] = [];
  for (const cue of longest(sentence, 'cue', 'in')) {
    const one = sentence.at('number', cue.to, '1');
    const number =
      numbers.find(({ from }) => from === cue.to) ??
      (one && { value: 1, from: cue.to, to: one.to });
    if (number === undefined || number.value > 400) continue;
    const unit = sentence.at('unit', number.to);
    const days = DAYS_OF[unit?.value ?? ''];
    if (unit === undefined || days === undefined) continue;
    const day = addDays(today, number.value * days);
    entities.push(sentence.entity('date', isoDay(day), cue.from, unit.to));
  }
  return entities;
};
