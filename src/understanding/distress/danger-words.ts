import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { NO_SPELLING, type Spelling, toWords, type Word } from '../text/spelling.ts';
import { parseTerms } from '../text/term-list.ts';
import { foldWord } from '../text/tokenise.ts';
import { matchAt, type Pattern, parsePatterns, type Span } from './pattern.ts';

type Grade = 'yes' | 'maybe' | 'guard' | 'light';

interface GradedPattern {
  readonly grade: Grade;
  readonly pattern: Pattern;
}

/** What the listed words say of a message. */
export interface DangerSigns {
  /** Words of danger that no guard touches ("je veux mourir"). */
  readonly clear: boolean;
  /** Words of danger, touched by a guard that does not cover them whole. */
  readonly covered: boolean;
  /** Words that may be of danger, and that no guard touches. */
  readonly possible: boolean;
  /** Words that only sound like danger ("mort de rire"). */
  readonly guard: boolean;
  /** Laughter. */
  readonly light: boolean;
}

const PATH = join(import.meta.dirname, '..', 'resources', 'distress.tsv');

/** Finds the listed words of danger in a message, those of all languages at once. */
export class DangerWords {
  readonly #byFirst = new Map<string, GradedPattern[]>();
  readonly #byBeginning: { readonly beginning: string; readonly graded: GradedPattern }[] = [];

  /** @param spellingOf how each language's messages are respelt before they are matched */
  constructor(spellingOf: (language: string) => Spelling) {
    for (const { labels, terms } of parseTerms(readFileSync(PATH, 'utf8'), PATH, 3)) {
      const [language = '', grade] = labels;
      const fold = folder(spellingOf(language));
      for (const term of terms) {
        for (const pattern of parsePatterns(term, fold)) this.#add(grade as Grade, pattern);
      }
    }
  }

  /** @param words lexical words, as the message's language reads them */
  find(words: readonly Word[]): DangerSigns {
    const found = this.#spans(words);
    const isClear = (span: Span) => !found.guard.some((g) => g.from < span.to && g.to > span.from);
    const isFree = (span: Span) => !found.guard.some((g) => g.from <= span.from && g.to >= span.to);
    return {
      clear: found.yes.some(isClear),
      covered: found.yes.some(isFree),
      possible: found.maybe.some(isClear),
      guard: found.guard.length > 0,
      light: found.light.length > 0,
    };
  }

  #add(grade: Grade, pattern: Pattern): void {
    const graded = { grade, pattern };
    const first = pattern[0];
    for (const word of first?.whole ?? []) {
      const list = this.#byFirst.get(word);
      if (list === undefined) this.#byFirst.set(word, [graded]);
      else list.push(graded);
    }
    for (const beginning of first?.beginnings ?? []) this.#byBeginning.push({ beginning, graded });
  }

  #spans(words: readonly Word[]): Record<Grade, Span[]> {
    const spans: Record<Grade, Span[]> = { yes: [], maybe: [], guard: [], light: [] };
    words.forEach((word, from) => {
      for (const { grade, pattern } of this.#startingWith(word)) {
        const to = matchAt(pattern, words, from);
        if (to > 0) spans[grade].push({ from, to });
      }
    });
    return spans;
  }

  *#startingWith({ norm, fixed }: Word): Generator<GradedPattern> {
    yield* this.#byFirst.get(norm) ?? [];
    if (fixed !== norm) yield* this.#byFirst.get(fixed) ?? [];
    for (const { beginning, graded } of this.#byBeginning) {
      if (norm.startsWith(beginning) || fixed.startsWith(beginning)) yield graded;
    }
  }
}

/** Folds a pattern's word the way a message's word is: respelt when that gives one word. */
const folder = (spelling: Spelling) => {
  const known = new Map<string, string>();
  return (word: string): string => {
    const seen = known.get(word);
    if (seen !== undefined) return seen;
    const words = toWords(word, spelling ?? NO_SPELLING);
    const folded = words.length === 1 ? (words[0]?.norm ?? word) : foldWord(word);
    known.set(word, folded);
    return folded;
  };
};
