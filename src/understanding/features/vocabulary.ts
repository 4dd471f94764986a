import type { Spelling } from '../text/spelling.ts';
import { toWords } from '../text/spelling.ts';
import type { TermLine } from '../text/term-list.ts';

/** What a term's word counts for: sure, but rarer than what people write. */
const TERM_COUNT = 2;

/** How often each word is known: from the phrases, then from the terms. */
export const countWords = (
  phrases: Iterable<string>,
  lines: readonly TermLine[],
  spelling: Spelling,
): Map<string, number> => {
  const counts = new Map<string, number>();
  for (const phrase of phrases) {
    for (const word of wordsOf(phrase, spelling)) counts.set(word, (counts.get(word) ?? 0) + 1);
  }
  const terms = lines.flatMap((line) => line.terms).filter((term) => !term.endsWith('*'));
  for (const term of terms) {
    for (const word of wordsOf(term, spelling)) {
      counts.set(word, Math.max(TERM_COUNT, counts.get(word) ?? 0));
    }
  }
  return counts;
};

const wordsOf = (text: string, spelling: Spelling): string[] =>
  toWords(text, spelling)
    .filter(({ type }) => type === 'word')
    .map(({ norm }) => norm);

/** Forgets the glued forms ("jhabite") whose second part is better known, so that they get parted. */
export const forgetGlued = (counts: Map<string, number>): Map<string, number> => {
  for (const [word, count] of counts) {
    const rest = /^(?:j(?=.{4})|qu(?=[aeiouyh].{3})|[ldmnstc](?=[aeiouyh].{3}))(.+)$/.exec(
      word,
    )?.[1];
    if (rest !== undefined && (counts.get(rest) ?? 0) > count * 2) counts.delete(word);
  }
  return counts;
};
