import type { Word } from '../text/spelling.ts';
import type { WordReader } from '../text/word-reader.ts';
import { type Concept, type ConceptFinder, isLexical } from './concept-finder.ts';
import { FeatureBag, type Features } from './feature-bag.ts';
import { hashText, joinHashes } from './hash.ts';

/** What each kind of feature weighs before the whole is brought to length one. */
export interface FeatureWeights {
  readonly word: number;
  readonly fixed: number;
  readonly pair: number;
  readonly skip: number;
  readonly chars: number;
  readonly concept: number;
  readonly negated: number;
  readonly conceptPair: number;
  readonly shape: number;
}

export const DEFAULT_WEIGHTS: FeatureWeights = {
  word: 1,
  fixed: 0.8,
  pair: 0.7,
  skip: 0.4,
  chars: 0.12,
  concept: 2,
  negated: 0.8,
  conceptPair: 0.4,
  shape: 0.6,
};

const SEED = {
  word: 1,
  fixed: 1,
  pair: 2,
  skip: 3,
  chars: 4,
  concept: 5,
  negated: 6,
  both: 7,
  shape: 8,
};
/** How far apart the two words of a skip pair may stand. */
const SKIP = 4;
/** Lengths of messages, in words, that are told apart. */
const LENGTHS = [1, 3, 7, 15, Number.POSITIVE_INFINITY];
/** Concepts beyond this many would make too many pairs. */
const MAX_CONCEPTS = 48;

/** Turns texts into sparse features: words, word pairs, letters, concepts, shape. */
export class Featuriser {
  readonly #reader: WordReader;
  readonly #concepts: ConceptFinder;
  readonly #weights: FeatureWeights;
  readonly #bag = new FeatureBag();

  constructor(reader: WordReader, concepts: ConceptFinder, weights = DEFAULT_WEIGHTS) {
    this.#reader = reader;
    this.#concepts = concepts;
    this.#weights = weights;
  }

  ofText(text: string): Features {
    return this.ofWords(this.#reader.read(text));
  }

  /** @param words all tokens of the text or of one clause of it, signs included */
  ofWords(words: readonly Word[]): Features {
    const lexical = words.filter(isLexical);
    this.#bag.clear();
    this.#addWords(lexical);
    this.#addLetters(lexical);
    this.#addConcepts(this.#concepts.find(words));
    this.#addShape(words, lexical.length);
    return this.#bag.features();
  }

  #addWords(words: readonly Word[]): void {
    const weights = this.#weights;
    const hashes = words.map((word) => hashText(bucketed(word.fixed), SEED.word));
    const edge = hashText('^', SEED.word);
    for (let i = 0; i < words.length; i++) {
      const word = words[i] as Word;
      const hash = hashes[i] ?? 0;
      this.#bag.raise(hash, word.norm === word.fixed ? weights.word : weights.fixed);
      this.#bag.raise(joinHashes(hashes[i - 1] ?? edge, hash, SEED.pair), weights.pair);
      for (let j = 2; j <= SKIP && i - j >= 0; j++) {
        this.#bag.raise(joinHashes(hashes[i - j] ?? 0, hash, SEED.skip), weights.skip);
      }
    }
    const last = hashes.at(-1);
    if (last !== undefined) this.#bag.raise(joinHashes(last, edge, SEED.pair), weights.pair);
  }

  #addLetters(words: readonly Word[]): void {
    for (const word of words) {
      if (word.type !== 'word') continue;
      const padded = `_${word.norm}_`;
      for (let n = 3; n <= 5; n++) {
        for (let i = 0; i + n <= padded.length; i++) {
          this.#bag.raise(hashText(padded, SEED.chars, i, i + n), this.#weights.chars);
        }
      }
    }
  }

  #addConcepts(concepts: readonly Concept[]): void {
    const hashes: number[] = [];
    for (const { label, negated } of concepts.slice(0, MAX_CONCEPTS)) {
      const hash = hashText(label, SEED.concept);
      this.#bag.raise(hash, this.#weights.concept);
      if (negated) this.#bag.raise(hashText(label, SEED.negated), this.#weights.negated);
      hashes.push(hash);
    }
    hashes.sort((a, b) => a - b);
    for (let i = 0; i < hashes.length; i++) {
      for (let j = i + 1; j < hashes.length; j++) {
        this.#bag.raise(
          joinHashes(hashes[i] ?? 0, hashes[j] ?? 0, SEED.both),
          this.#weights.conceptPair,
        );
      }
    }
  }

  #addShape(words: readonly Word[], length: number): void {
    const weight = this.#weights.shape;
    const size = LENGTHS.findIndex((most) => length <= most);
    this.#bag.raise(hashText(`length ${size}`, SEED.shape), weight);
    for (const sign of ['?', '!']) {
      if (words.some((word) => word.norm === sign))
        this.#bag.raise(hashText(sign, SEED.shape), weight);
    }
  }
}

/** Kinds of numbers, by the largest of each. */
const BUCKETS: readonly (readonly [number, string])[] = [
  [17, '#teen'],
  [39, '#young'],
  [74, '#older'],
  [999, '#hundreds'],
  [1899, '#thousands'],
  [2099, '#year'],
];

/** Numbers are seen by their size, so that "54 ans" teaches about "57 ans". */
const bucketed = (norm: string): string => {
  if (!/^\d\d+$/.test(norm)) return norm;
  const n = Number(norm);
  return BUCKETS.find(([largest]) => n <= largest)?.[1] ?? '#big';
};
