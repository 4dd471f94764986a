import { hashText } from '../features/hash.ts';

const MIN_LENGTH = 4;
const MAX_LENGTH = 24;
const MIN_COUNT = 2;
/** From this length on, two slips are forgiven. */
const LONG = 9;

/** A form's hash and the number of its word share a double: 32 and 20 bits of the 53 it has. */
const WORDS = 2 ** 20;

/**
 * Finds the known word that an unknown one was meant to be: one slip (missing, extra, wrong or
 * swapped letter) from four letters on, two from nine when one of them is a letter too many or
 * missing. Symmetric deletes, as in SymSpell, as one sorted array: a map of the same forms takes
 * ten times the memory. The most frequent candidate wins.
 */
export class TypoIndex {
  readonly #counts: ReadonlyMap<string, number>;
  /** Words that others are mended into. */
  readonly #words: readonly string[];
  /** For every form of every word: the form's hash, then the word's number. Sorted. */
  readonly #forms: Float64Array;
  readonly #memory = new Map<string, string | undefined>();

  /**
   * @param counts known words and how often they were seen; those seen once may be slips
   * themselves, and nothing is mended into them
   */
  constructor(counts: ReadonlyMap<string, number>) {
    this.#counts = counts;
    this.#words = [...counts].flatMap(([word, count]) =>
      count >= MIN_COUNT && canSlip(word) ? [word] : [],
    );
    const forms: number[] = [];
    this.#words.forEach((word, number) => {
      for (const hash of formHashes(word)) forms.push(hash * WORDS + number);
    });
    this.#forms = Float64Array.from(forms).sort();
  }

  knows(word: string): boolean {
    return this.#counts.has(word);
  }

  /** The word meant, or undefined when nothing known is near enough. */
  correct(word: string): string | undefined {
    if (!canSlip(word)) return undefined;
    if (this.#memory.has(word)) return this.#memory.get(word);
    const found = this.#search(word);
    if (this.#memory.size > 5000) this.#memory.clear();
    this.#memory.set(word, found);
    return found;
  }

  #search(word: string): string | undefined {
    const allowed = word.length >= LONG ? 2 : 1;
    let best: string | undefined;
    let bestScore = -1;
    for (const candidate of this.#candidates(word)) {
      const distance = slips(word, candidate, allowed);
      if (distance > allowed) continue;
      const score = closeness(word, candidate, distance, this.#counts.get(candidate) ?? 1);
      if (score <= bestScore) continue;
      bestScore = score;
      best = candidate;
    }
    return best;
  }

  #candidates(word: string): Set<string> {
    const found = new Set<string>();
    for (const hash of formHashes(word)) {
      const end = (hash + 1) * WORDS;
      for (let at = this.#from(hash * WORDS); (this.#forms[at] ?? end) < end; at++) {
        found.add(this.#words[(this.#forms[at] as number) % WORDS] as string);
      }
    }
    return found;
  }

  /** Where the first form is that is not smaller (binary search). */
  #from(wanted: number): number {
    let low = 0;
    let high = this.#forms.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#forms[middle] as number) < wanted) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

/** Too short to tell, too long to be a word, or a number: not mended. */
const canSlip = (word: string): boolean =>
  word.length >= MIN_LENGTH && word.length <= MAX_LENGTH && !/\d/.test(word);

const closeness = (word: string, candidate: string, distance: number, count: number): number =>
  100 * (2 - distance) + (word[0] === candidate[0] ? 20 : 0) + Math.log2(1 + count);

/** Hashes of the word, and of what is left of it with one letter taken out. */
const formHashes = (word: string): Set<number> => {
  const hashes = new Set([hashText(word, 0)]);
  for (let i = 0; i < word.length; i++) {
    hashes.add(hashText(word.slice(0, i) + word.slice(i + 1), 0));
  }
  return hashes;
};

/** Damerau–Levenshtein distance (neighbours swapped count once), given up above `limit`. */
export const slips = (a: string, b: string, limit: number): number => {
  if (Math.abs(a.length - b.length) > limit) return limit + 1;
  let before: readonly number[] = [];
  let above: readonly number[] = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = nextRow(a, b, i, above, before);
    if (Math.min(...row) > limit) return limit + 1;
    before = above;
    above = row;
  }
  return above[b.length] ?? limit + 1;
};

/** Row `i` of the distance table, from the two rows above it. */
const nextRow = (
  a: string,
  b: string,
  i: number,
  above: readonly number[],
  before: readonly number[],
): number[] => {
  const row = [i];
  for (let j = 1; j <= b.length; j++) {
    const same = a[i - 1] === b[j - 1] ? 0 : 1;
    const swapped = i > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
    row.push(
      Math.min(
        (above[j] ?? 0) + 1,
        (row[j - 1] ?? 0) + 1,
        (above[j - 1] ?? 0) + same,
        swapped ? (before[j - 2] ?? 0) + 1 : Number.POSITIVE_INFINITY,
      ),
    );
  }
  return row;
};
