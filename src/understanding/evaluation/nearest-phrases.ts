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

/** Features by hash, rare ones weighing more. */
type Weighed = ReadonlyMap<number, number>;

/** Finds the phrases that share most features with a text, rare features counting more. */
export class NearestPhrases {
  readonly #examples: readonly Example[];
  readonly #featuriser: Featuriser;
  readonly #rarity = new Map<number, number>();
  readonly #vectors: readonly Weighed[];

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
    const asked = this.#weigh(this.#featuriser.ofText(text));
    return this.#examples
      .map((example, i) => ({ example, likeness: dot(asked, this.#vectors[i] as Weighed) }))
      .sort((a, b) => b.likeness - a.likeness)
      .slice(0, limit);
  }

  #weigh({ hashes, values }: Features): Weighed {
    const weighed = new Map<number, number>();
    let square = 0;
    hashes.forEach((hash, i) => {
      const weight = (values[i] as number) * (this.#rarity.get(hash) ?? 0);
      if (weight === 0) return;
      weighed.set(hash, weight);
      square += weight * weight;
    });
    for (const [hash, weight] of weighed) weighed.set(hash, weight / Math.sqrt(square));
    return weighed;
  }
}

const dot = (a: Weighed, b: Weighed): number => {
  const [small, large] = a.size < b.size ? [a, b] : [b, a];
  let sum = 0;
  for (const [hash, value] of small) sum += value * (large.get(hash) ?? 0);
  return sum;
};
