import { isLexical } from '../features/concept-finder.ts';
import type { Word } from '../text/spelling.ts';

/** A part of a message that may say one thing of its own. */
export interface Clause {
  readonly words: readonly Word[];
  /** Where it begins in the original text. */
  readonly start: number;
}

/** Parts shorter than this cannot stand alone, unless a sign sets them apart. */
const MIN_WORDS = 2;
/** More parts than this are a story: the whole is looked at, and its first parts. */
const MAX_CLAUSES = 8;

const ENDS = new Set('?!.;…\n؟؛');
const PAUSES = new Set(',:()،');

/**
 * Cuts a message into clauses at its signs and connectors ("et", "mais"…).
 * @param connectors words that may begin a new clause
 */
export const splitClauses = (words: readonly Word[], connectors: ReadonlySet<string>): Clause[] => {
  const parts: Word[][] = [[]];
  for (const word of words) {
    const current = parts.at(-1) as Word[];
    const cut =
      ENDS.has(word.norm) ||
      PAUSES.has(word.norm) ||
      (connectors.has(word.norm) && current.filter(isLexical).length >= MIN_WORDS);
    if (!cut) current.push(word);
    else if (word.norm === '?' || word.norm === '!') {
      current.push(word);
      parts.push([]);
    } else parts.push(isLexical(word) ? [word] : []);
  }
  return mergeShort(parts.filter((part) => part.some(isLexical)))
    .slice(0, MAX_CLAUSES)
    .map((part) => ({ words: part, start: part[0]?.start ?? 0 }));
};

/** A lone word belongs with what follows it ("bref, je veux…"), or with what came before. */
const mergeShort = (parts: readonly Word[][]): Word[][] => {
  const merged: Word[][] = [];
  let carried: Word[] = [];
  for (const part of parts) {
    const joined = [...carried, ...part];
    carried = [];
    if (joined.filter(isLexical).length < MIN_WORDS) carried = joined;
    else merged.push(joined);
  }
  const last = merged.at(-1);
  if (carried.length > 0) {
    if (last === undefined) merged.push(carried);
    else last.push(...carried);
  }
  return merged;
};
