import { foldWord, tokenise } from '../text/tokenise.ts';
import type { Example } from './corpus.ts';

/** A phrase as it is compared: its words, folded, without signs. */
export const foldPhrase = (text: string): string => wordsOf(text).join(' ');

const wordsOf = (text: string): string[] => {
  const words = tokenise(text).filter(({ type }) => type !== 'sign');
  return words.length === 0 ? [text.trim()] : words.map(({ norm }) => foldWord(norm));
};

/** Phrases shorter than this, in words, may look alike: there are only so many ways to say yes. */
const MIN_WORDS = 4;

/**
 * Pairs of phrases that share more than `limit` of their words and word pairs (Jaccard): one of
 * the two teaches nothing.
 */
export const nearDuplicates = (examples: readonly Example[], limit: number): string[] => {
  const bags = examples.map(({ text }) => bagOf(wordsOf(text)));
  const byItem = new Map<string, number[]>();
  const pairs: string[] = [];
  bags.forEach((bag, i) => {
    for (const [j, common] of overlaps(bag, byItem)) {
      const union = bag.size + (bags[j]?.size ?? 0) - common;
      if (common / union > limit) pairs.push(`${examples[j]?.text} / ${examples[i]?.text}`);
    }
    for (const item of bag) {
      const list = byItem.get(item);
      if (list === undefined) byItem.set(item, [i]);
      else list.push(i);
    }
  });
  return pairs;
};

/** How many items each earlier phrase has in common with a bag. */
const overlaps = (
  bag: ReadonlySet<string>,
  byItem: ReadonlyMap<string, readonly number[]>,
): Map<number, number> => {
  const common = new Map<number, number>();
  for (const item of bag) {
    for (const j of byItem.get(item) ?? []) common.set(j, (common.get(j) ?? 0) + 1);
  }
  return common;
};

const bagOf = (words: readonly string[]): Set<string> => {
  if (words.length < MIN_WORDS) return new Set();
  return new Set([...words, ...words.map((word, i) => `${words[i - 1] ?? '^'} ${word}`)]);
};
