import type { Word } from '../text/spelling.ts';

/** One place of a pattern: the words that fit it, and whether words may stand before it. */
interface Place {
  readonly whole: ReadonlySet<string>;
  readonly beginnings: readonly string[];
  readonly afterGap: boolean;
}

export type Pattern = readonly Place[];

/** Where a pattern was found, in words, end excluded. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** How many words a `~` may stand for. */
const GAP = 3;

/**
 * Reads a pattern: words, `a|b` either one, `(a b|c)` either group of words, `mot*` any ending,
 * `~` up to three words between. Gives one pattern for each choice among groups.
 * @param fold how words are written before they are compared
 */
export const parsePatterns = (source: string, fold: (word: string) => string): Pattern[] =>
  withoutGroups(source).map((flat) => parsePattern(flat, fold));

/** `x (a b|c|d)` → `x a b`, `x c|d`. */
const withoutGroups = (source: string): string[] => {
  const group = /\(([^()]*)\)/.exec(source);
  if (group === null) return [source];
  const options = (group[1] ?? '').split('|');
  const single = options.filter((option) => !option.includes(' '));
  const choices = [...options.filter((option) => option.includes(' ')), single.join('|')];
  return choices
    .filter((choice) => choice !== '')
    .flatMap((choice) => withoutGroups(source.replace(group[0], () => choice)));
};

const parsePattern = (source: string, fold: (word: string) => string): Pattern => {
  const places: Place[] = [];
  let afterGap = false;
  for (const item of source.trim().split(/\s+/)) {
    if (item === '~') {
      afterGap = true;
      continue;
    }
    const options = item.split('|');
    places.push({
      whole: new Set(options.filter((o) => !o.endsWith('*')).map(fold)),
      beginnings: options.filter((o) => o.endsWith('*')).map((o) => fold(o.slice(0, -1))),
      afterGap,
    });
    afterGap = false;
  }
  return places;
};

/** Where the pattern ends when it stands at this word; 0 when it does not. */
export const matchAt = (pattern: Pattern, words: readonly Word[], from: number): number =>
  matchFrom(pattern, 0, words, from);

/** Where the match that starts here ends; 0 when there is none. */
const matchFrom = (pattern: Pattern, at: number, words: readonly Word[], from: number): number => {
  const place = pattern[at];
  if (place === undefined) return from;
  const reach = place.afterGap ? GAP : 0;
  for (let skipped = 0; skipped <= reach; skipped++) {
    const word = words[from + skipped];
    if (word === undefined) return 0;
    if (!fits(place, word)) continue;
    const to = matchFrom(pattern, at + 1, words, from + skipped + 1);
    if (to > 0) return to;
  }
  return 0;
};

const fits = (place: Place, { norm, fixed }: Word): boolean =>
  place.whole.has(norm) ||
  place.whole.has(fixed) ||
  place.beginnings.some((beginning) => norm.startsWith(beginning) || fixed.startsWith(beginning));
