import type { Entity } from '#shared/recognition.ts';
import type { Word } from '../text/spelling.ts';
import type { Lexicon } from './lexicon.ts';

/** A span of the grammar: a month, a number word, a cue… */
export interface Mark {
  readonly kind: string;
  readonly value: string;
  readonly from: number;
  readonly to: number;
  /** The word is also a common one: it counts only where something beside it confirms it. */
  readonly doubtful: boolean;
}

const CLAUSE_END = /[,;.!?:()\n]/;
const SENTENCE_END = /[;.!?\n]/;

/** A message ready for the entity readers: its words, and what the grammar sees in them. */
export class Sentence {
  readonly text: string;
  /** Lexical words only. */
  readonly words: readonly Word[];
  readonly marks: readonly Mark[];
  readonly #starting = new Map<number, Mark[]>();
  readonly #ending = new Map<number, Mark[]>();

  constructor(text: string, words: readonly Word[], grammar: Lexicon) {
    this.text = text;
    this.words = words;
    this.marks = grammar.findAll(words).map(({ columns, from, to, doubtful }) => ({
      kind: columns[0] ?? '',
      value: columns[1] ?? '',
      from,
      to,
      doubtful,
    }));
    for (const mark of this.marks) {
      push(this.#starting, mark.from, mark);
      push(this.#ending, mark.to, mark);
    }
  }

  /** The longest mark of a kind that starts at a word. */
  at(kind: string, from: number, value?: string): Mark | undefined {
    return longestOf(this.#starting.get(from), kind, value);
  }

  /** The longest mark of a kind that ends just before a word. */
  before(kind: string, to: number, value?: string): Mark | undefined {
    return longestOf(this.#ending.get(to), kind, value);
  }

  /** Whether a sign that ends a clause stands between a word and the one before it. */
  startsClause(at: number): boolean {
    return at <= 0 || CLAUSE_END.test(this.between(at));
  }

  /** How many words the clause of a word has. */
  clauseLength(at: number): number {
    let from = at;
    let to = at + 1;
    while (!this.startsClause(from)) from--;
    while (to < this.words.length && !this.startsClause(to)) to++;
    return to - from;
  }

  /** The same for signs that end a sentence: commas and brackets do not. */
  startsSentence(at: number): boolean {
    return at <= 0 || SENTENCE_END.test(this.between(at));
  }

  /** What is written between a word and the one before it. */
  between(at: number): string {
    const before = this.words[at - 1];
    const word = this.words[at];
    if (before === undefined || word === undefined) return '';
    return this.text.slice(before.end, word.start);
  }

  /** Whether a word begins with a capital, as names do. */
  isCapital(at: number): boolean {
    const word = this.words[at];
    return word !== undefined && /^\p{Lu}/u.test(this.text.slice(word.start, word.start + 1));
  }

  /**
   * Whether a cue ends within so many words before a word, in its clause.
   * @param until a cue that stops the search when it is met first
   */
  cueBefore(value: string, from: number, reach: number, until?: string): boolean {
    for (let at = from; at > Math.max(0, from - reach); at--) {
      if (this.before('cue', at, value) !== undefined) return true;
      if (until !== undefined && this.before('cue', at, until) !== undefined) return false;
      if (this.startsClause(at) || this.at('connector', at - 1) !== undefined) return false;
    }
    return false;
  }

  /** The longest of some cues that ends just before a word; of equal ones the first listed in the data. */
  longestCue(to: number, values: ReadonlySet<string>): Mark | undefined {
    const cues = (this.#ending.get(to) ?? []).filter(
      ({ kind, value }) => kind === 'cue' && values.has(value),
    );
    return longestOf(cues, 'cue', undefined);
  }

  entity(kind: string, value: string, from: number, to: number): Entity {
    const start = this.words[from]?.start ?? 0;
    const end = this.words[to - 1]?.end ?? start;
    return { kind, value, text: this.text.slice(start, end), start, end };
  }
}

/** The longest marks of a kind, one a place ("après-demain" hides "demain"). */
export const longest = (sentence: Sentence, kind: string, value?: string): Mark[] => {
  const marks = sentence.marks.filter(
    (mark) => mark.kind === kind && (value === undefined || mark.value === value),
  );
  return marks.filter(
    (mark) =>
      !marks.some(
        (other) =>
          other !== mark &&
          other.from <= mark.from &&
          other.to >= mark.to &&
          other.to - other.from > mark.to - mark.from,
      ),
  );
};

const push = (index: Map<number, Mark[]>, at: number, mark: Mark): void => {
  const marks = index.get(at);
  if (marks === undefined) index.set(at, [mark]);
  else marks.push(mark);
};

const longestOf = (
  marks: readonly Mark[] | undefined,
  kind: string,
  value: string | undefined,
): Mark | undefined => {
  let longest: Mark | undefined;
  for (const mark of marks ?? []) {
    if (mark.kind !== kind || (value !== undefined && mark.value !== value)) continue;
    if (longest === undefined || mark.to - mark.from > longest.to - longest.from) longest = mark;
  }
  return longest;
};
