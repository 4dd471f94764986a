import { type Spelling, toWords, type Word } from './spelling.ts';
import type { TypoIndex } from './typo-index.ts';

/** Glued elisions: the short word, and whether what follows must begin with a vowel sound. */
const ELISIONS: readonly (readonly [string, boolean])[] = [
  ['qu', true],
  ['j', false],
  ['l', true],
  ['d', true],
  ['m', true],
  ['n', true],
  ['s', true],
  ['t', true],
  ['c', true],
];

/** Reads a text into words, mending what was glued or mistyped, with the words it knows. */
export class WordReader {
  readonly #spelling: Spelling;
  readonly #typos: TypoIndex;
  readonly #elides: boolean;

  /** @param elides whether the language drops apostrophes before vowels (French) */
  constructor(spelling: Spelling, typos: TypoIndex, elides: boolean) {
    this.#spelling = spelling;
    this.#typos = typos;
    this.#elides = elides;
  }

  read(text: string): Word[] {
    const words: Word[] = [];
    for (const word of toWords(text, this.#spelling)) {
      if (word.type !== 'word' || this.#typos.knows(word.norm)) words.push(word);
      else words.push(...this.#mend(word));
    }
    return words;
  }

  #mend(word: Word): Word[] {
    const parts = this.#elides ? this.#unglue(word.norm) : undefined;
    if (parts !== undefined) return parts.map((norm) => ({ ...word, norm, fixed: norm }));
    const fixed = this.#typos.correct(word.norm);
    return [fixed === undefined ? word : { ...word, fixed }];
  }

  #unglue(norm: string): string[] | undefined {
    for (const [head, needsVowel] of ELISIONS) {
      if (!norm.startsWith(head)) continue;
      const rest = norm.slice(head.length);
      if (rest.length < 3 || (needsVowel && !/^[aeiouyh]/.test(rest))) continue;
      if (this.#typos.knows(rest)) return [head, rest];
    }
    return undefined;
  }
}
