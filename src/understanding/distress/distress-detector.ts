import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Recognition } from '#shared/recognition.ts';
import { isLexical } from '../features/concept-finder.ts';
import { NO_SPELLING, type Spelling, toWords, type Word } from '../text/spelling.ts';
import { parseTerms } from '../text/term-list.ts';
import { foldWord } from '../text/tokenise.ts';
import { matchAt, type Pattern, parsePatterns, type Span } from './pattern.ts';

type Grade = 'yes' | 'maybe' | 'guard' | 'light';

interface GradedPattern {
  readonly grade: Grade;
  readonly pattern: Pattern;
}

/** From these probabilities of the model on, it alone says yes, or asks. */
export interface DistressThresholds {
  readonly yes: number;
  readonly maybe: number;
  /** Where a guard covers what was found ("mort de rire"): the model must be surer. */
  readonly guarded: number;
  /** Where the words say yes, the model must at least give this; else it is asked. */
  readonly backing: number;
}

const PATH = join(import.meta.dirname, '..', 'resources', 'distress.tsv');

/**
 * Tells whether a message speaks of danger for oneself or someone close, in all languages at
 * once. Recall comes first: the words decide alone, the model adds what the words do not know.
 */
export class DistressDetector {
  readonly #byFirst = new Map<string, GradedPattern[]>();
  readonly #byBeginning: { readonly beginning: string; readonly graded: GradedPattern }[] = [];
  readonly #thresholds: DistressThresholds;

  /** @param spellingOf how each language's messages are respelt before they are matched */
  constructor(spellingOf: (language: string) => Spelling, thresholds: DistressThresholds) {
    this.#thresholds = thresholds;
    for (const { labels, terms } of parseTerms(readFileSync(PATH, 'utf8'), PATH, 3)) {
      const [language = '', grade] = labels;
      const fold = folder(spellingOf(language));
      for (const term of terms) {
        for (const pattern of parsePatterns(term, fold)) this.#add(grade as Grade, pattern);
      }
    }
  }

  /**
   * @param words the message as its language reads it
   * @param probability of distress according to the model; undefined when the language has none:
   * then the words decide alone
   */
  assess(words: readonly Word[], probability: number | undefined): Recognition['distress'] {
    const found = this.#spans(words.filter(isLexical));
    const isClear = (span: Span) => !found.guard.some((g) => g.from < span.to && g.to > span.from);
    const isFree = (span: Span) => !found.guard.some((g) => g.from <= span.from && g.to >= span.to);
    const isDoubtful = found.guard.length > 0 || found.light.length > 0;
    const { yes, maybe, guarded, backing } = this.#thresholds;
    const backed = probability === undefined || probability >= backing;
    if (backed && found.light.length === 0 && found.yes.some(isClear)) return 'yes';
    const sure = probability ?? 0;
    if (sure >= (isDoubtful ? guarded : yes)) return 'yes';
    if (found.yes.some(isFree) || found.maybe.some(isClear)) return 'maybe';
    return !isDoubtful && sure >= maybe ? 'maybe' : 'no';
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
