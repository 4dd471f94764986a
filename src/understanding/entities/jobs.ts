import type { Entity } from '#shared/recognition.ts';
import type { Lexicon, LexiconMatch } from './lexicon.ts';
import type { Sentence } from './sentence.ts';
import { isDenied, subjectOf } from './whose.ts';

/** How far before a job the words that tell why it is named may stand. */
const REACH = 3;
const FAR = 6;
/** A message of up to this many words that names a trade tells the writer's. */
const SHORT = 3;

/**
 * Digital jobs that the message is about. Names that also mean something else ("data", "po")
 * count alone, or after words of work ("c'est quoi un PO", "travailler dans la data").
 */
export const readCareers = (sentence: Sentence, careers: Lexicon): Entity[] =>
  careers
    .findLongest(sentence.words)
    .filter((match) => !match.doubtful || isAboutJob(sentence, match))
    .map((match) => toEntity(sentence, 'career', match));

const isAboutJob = (sentence: Sentence, { from, to }: LexiconMatch): boolean => {
  const words = sentence.words.length;
  if (to - from === words || sentence.cueBefore('job', from, REACH)) return true;
  return sentence.at('cue', to, 'job_after') !== undefined && sentence.startsClause(to + 1);
};

/**
 * Trades: `occupation` where the message tells that the writer has or had it, `trade` where it is
 * only named ("routier, et après ?"). Those of others, or that they dream of, are neither.
 */
export const readOccupations = (sentence: Sentence, occupations: Lexicon): Entity[] =>
  occupations
    .findLongest(sentence.words)
    .filter((match) => mayBeTheirs(sentence, match))
    .map((match) => toEntity(sentence, isTold(sentence, match) ? 'occupation' : 'trade', match));

const mayBeTheirs = (sentence: Sentence, { from }: LexiconMatch): boolean =>
  !sentence.cueBefore('wish', from, FAR, 'held') &&
  !isDenied(sentence, from) &&
  subjectOf(sentence, from) !== 'other';

const isTold = (sentence: Sentence, { from, to, doubtful }: LexiconMatch): boolean => {
  if (sentence.cueBefore('held', from, REACH)) return true;
  if (sentence.at('cue', to, 'held_after') !== undefined) return true;
  const others = sentence.words.length - (to - from);
  return others === 0 || (others <= SHORT && !doubtful);
};

const toEntity = (sentence: Sentence, kind: string, { columns, from, to }: LexiconMatch): Entity =>
  sentence.entity(kind, columns[0] ?? '', from, to);
