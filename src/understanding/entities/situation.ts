import type { LexiconMatch } from './lexicon.ts';
import type { Sentence } from './sentence.ts';
import { isDenied, isOthers } from './whose.ts';

/** How far back it is looked for whether a situation is of now, in words. */
const REACH = 4;
/** How many small words may part "je suis" from what the writer is. */
const NEAR = 3;

/**
 * Whether words tell the situation of the writer now: not of others, of the past, or of whoever
 * may come. Doubtful ones ("CDI", "France Travail", "à la maison") only where the writer says to be
 * so, or as the answer to a question: alone in their clause, small words apart.
 */
export const isSituation = (sentence: Sentence, { from, to, doubtful }: LexiconMatch): boolean => {
  if (isOthers(sentence, from) || sentence.cueBefore('past', from, REACH, 'now')) return false;
  if (sentence.cueBefore('supposed', from, REACH)) return false;
  if (sentence.at('cue', to, 'not_now') !== undefined) return false;
  if (!doubtful || isBeing(sentence, from) || isDenied(sentence, from)) return true;
  return isClause(sentence, from, to);
};

/** "Je suis en CDI", "je suis un simple ouvrier". */
const isBeing = (sentence: Sentence, from: number): boolean => {
  for (let at = from, steps = 0; steps <= NEAR; steps++) {
    if (sentence.before('cue', at, 'being') !== undefined) return true;
    const small = smallBefore(sentence, at);
    if (small === undefined) return false;
    at = small;
  }
  return false;
};

/** Whether the words are all that their clause says, small words apart, or begin what it says. */
export const isClause = (sentence: Sentence, from: number, to: number): boolean =>
  opensClause(sentence, from) && endsClause(sentence, to);

/** Whether only small words stand between the beginning of the clause and a word. */
const opensClause = (sentence: Sentence, from: number): boolean => {
  let at = from;
  while (!sentence.startsClause(at)) {
    const small = smallBefore(sentence, at);
    if (small === undefined) return sentence.before('connector', at) !== undefined;
    at = small;
  }
  return true;
};

/** Where the small words just before a word begin; undefined when there are none. */
const smallBefore = (sentence: Sentence, at: number): number | undefined => {
  if (sentence.startsClause(at)) return undefined;
  const mark =
    sentence.before('small', at) ??
    sentence.before('through', at) ??
    sentence.before('negator', at) ??
    sentence.before('subject', at, 'self') ??
    sentence.before('cue', at, 'now');
  return mark?.from;
};

const endsClause = (sentence: Sentence, to: number): boolean =>
  to >= sentence.words.length ||
  sentence.startsClause(to) ||
  sentence.at('cue', to, 'goes_on') !== undefined ||
  sentence.at('connector', to) !== undefined;
