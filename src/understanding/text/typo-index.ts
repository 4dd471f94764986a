const MIN_LENGTH = 4;
const MIN_COUNT = 2;
/** From this length on, two slips are forgiven. */
const LONG = 9;

/**
 * Finds the known word that an unknown one was meant to be: one slip (missing, extra, wrong or
 * swapped letter) from four letters on, two from nine when one of them is a letter too many or
 * missing. Symmetric deletes, as in SymSpell; the most frequent candidate wins.
 */
export class TypoIndex {
  readonly #counts: ReadonlyMap<string, number>;
  readonly #deletes = new Map<string, string[]>();
  readonly #memory = new Map<string, string | undefined>();

  /**
   * @param counts known words and how often they were seen; those seen once may be slips
   * themselves, and nothing is mended into them
   */
  constructor(counts: ReadonlyMap<string, number>) {
    this.#counts = counts;
    for (const [word, count] of counts) {
      if (count < MIN_COUNT || word.length < MIN_LENGTH || word.length > 24 || /\d/.test(word))
        continue;
      for (const form of deletes(word)) {
        const list = this.#deletes.get(form);
        if (list === undefined) this.#deletes.set(form, [word]);
        else list.push(word);
      }
    }
  }

  knows(word: string): boolean {
    return this.#counts.has(word);
  }

  /** The word meant, or undefined when nothing known is near enough. */
  correct(word: string): string | undefined {
    if (word.length < MIN_LENGTH || word.length > 24 || /\d/.test(word)) return undefined;
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
    for (const form of deletes(word)) {
      for (const candidate of this.#deletes.get(form) ?? []) found.add(candidate);
    }
    return found;
  }
}

const closeness = (word: string, candidate: string, distance: number, count: number): number =>
  100 * (2 - distance) + (word[0] === candidate[0] ? 20 : 0) + Math.log2(1 + count);

/** The word, and what is left of it with one letter taken out. */
const deletes = (word: string): Set<string> => {
  const forms = new Set([word]);
  for (let i = 0; i < word.length; i++) forms.add(word.slice(0, i) + word.slice(i + 1));
  return forms;
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
