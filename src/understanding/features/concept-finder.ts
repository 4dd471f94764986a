import type { Spelling, Word } from '../text/spelling.ts';
import { toWords } from '../text/spelling.ts';
import type { TermLine } from '../text/term-list.ts';
import { TermMatcher } from './term-matcher.ts';

/** A concept present in a text, and whether a negation bears on it. */
export interface Concept {
  readonly label: string;
  readonly negated: boolean;
}

/** The concept whose one-word terms are the negators ("pas", "jamais"…). */
const NEGATION = 'NEGATION';
/** How many words before, and after, a negator can stand from what it denies. */
const REACH_BEFORE = 4;
const REACH_AFTER = 3;

/** Signs that end a clause; the others (+, €, %, &, =) mean something beside a word. */
const SOFT = new Set('?!.,;:…()"«»\n؟،؛¿¡');

/** Whether a token is one that terms and word pairs are made of. */
export const isLexical = (word: Word): boolean => word.type !== 'sign' || !SOFT.has(word.norm);

/** The words of a term as a matcher wants them, and whether it ends with `*`. */
export const termWords = (term: string, spelling: Spelling): { words: string[]; open: boolean } => {
  const open = term.endsWith('*');
  const words = toWords(open ? term.slice(0, -1) : term, spelling).filter(isLexical);
  return { words: words.map((word) => word.norm), open };
};

/** Finds the concepts of a text: the words that mean the same for us. */
export class ConceptFinder {
  readonly #matcher = new TermMatcher();

  constructor(lines: readonly TermLine[], spelling: Spelling) {
    for (const { labels, terms } of lines) {
      for (const term of terms) {
        const { words, open } = termWords(term, spelling);
        this.#matcher.add(labels[0] ?? '', words, open);
      }
    }
  }

  /** @param words all tokens, signs included; each concept is listed once */
  find(words: readonly Word[]): Concept[] {
    const lexical = words.filter(isLexical);
    const clauses = clauseNumbers(words);
    const matches = this.#matcher.match(lexical);
    const negators = matches.filter((m) => m.label === NEGATION && m.to - m.from === 1);
    const concepts = new Map<string, boolean>();
    for (const match of matches) {
      const negated =
        match.label !== NEGATION &&
        negators.some((n) => bears(n.from, match.from, match.to, clauses));
      concepts.set(match.label, (concepts.get(match.label) ?? true) && negated);
    }
    return [...concepts].map(([label, negated]) => ({ label, negated }));
  }
}

const bears = (negator: number, from: number, to: number, clauses: readonly number[]): boolean => {
  if (clauses[negator] !== clauses[from] || (negator >= from && negator < to)) return false;
  return negator < from ? from - negator <= REACH_BEFORE : negator - to < REACH_AFTER;
};

/** For each lexical word, the number of the clause it is in. */
const clauseNumbers = (words: readonly Word[]): number[] => {
  const numbers: number[] = [];
  let clause = 0;
  for (const word of words) {
    if (isLexical(word)) numbers.push(clause);
    else clause++;
  }
  return numbers;
};
