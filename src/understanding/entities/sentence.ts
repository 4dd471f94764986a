import type { Entity } from '#shared/recognition.ts';
import type { Word } from '../text/spelling.ts';
import type { Lexicon } from './lexicon.ts';

/** A span of the grammar: a month, a number word, a cue… */
export interface Mark {
  readonly kind: string;
  readonly value: string;
  readonly from: number;
  readonly to: number;
}

/** A message ready for the entity readers: its words, and what the grammar sees in them. */
export class Sentence {
  readonly text: string;
  /** Lexical words only. */
  readonly words: readonly Word[];
  readonly marks: readonly Mark[];

  constructor(text: string, words: readonly Word[], grammar: Lexicon) {
    this.text = text;
    this.words = words;
    this.marks = grammar.findAll(words).map(({ columns, from, to }) => ({
      kind: columns[0] ?? '',
      value: columns[1] ?? '',
      from,
      to,
    }));
  }

  /** The longest mark of a kind that starts at a word. */
  at(kind: string, from: number, value?: string): Mark | undefined {
    return this.marks
      .filter(
        (m) => m.kind === kind && m.from === from && (value === undefined || m.value === value),
      )
      .sort((a, b) => b.to - a.to)[0];
  }

  /** The longest mark of a kind that ends just before a word. */
  before(kind: string, to: number, value?: string): Mark | undefined {
    return this.marks
      .filter((m) => m.kind === kind && m.to === to && (value === undefined || m.value === value))
      .sort((a, b) => a.from - b.from)[0];
  }

  /** Whether a cue stands within so many words before a word. */
  cueNear(value: string, from: number, reach: number): boolean {
    return this.marks.some(
      (m) => m.kind === 'cue' && m.value === value && m.to <= from && from - m.to < reach,
    );
  }

  entity(kind: string, value: string, from: number, to: number): Entity {
    const start = this.words[from]?.start ?? 0;
    const end = this.words[to - 1]?.end ?? start;
    return { kind, value, text: this.text.slice(start, end), start, end };
  }
}
