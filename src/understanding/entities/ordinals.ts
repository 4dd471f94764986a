import type { Entity } from '#shared/recognition.ts';
import type { CalendarDay } from './calendar-day.ts';
import type { NumberSpan } from './numbers.ts';
import { longest, type Mark, type Sentence } from './sentence.ts';

/** Places in a list: "la deuxième" → 2, "la dernière" → -1. */
export const readOrdinals = (sentence: Sentence, taken: readonly Entity[]): Entity[] =>
  apartFrom(
    longest(sentence, 'ordinal')
      .filter((mark) => !isCounting(sentence, mark) && isChoice(sentence, mark))
      .map(({ value, from, to }) => sentence.entity('ordinal', value, from, to)),
    taken,
  );

/** "les 2 ans", "dernière semaine", "mardi dernier": a span of time, not a choice. */
const isCounting = (sentence: Sentence, { from, to }: Mark): boolean =>
  ['unit', 'weekday', 'month'].some(
    (kind) => sentence.at(kind, to) !== undefined || sentence.before(kind, from) !== undefined,
  );

/** In a clause of more words, a rank is of what the clause tells about. */
const SHORT = 8;

/**
 * Not "ma première fois", "le dernier emploi", "une seconde": the rank of something else. Doubtful
 * ones ("first, tell me") count alone, or before a word for what is chosen.
 */
const isChoice = (sentence: Sentence, { from, to, doubtful }: Mark): boolean => {
  if (sentence.at('cue', to, 'choice') !== undefined) return true;
  if (sentence.at('cue', to, 'ranked') !== undefined) return false;
  if (doubtful && to - from < sentence.words.length) return false;
  if (sentence.before('cue', from, 'no_choice') !== undefined) return false;
  return sentence.clauseLength(from) <= SHORT;
};

/** Months named without a day: "celle de janvier", "en mars", "le mois prochain". */
export const readMonths = (
  sentence: Sentence,
  numbers: readonly NumberSpan[],
  today: CalendarDay,
  taken: readonly Entity[],
): Entity[] => [
  ...apartFrom(
    longest(sentence, 'month')
      .filter((mark) => !mark.doubtful || isNamedMonth(sentence, mark))
      .map(({ value, from, to }) => sentence.entity('month', value, from, yearEnd(numbers, to))),
    taken,
  ),
  ...monthsAhead(sentence, numbers).map(({ months, from, to }) =>
    sentence.entity('month', String(((today.month - 1 + months) % 12) + 1), from, to),
  ),
];

/** "Janvier 2027": the year is part of it. */
const yearEnd = (numbers: readonly NumberSpan[], to: number): number =>
  numbers.find(({ from, value }) => from === to && value >= 1900 && value < 2100)?.to ?? to;

/** "Mai" is also how "mais" is written, and "may" a verb. */
const isNamedMonth = (sentence: Sentence, { from, to }: Mark): boolean =>
  to - from === sentence.words.length ||
  sentence.before('cue', from, 'month') !== undefined ||
  sentence.at('cue', to, 'month_after') !== undefined;

/** "Le mois prochain", "dans deux mois". */
const monthsAhead = (
  sentence: Sentence,
  numbers: readonly NumberSpan[],
): { months: number; from: number; to: number }[] =>
  longest(sentence, 'unit', 'month').flatMap((unit) => {
    const next = sentence.at('cue', unit.to, 'next') ?? sentence.before('cue', unit.from, 'next');
    if (next !== undefined) {
      return [{ months: 1, from: Math.min(unit.from, next.from), to: Math.max(unit.to, next.to) }];
    }
    const number = numbers.find(({ to }) => to === unit.from);
    const start = number?.from ?? sentence.before('number', unit.from, '1')?.from ?? unit.from;
    const cue = sentence.before('cue', start, 'in');
    if (cue === undefined || start === unit.from) return [];
    return [{ months: number?.value ?? 1, from: cue.from, to: unit.to }];
  });

/** The entities that overlap none of those already found. */
export const apartFrom = (entities: readonly Entity[], taken: readonly Entity[]): Entity[] =>
  entities.filter(({ start, end }) => taken.every((t) => end <= t.start || start >= t.end));
