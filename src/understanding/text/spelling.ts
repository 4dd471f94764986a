import { parseTerms } from './term-list.ts';
import { foldWord, type Token, tokenise } from './tokenise.ts';

/** A normalised word of a message: what the features and the lexicons look at. */
export interface Word {
  readonly norm: string;
  /** The known word it was most likely meant to be, when `norm` is unknown. */
  readonly fixed: string;
  readonly start: number;
  readonly end: number;
  readonly type: Token['type'];
}

/** Written forms (SMS, phonetic, slang) and the words they stand for. */
export interface Spelling {
  /** One written word → the words meant. */
  readonly single: ReadonlyMap<string, readonly string[]>;
  /** Two written words, joined by a space → the words meant. */
  readonly double: ReadonlyMap<string, readonly string[]>;
}

export const NO_SPELLING: Spelling = { single: new Map(), double: new Map() };

/** Reads `meant<TAB>written,written…` lines; `#` starts a comment. */
export const parseSpelling = (content: string, name: string): Spelling => {
  const single = new Map<string, string[]>();
  const double = new Map<string, string[]>();
  for (const { labels, terms } of parseTerms(content, name, 2)) {
    const words = (labels[0] ?? '').split(' ').map(foldWord);
    for (const term of terms) {
      const form = term.split(/\s+/).map(foldWord);
      (form.length === 1 ? single : double).set(form.join(' '), words);
    }
  }
  return { single, double };
};

/** Tokens of a text with written forms replaced by the words meant; `fixed` is still `norm`. */
export const toWords = (text: string, spelling: Spelling): Word[] => {
  const tokens = tokenise(text);
  const words: Word[] = [];
  for (let i = 0; i < tokens.length; i++) {
    const token = tokens[i] as Token;
    const next = tokens[i + 1];
    const pair = next === undefined ? undefined : spelling.double.get(`${token.norm} ${next.norm}`);
    if (pair !== undefined && next !== undefined) {
      push(words, pair, { ...token, end: next.end });
      i++;
    } else push(words, spelling.single.get(token.norm) ?? [token.norm], token);
  }
  return words;
};

const push = (words: Word[], meant: readonly string[], from: Token): void => {
  for (const norm of meant) {
    words.push({ norm, fixed: norm, start: from.start, end: from.end, type: from.type });
  }
};
