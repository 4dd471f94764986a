import type { Word } from '../text/spelling.ts';

/** A term found in a message: which label, and from which word to which (end excluded). */
export interface TermMatch {
  readonly label: string;
  readonly from: number;
  readonly to: number;
}

const MAX_WORDS = 7;
/** The shortest beginning that a `*` may stand after. */
const MIN_PREFIX = 3;

/**
 * Matches terms (one to seven words, `*` at the end for any ending) on whole words.
 * Terms must come through the same word reader as the messages.
 */
export class TermMatcher {
  readonly #whole = new Map<string, string[]>();
  readonly #prefixes = new Map<string, string[]>();
  readonly #starts = new Set<string>();

  /** @param words the term's words, as the word reader gives them @param open ends with `*` */
  add(label: string, words: readonly string[], open: boolean): void {
    if (words.length === 0 || words.length > MAX_WORDS) return;
    for (let n = 1; n < words.length; n++) this.#starts.add(words.slice(0, n).join(' '));
    const key = words.join(' ');
    const target = open && (words.at(-1) ?? '').length >= MIN_PREFIX ? this.#prefixes : this.#whole;
    const labels = target.get(key);
    if (labels === undefined) target.set(key, [label]);
    else if (!labels.includes(label)) labels.push(label);
  }

  /** Every term at every place, overlaps included, in order of place. */
  match(words: readonly Word[]): TermMatch[] {
    const found: TermMatch[] = [];
    for (let from = 0; from < words.length; from++) {
      this.#grow(words, from, '', 0, found);
    }
    return found;
  }

  #grow(
    words: readonly Word[],
    from: number,
    before: string,
    length: number,
    found: TermMatch[],
  ): void {
    const word = words[from + length];
    if (word === undefined || length >= MAX_WORDS) return;
    const forms = word.fixed === word.norm ? [word.norm] : [word.norm, word.fixed];
    for (const form of forms) {
      const key = before === '' ? form : `${before} ${form}`;
      this.#take(key, from, from + length + 1, found);
      this.#takePrefixes(before, form, from, from + length + 1, found);
      if (this.#starts.has(key)) this.#grow(words, from, key, length + 1, found);
    }
  }

  #take(key: string, from: number, to: number, found: TermMatch[]): void {
    for (const label of this.#whole.get(key) ?? []) found.push({ label, from, to });
  }

  #takePrefixes(before: string, form: string, from: number, to: number, found: TermMatch[]): void {
    if (this.#prefixes.size === 0) return;
    for (let n = MIN_PREFIX; n <= form.length; n++) {
      const key = before === '' ? form.slice(0, n) : `${before} ${form.slice(0, n)}`;
      for (const label of this.#prefixes.get(key) ?? []) found.push({ label, from, to });
    }
  }
}

/** The longest matches that do not overlap, left to right. */
export const longestFirst = (matches: readonly TermMatch[]): TermMatch[] => {
  const byLength = [...matches].sort((a, b) => b.to - b.from - (a.to - a.from) || a.from - b.from);
  const kept: TermMatch[] = [];
  for (const match of byLength) {
    if (kept.every((k) => match.to <= k.from || match.from >= k.to)) kept.push(match);
  }
  return kept.sort((a, b) => a.from - b.from);
};
