import type { Sentence } from './sentence.ts';
import { isDenied, isOthers } from './whose.ts';

/** How many words may part a place from what is said of it. */
const REACH = 6;

/**
 * Whether a place of France that the message names may be where the writer lives: not where
 * somebody else does, nor where they were born, graduated or are going.
 */
export const mayBeHome = (sentence: Sentence, from: number): boolean =>
  !isOthers(sentence, from) && !sentence.cueBefore('not_home', from, REACH, 'home');

/**
 * Whether the writer says that they live there. Countries need it said: most who name one tell
 * where they come from, and are not to be sent away for it.
 * @param isAnswer the message says little else than the place
 */
export const isHome = (sentence: Sentence, from: number, isAnswer: boolean): boolean => {
  if (isOthers(sentence, from) || sentence.cueBefore('origin', from, REACH, 'home')) return false;
  if (sentence.cueBefore('not_home', from, REACH, 'home')) return false;
  return isAnswer || sentence.cueBefore('home', from, REACH) || isDenied(sentence, from);
};
