import type { Entity } from '#shared/recognition.ts';
import type { NumberSpan } from './numbers.ts';
import type { Sentence } from './sentence.ts';

const YOUNGEST = 10;
const OLDEST = 99;
/** How many words may part "j'ai" from the number. */
const REACH = 3;

/**
 * Ages of the person who writes: "j'ai 52 ans", "17 ans", "à 40 ans".
 * Not durations ("depuis 10 ans", "5 ans d'expérience") nor someone else's ("mon fils a 8 ans").
 */
export const readAges = (sentence: Sentence, numbers: readonly NumberSpan[]): Entity[] => {
  const ages: Entity[] = [];
  for (const { value, from, to } of numbers) {
    if (value < YOUNGEST || value > OLDEST) continue;
    const unit = sentence.at('unit', to, 'year');
    if (unit === undefined || isDuration(sentence, from, unit.to) || isOthers(sentence, from)) {
      continue;
    }
    if (from === 0 || sentence.cueNear('own_age', from, REACH) || startsClause(sentence, from)) {
      ages.push(sentence.entity('age', String(value), from, unit.to));
    }
  }
  return ages;
};

const isDuration = (sentence: Sentence, from: number, to: number): boolean =>
  sentence.before('cue', from, 'not_age') !== undefined ||
  sentence.at('cue', to, 'not_age_after') !== undefined;

/** Whether the number belongs to someone named just before. */
const isOthers = (sentence: Sentence, from: number): boolean =>
  sentence.cueNear('other_person', from, 4);

/** Whether a sign stands between the number and the word before it. */
const startsClause = (sentence: Sentence, from: number): boolean => {
  const before = sentence.words[from - 1];
  const word = sentence.words[from];
  if (before === undefined || word === undefined) return true;
  return /[,;.!?:()\n]/.test(sentence.text.slice(before.end, word.start));
};
