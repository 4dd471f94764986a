import type { Entity } from '#shared/recognition.ts';
import type { Sentence } from './sentence.ts';

/** A whole number in the words of a message. */
export interface NumberSpan {
  readonly value: number;
  readonly from: number;
  readonly to: number;
}

const MAX_DIGITS = 9;

/** Numbers in digits and in words ("quatre-vingt-douze"), left to right. */
export const readNumbers = (sentence: Sentence): NumberSpan[] => {
  const numbers: NumberSpan[] = [];
  for (let from = 0; from < sentence.words.length; ) {
    const span = readDigits(sentence, from) ?? readNumberWords(sentence, from);
    if (span === undefined) from++;
    else {
      numbers.push(span);
      from = span.to;
    }
  }
  return numbers;
};

const readDigits = (sentence: Sentence, from: number): NumberSpan | undefined => {
  const norm = sentence.words[from]?.norm ?? '';
  if (!/^\d+$/.test(norm) || norm.length > MAX_DIGITS) return undefined;
  return { value: Number(norm), from, to: from + 1 };
};

const readNumberWords = (sentence: Sentence, from: number): NumberSpan | undefined => {
  const words = numberWords(sentence, from);
  let to = from;
  let total = 0;
  let current = 0;
  for (const word of words) {
    const grown = word.value === 1000 ? 0 : grow(current, word.value, current === 0);
    if (grown === undefined) break;
    if (word.value === 1000) total += Math.max(1, current) * 1000;
    current = grown;
    to = word.to;
  }
  const loneOne = to === from + 1 && total + current === 1 && sentence.words.length > 1;
  return to === from || loneOne ? undefined : { value: total + current, from, to };
};

/** The number words in a row from here, "et" skipped. */
const numberWords = (sentence: Sentence, from: number): { value: number; to: number }[] => {
  const words: { value: number; to: number }[] = [];
  for (let at = from; ; ) {
    const joined = at > from && sentence.at('join', at) !== undefined ? 1 : 0;
    const mark = sentence.at('number', at + joined);
    if (mark === undefined) return words;
    words.push({ value: Number(mark.value), to: mark.to });
    at = mark.to;
  }
};

/** The number so far with the next word added; undefined when the word begins another number. */
const grow = (current: number, next: number, first: boolean): number | undefined => {
  if (first) return next;
  if (next === 100) return current < 10 ? Math.max(1, current) * 100 : undefined;
  const units = current % 100;
  if (next === 20 && units === 4) return current - 4 + 80;
  return canFollow(units, next, current) ? current + next : undefined;
};

/** "vingt" then "deux", "soixante" then "douze", "cent" then anything, "dix" then "sept". */
const canFollow = (units: number, next: number, current: number): boolean => {
  if (units === 0) return current > 0 && next < 100;
  if (units === 10) return next >= 7 && next < 10;
  return units >= 20 && units % 10 === 0 && next < 20;
};

/**
 * Numbers that are not already part of a date, an age, a phone… and count no time: "il y a 12 ans"
 * answers no question that a bare 12 would answer.
 */
export const numberEntities = (
  sentence: Sentence,
  numbers: readonly NumberSpan[],
  taken: readonly Entity[],
): Entity[] =>
  numbers
    .filter((number) => !countsTime(sentence, number, numbers) && !isFraction(sentence, number))
    .map(({ value, from, to }) => sentence.entity('number', String(value), from, to))
    .filter(({ start, end }) => taken.every((other) => end <= other.start || start >= other.end));

/** "12 ans", and the 12 of "12 et 15 ans". */
const countsTime = (
  sentence: Sentence,
  { to }: NumberSpan,
  numbers: readonly NumberSpan[],
): boolean => {
  if (sentence.at('unit', to) !== undefined) return true;
  const next = sentence.at('join', to)?.to;
  const other = next === undefined ? undefined : numbers.find(({ from }) => from === next);
  return other !== undefined && sentence.at('unit', other.to) !== undefined;
};

/** "24/7", "3/4". */
const isFraction = (sentence: Sentence, { from, to }: NumberSpan): boolean =>
  sentence.between(from) === '/' || sentence.between(to) === '/';
