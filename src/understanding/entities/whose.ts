import type { Sentence } from './sentence.ts';

/** How far back the subject of a clause is looked for, in words. */
const SUBJECT_REACH = 9;
/** How far a negator reaches, in words. */
const NEGATION_REACH = 5;

/**
 * Whom the words at a place are said of: the writer, or somebody else ("il est au chômage",
 * "mon fils qui est étudiant"). The nearest subject before them in the sentence decides.
 */
export const subjectOf = (sentence: Sentence, from: number): 'self' | 'other' | undefined => {
  const first = Math.max(0, from - SUBJECT_REACH);
  for (let at = from; at > first && !sentence.startsSentence(at); ) {
    const subject = sentence.before('subject', at);
    if (subject?.value === 'self') return 'self';
    if (subject?.value === 'other' && !isCompany(sentence, subject.from)) return 'other';
    at = subject?.from ?? at - 1;
  }
  return undefined;
};

export const isOthers = (sentence: Sentence, from: number): boolean =>
  subjectOf(sentence, from) === 'other';

/** "Chez mes parents", "avec mon fils": they are named, and not spoken of. */
const isCompany = (sentence: Sentence, from: number): boolean =>
  sentence.before('cue', from, 'company') !== undefined;

/**
 * Whether a negator bears on the words at a place: nothing that it could deny instead stands
 * between them ("pas au chômage", not "pas diplômé en France").
 */
export const isDenied = (sentence: Sentence, from: number): boolean => {
  for (let at = from; at > Math.max(0, from - NEGATION_REACH); ) {
    if (sentence.startsClause(at)) return false;
    if (isNegator(sentence, at, from)) return true;
    const through = sentence.before('through', at);
    if (through === undefined) return false;
    at = through.from;
  }
  return false;
};

/**
 * A "non" denies what comes right after it ("non salarié", not "non je travaille"), a "plus" only
 * where it begins a clause ("en plus" and "plus tard" deny nothing); "je sais pas" and the like
 * deny nothing that follows.
 */
const isNegator = (sentence: Sentence, at: number, from: number): boolean => {
  const negator = sentence.before('negator', at);
  if (negator === undefined || negator.value === 'idle') return false;
  if (negator.value === 'adjacent') {
    return at === from && sentence.at('subject', from, 'self') === undefined;
  }
  return negator.value !== 'opening' || sentence.startsClause(negator.from);
};
