import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { AppError } from '#shared/errors.ts';

/** A word of a text, with where it stands (UTF-16 units, end excluded). */
export interface TextWord {
  readonly start: number;
  readonly end: number;
  readonly raw: string;
  /** Lower case, without accents. */
  readonly folded: string;
}

const WORD = /\p{L}[\p{L}\p{M}]*(?:-\p{L}[\p{L}\p{M}]*)*/gu;

/** The words of a text; "Jean-Pierre" is one, "d'Awa" two. */
export const wordsIn = (text: string): TextWord[] =>
  [...text.matchAll(WORD)].map(({ 0: raw, index }) => ({
    start: index,
    end: index + raw.length,
    raw,
    folded: fold(raw),
  }));

const fold = (word: string): string => word.toLowerCase().normalize('NFD').replace(/\p{M}/gu, '');

/** Terms of one word or several, found in a text. */
export class Terms {
  readonly #byFirst = new Map<string, string[][]>();

  constructor(terms: Iterable<string>) {
    for (const term of terms) {
      const words = wordsIn(term).map(({ folded }) => folded);
      const [first] = words;
      if (first === undefined) continue;
      this.#byFirst.set(first, [...(this.#byFirst.get(first) ?? []), words]);
    }
  }

  /** How many words the longest term that begins here has; 0 for none. */
  lengthAt(words: readonly TextWord[], at: number): number {
    const terms = this.#byFirst.get(words[at]?.folded ?? '') ?? [];
    const found = terms.filter((term) =>
      term.every((word, offset) => words[at + offset]?.folded === word),
    );
    return Math.max(0, ...found.map(({ length }) => length));
  }
}

/** The words by which names and addresses are found, in every language at once. */
export interface NamingWords {
  /** A name comes next. */
  readonly announces: Terms;
  /** With a number before it, an address. */
  readonly street: Terms;
  /** The sign of an e-mail address, spelt. */
  readonly at: Terms;
  /** No names, even with a capital; by language, since one's "and" is another's Ben. */
  readonly never: ReadonlyMap<string, Terms>;
}

const FILE = 'names.tsv';
const GROUPS = ['announces', 'street', 'at', 'never'] as const;
type Group = (typeof GROUPS)[number];

/**
 * Reads every `locales/<language>/names.tsv`.
 * Throws CONTENT_INVALID, naming the file and line, for a group that does not exist.
 */
export function readNamingWords(localesDir: string): NamingWords {
  const all = new Map<Group, string[]>(GROUPS.map((group) => [group, []]));
  const never = new Map<string, Terms>();
  for (const language of readdirSync(localesDir)) {
    const path = join(localesDir, language, FILE);
    if (!existsSync(path)) continue;
    const own = readGroups(path);
    for (const [group, terms] of own) all.get(group)?.push(...terms);
    never.set(language, new Terms(own.get('never') ?? []));
  }
  const termsOf = (group: Group): Terms => new Terms(all.get(group) ?? []);
  return { announces: termsOf('announces'), street: termsOf('street'), at: termsOf('at'), never };
}

function readGroups(path: string): ReadonlyMap<Group, readonly string[]> {
  const groups = new Map<Group, string[]>();
  for (const [index, line] of readFileSync(path, 'utf8').split('\n').entries()) {
    if (line.trim() === '' || line.startsWith('# ')) continue;
    const [name, terms = ''] = line.split('\t');
    const group = GROUPS.find((known) => known === name);
    if (group === undefined || terms === '') {
      throw new AppError('CONTENT_INVALID', `${path}, line ${index + 1}: group, tab, term,term.`);
    }
    groups.set(group, [...(groups.get(group) ?? []), ...terms.split(',')]);
  }
  return groups;
}
