import type { Spelling, Word } from '../text/spelling.ts';
import { foldWord } from '../text/tokenise.ts';

/** "45ans", "12janvier": a number and the word it is glued to. */
const GLUED = /^(\d{1,4})(\p{L}{2,12})$/u;

/** What the entity readers do otherwise than the word reader. */
export interface EntityWording {
  /** Words that name something as they are written ("france"), whatever they are mended into. */
  readonly asWritten: ReadonlySet<string>;
  /** Words that a number may be glued to: units and months. */
  readonly afterNumbers: ReadonlySet<string>;
  /** What makes a number a day of the month ("12th"), unless it is a rank ("2nd"). */
  readonly daySuffixes: ReadonlySet<string>;
  /** Words that the grammar knows as they are. */
  readonly ranks: ReadonlySet<string>;
}

/**
 * The words of a message as entities are read from: names kept as written, numbers parted from
 * their units, "c'est" once (the word reader says "c est est"), and no slip on a first letter,
 * which people rarely get wrong ("prévenez" is not "revenez").
 */
export const toEntityWords = (
  text: string,
  words: readonly Word[],
  wording: EntityWording,
): Word[] => {
  const found: Word[] = [];
  for (const word of withoutEchoes(keepWritten(text, words, wording.asWritten))) {
    const parts = unglue(word, wording);
    if (parts !== undefined) found.push(...parts);
    else found.push(word.fixed[0] === word.norm[0] ? word : { ...word, fixed: word.norm });
  }
  return found;
};

const keepWritten = (
  text: string,
  words: readonly Word[],
  asWritten: ReadonlySet<string>,
): readonly Word[] => {
  if (asWritten.size === 0) return words;
  return words.map((word) => {
    if (word.type !== 'word') return word;
    const written = foldWord(text.slice(word.start, word.end));
    return asWritten.has(written) ? { ...word, norm: written, fixed: written } : word;
  });
};

/**
 * The words without those that mending said a second time: "c" is read as "c est", so "c'est"
 * comes as "c est est"; the word as written is the one kept.
 */
export const withoutEchoes = (words: readonly Word[]): Word[] => {
  const isMade = (at: number): boolean => {
    const { start } = words[at] as Word;
    return words[at - 1]?.start === start || words[at + 1]?.start === start;
  };
  return words.filter(({ norm }, at) => {
    if (norm === words[at + 1]?.norm && isMade(at)) return false;
    return !(norm === words[at - 1]?.norm && isMade(at) && !isMade(at - 1));
  });
};

const unglue = (
  word: Word,
  { afterNumbers, daySuffixes, ranks }: EntityWording,
): Word[] | undefined => {
  const [, digits, letters] = GLUED.exec(word.norm) ?? [];
  if (digits === undefined || letters === undefined) return undefined;
  if (daySuffixes.has(letters) && !ranks.has(word.norm)) {
    return [{ ...word, norm: digits, fixed: digits }];
  }
  if (!afterNumbers.has(letters)) return undefined;
  const cut = word.start + digits.length;
  return [
    { ...word, norm: digits, fixed: digits, end: cut },
    { ...word, norm: letters, fixed: letters, start: cut },
  ];
};

/** A spelling that leaves some written words as they are. */
export const leaving = (spelling: Spelling, asWritten: ReadonlySet<string>): Spelling => ({
  single: new Map([...spelling.single].filter(([written]) => !asWritten.has(written))),
  double: spelling.double,
});
