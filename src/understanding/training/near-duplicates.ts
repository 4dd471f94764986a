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
 * the two teaches nothing. Two phrases that alike have one of their rarest items in common, so only
 * those that do are compared ("prefix filtering", Chaudhuri et al. 2006).
 */
export const nearDuplicates = (examples: readonly Example[], limit: number): string[] => {
  const bags = examples.map(({ text }) => bagOf(wordsOf(text)));
  const counts = countItems(bags);
  const byItem = new Map<string, number[]>();
  const pairs: string[] = [];
  bags.forEach((bag, i) => {
    const rarest = rarestOf(bag, counts, limit);
    const seen = new Set(rarest.flatMap((item) => byItem.get(item) ?? []));
    for (const j of seen) {
      if (likeness(bag, bags[j] ?? new Set()) > limit) {
        pairs.push(`${examples[j]?.text} / ${examples[i]?.text}`);
      }
    }
    for (const item of rarest) {
      const list = byItem.get(item);
      if (list === undefined) byItem.set(item, [i]);
      else list.push(i);
    }
  });
  return pairs;
};

const countItems = (bags: readonly ReadonlySet<string>[]): Map<string, number> => {
  const counts = new Map<string, number>();
  for (const bag of bags) {
    for (const item of bag) counts.set(item, (counts.get(item) ?? 0) + 1);
  }
  return counts;
};

/** As many of the rarest items as a bag can lack at most, and one more. */
const rarestOf = (
  bag: ReadonlySet<string>,
  counts: ReadonlyMap<string, number>,
  limit: number,
): string[] => {
  const byRarity = (a: string, b: string) =>
    (counts.get(a) ?? 0) - (counts.get(b) ?? 0) || (a < b ? -1 : 1);
  return [...bag].sort(byRarity).slice(0, bag.size - Math.ceil(limit * bag.size) + 1);
};

/** The share of all items that two bags have in common. */
const likeness = (a: ReadonlySet<string>, b: ReadonlySet<string>): number => {
  let common = 0;
  for (const item of a) if (b.has(item)) common++;
  return common / (a.size + b.size - common);
};

const bagOf = (words: readonly string[]): Set<string> => {
  if (words.length < MIN_WORDS) return new Set();
  return new Set([...words, ...words.map((word, i) => `${words[i - 1] ?? '^'} ${word}`)]);
};
