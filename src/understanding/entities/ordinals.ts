import type { Entity } from '#shared/recognition.ts';
import { longest } from './dates.ts';
import type { Sentence } from './sentence.ts';

/** Places in a list: "la deuxième" → 2, "la dernière" → -1. */
export const readOrdinals = (sentence: Sentence, taken: readonly Entity[]): Entity[] =>
  apartFrom(
    longest(sentence, 'ordinal')
      .filter(({ to }) => !isCounting(sentence, to))
      .map(({ value, from, to }) => sentence.entity('ordinal', value, from, to)),
    taken,
  );

/** "les 2 ans", "dernière semaine", "troisième mois": a span of time, not a choice. */
const isCounting = (sentence: Sentence, to: number): boolean =>
  sentence.at('unit', to) !== undefined;

/** Months named without a day: "celle de janvier", "en mars". */
export const readMonths = (sentence: Sentence, taken: readonly Entity[]): Entity[] =>
  apartFrom(
    longest(sentence, 'month').map(({ value, from, to }) =>
      sentence.entity('month', value, from, to),
    ),
    taken,
  );

/** The entities that overlap none of those already found. */
export const apartFrom = (entities: readonly Entity[], taken: readonly Entity[]): Entity[] =>
  entities.filter(({ start, end }) => taken.every((t) => end <= t.start || start >= t.end));
