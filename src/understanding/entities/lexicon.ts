import { isLexical } from '../features/concept-finder.ts';
import { longestFirst, type TermMatch, TermMatcher } from '../features/term-matcher.ts';
import { type Spelling, toWords, type Word } from '../text/spelling.ts';
import type { TermLine } from '../text/term-list.ts';
import { withoutEchoes } from './entity-words.ts';

/** A term found, with the columns of its line. */
export interface LexiconMatch {
  readonly columns: readonly string[];
  readonly from: number;
  readonly to: number;
  /** The term ended with `?`: it counts only where something beside it confirms it. */
  readonly doubtful: boolean;
}

/** Finds the terms of a data file in a message and says which line each comes from. */
export class Lexicon {
  readonly #matcher = new TermMatcher();
  readonly #lines: readonly TermLine[];
  /** Every word of every term: to be known, and so not taken for a slip. */
  readonly words = new Set<string>();

  constructor(lines: readonly TermLine[], spelling: Spelling) {
    this.#lines = lines;
    lines.forEach(({ terms }, line) => {
      for (const term of terms) this.#add(line, term, spelling);
    });
  }

  #add(line: number, term: string, spelling: Spelling): void {
    const [, bare = '', ending = ''] = /^(.*?)([?*]?)$/.exec(term) ?? [];
    const words = withoutEchoes(toWords(bare, spelling).filter(isLexical)).map(({ norm }) => norm);
    this.#matcher.add(`${line}${ending === '?' ? '?' : ''}`, words, ending === '*');
    if (ending !== '*') for (const word of words) this.words.add(word);
  }

  /** Every match, overlaps included. @param words lexical words only */
  findAll(words: readonly Word[]): LexiconMatch[] {
    return this.#matcher.match(words).map((match) => this.#describe(match));
  }

  /** The longest matches that do not overlap, in order. */
  findLongest(words: readonly Word[]): LexiconMatch[] {
    return longestFirst(this.#matcher.match(words)).map((match) => this.#describe(match));
  }

  #describe({ label, from, to }: TermMatch): LexiconMatch {
    const doubtful = label.endsWith('?');
    const line = this.#lines[Number.parseInt(label, 10)];
    return { columns: line?.labels ?? [], from, to, doubtful };
  }
}
