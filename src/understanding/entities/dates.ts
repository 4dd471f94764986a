import type { Entity } from '#shared/recognition.ts';
import { addDays, type CalendarDay, isoDay, makeDay, weekdayOf } from './calendar-day.ts';
import type { NumberSpan } from './numbers.ts';
import type { Mark, Sentence } from './sentence.ts';

const NUMERIC = /(?<![\d/.-])(\d{1,2})[/.-](\d{1,2})(?:[/.-](\d{2}|\d{4}))?(?![\d/])/g;
const ISO = /(?<!\d)(\d{4})-(\d{2})-(\d{2})(?!\d)/g;

/** Days named in a message, as ISO days, read from `today`; the next such day when no year is given. */
export const readDates = (
  sentence: Sentence,
  numbers: readonly NumberSpan[],
  today: CalendarDay,
): Entity[] => {
  const found = [
    ...readWritten(sentence.text, today),
    ...readDayAndMonth(sentence, numbers, today),
    ...readRelative(sentence, today),
    ...readWeekdays(sentence, today),
    ...readSpans(sentence, numbers, today),
  ];
  const kept: Entity[] = [];
  for (const entity of found) {
    if (kept.every((k) => entity.end <= k.start || entity.start >= k.end)) kept.push(entity);
  }
  return kept;
};

const readWritten = (text: string, today: CalendarDay): Entity[] => {
  const entities: Entity[] = [];
  for (const match of text.matchAll(ISO)) {
    push(entities, match, makeDay(Number(match[1]), Number(match[2]), Number(match[3])));
  }
  for (const match of text.matchAll(NUMERIC)) {
    const year = match[3] === undefined ? undefined : fullYear(Number(match[3]));
    push(entities, match, resolve(Number(match[1]), Number(match[2]), year, today));
  }
  return entities;
};

const push = (entities: Entity[], match: RegExpExecArray, day: CalendarDay | undefined): void => {
  if (day === undefined) return;
  const [text] = match;
  const start = match.index;
  entities.push({ kind: 'date', value: isoDay(day), text, start, end: start + text.length });
};

const fullYear = (year: number): number => (year < 100 ? 2000 + year : year);

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

/** "12 janvier", "le premier mars 2027". */
const readDayAndMonth = (
  sentence: Sentence,
  numbers: readonly NumberSpan[],
  today: CalendarDay,
): Entity[] => {
  const entities: Entity[] = [];
  for (const month of sentence.marks.filter((mark) => mark.kind === 'month')) {
    const number = numbers.find(({ to }) => to === month.from);
    const first = number === undefined ? sentence.before('ordinal', month.from, '1') : undefined;
    const day = number?.value ?? (first === undefined ? undefined : 1);
    if (day === undefined) continue;
    const year = numbers.find(
      ({ from, value }) => from === month.to && value > 2000 && value < 2100,
    );
    const found = resolve(day, Number(month.value), year?.value, today);
    const from = number?.from ?? first?.from ?? month.from;
    if (found !== undefined) {
      entities.push(sentence.entity('date', isoDay(found), from, year?.to ?? month.to));
    }
  }
  return entities;
};

/** "demain", "après-demain". */
const readRelative = (sentence: Sentence, today: CalendarDay): Entity[] =>
  longest(sentence, 'day').map((mark) =>
    sentence.entity('date', isoDay(addDays(today, Number(mark.value))), mark.from, mark.to),
  );

/** "mardi", "mardi prochain": the next such day; the past ones are not for us. */
const readWeekdays = (sentence: Sentence, today: CalendarDay): Entity[] => {
  const entities: Entity[] = [];
  for (const mark of longest(sentence, 'weekday')) {
    if (sentence.at('cue', mark.to, 'last') !== undefined) continue;
    const ahead = (Number(mark.value) - weekdayOf(today) + 7) % 7 || 7;
    const next = sentence.at('cue', mark.to, 'next');
    const day = addDays(today, ahead);
    entities.push(sentence.entity('date', isoDay(day), mark.from, next?.to ?? mark.to));
  }
  return entities;
};

const DAYS_OF: Readonly<Record<string, number>> = { day: 1, week: 7 };

/** "dans trois jours", "d'ici deux semaines". */
const readSpans = (
  sentence: Sentence,
  numbers: readonly NumberSpan[],
  today: CalendarDay,
): Entity[] => {
  const entities: Entity[] = [];
  for (const { value, from, to } of numbers) {
    const cue = sentence.before('cue', from, 'in');
    const unit = sentence.at('unit', to);
    const days = DAYS_OF[unit?.value ?? ''];
    if (cue === undefined || unit === undefined || days === undefined || value > 400) continue;
    const day = addDays(today, value * days);
    entities.push(sentence.entity('date', isoDay(day), cue.from, unit.to));
  }
  return entities;
};

/** The longest marks of a kind, one a place ("après-demain" hides "demain"). */
export const longest = (sentence: Sentence, kind: string): Mark[] => {
  const marks = sentence.marks.filter((mark) => mark.kind === kind);
  return marks.filter(
    (mark) =>
      !marks.some(
        (other) =>
          other !== mark &&
          other.from <= mark.from &&
          other.to >= mark.to &&
          other.to - other.from > mark.to - mark.from,
      ),
  );
};
