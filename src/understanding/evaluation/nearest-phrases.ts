import { ConceptFinder } from '../features/concept-finder.ts';
import type { Features } from '../features/feature-bag.ts';
import { Featuriser } from '../features/featuriser.ts';
import { countWords, forgetGlued } from '../features/vocabulary.ts';
import { readerFor } from '../language-model.ts';
import type { Example } from '../training/corpus.ts';
import type { LanguageSources } from '../training/sources.ts';

/** A phrase and how much it is like the text asked about, 0 to 1. */
export interface Neighbour {
  readonly example: Example;
  readonly likeness: number;
}

/** Finds the phrases that share most features with a text, rare features counting more. */
export class NearestPhrases {
  readonly #examples: readonly Example[];
  readonly #featuriser: Featuriser;
  readonly #rarity = new Map<number, number>();
  readonly #vectors: readonly Features[];

  constructor(examples: readonly Example[], sources: LanguageSources) {
    const { concepts, spelling } = sources;
    const texts = examples.map(({ text }) => text);
    const words = forgetGlued(countWords(texts, concepts, spelling));
    this.#examples = examples;
    this.#featuriser = new Featuriser(
      readerFor(sources, words),
      new ConceptFinder(concepts, spelling),
    );
    const features = texts.map((text) => this.#featuriser.ofText(text));
    const counts = new Map<number, number>();
    for (const { hashes } of features) {
      for (const hash of hashes) counts.set(hash, (counts.get(hash) ?? 0) + 1);
    }
    for (const [hash, count] of counts) {
      this.#rarity.set(hash, Math.log((1 + texts.length) / count));
    }
    this.#vectors = features.map((bag) => this.#weigh(bag));
  }

  find(text: string, limit: number): Neighbour[] {
    const { hashes, values } = this.#weigh(this.#featuriser.ofText(text));
    const asked = new Map<number, number>();
    hashes.forEach((hash, i) => {
      asked.set(hash, values[i] as number);
    });
    return this.#examples
      .map((example, i) => ({ example, likeness: dot(asked, this.#vectors[i] as Features) }))
      .sort((a, b) => b.likeness - a.likeness)
      .slice(0, limit);
  }

  /** Features weighing more the rarer they are, the whole brought to length one. */
  #weigh({ hashes, values }: Features): Features {
    let square = 0;
    const weighed = values.map((value, i) => {
      const weight = value * (this.#rarity.get(hashes[i] as number) ?? 0);
      square += weight * weight;
      return weight;
    });
    const scale = square === 0 ? 0 : 1 / Math.sqrt(square);
    return { hashes, values: weighed.map((weight) => weight * scale) };
  }
}

const dot = (asked: ReadonlyMap<number, number>, { hashes, values }: Features): number => {
  let sum = 0;
  for (let i = 0; i < hashes.length; i++) {
    sum += (asked.get(hashes[i] as number) ?? 0) * (values[i] as number);
  }
  return sum;
};
