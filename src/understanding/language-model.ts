import { type Intent, isIntent } from '#shared/intents.ts';
import { ConceptFinder } from './features/concept-finder.ts';
import { Featuriser } from './features/featuriser.ts';
import { toProbabilities } from './model/probabilities.ts';
import type { TrainedModel } from './model/trained-model.ts';
import type { Word } from './text/spelling.ts';
import { TypoIndex } from './text/typo-index.ts';
import { WordReader } from './text/word-reader.ts';
import type { LanguageSources } from './training/sources.ts';

/** Probabilities, 0 to 1. */
export interface ModelReading {
  /** Of each class. */
  readonly scores: Float32Array;
  /** Of danger, against everything else. */
  readonly alarm: number;
}

/** A trained model with what it needs to read a text of its language. */
export class LanguageModel {
  readonly locale: string;
  readonly reader: WordReader;
  readonly concepts: ConceptFinder;
  readonly classes: readonly Intent[];
  readonly #model: TrainedModel;
  readonly #featuriser: Featuriser;

  /** @param alsoKnown words beside those learned, which must not be taken for slips */
  constructor(model: TrainedModel, sources: LanguageSources, alsoKnown: Iterable<string> = []) {
    this.locale = sources.locale;
    this.reader = readerFor(sources, withWords(model.words, alsoKnown));
    this.concepts = new ConceptFinder(sources.concepts, sources.spelling);
    this.classes = model.classes.filter(isIntent);
    this.#model = model;
    this.#featuriser = new Featuriser(this.reader, this.concepts);
  }

  /** Reads the whole text or a clause of it. */
  read(words: readonly Word[]): ModelReading {
    const features = this.#featuriser.ofWords(words);
    const scores = this.#model.network.score(features);
    const alarm = this.#model.alarm.score(features);
    toProbabilities(scores);
    toProbabilities(alarm);
    return { scores, alarm: alarm[1] ?? 0 };
  }
}

/** The reader that a model of this language was trained with, and must be asked with. */
export const readerFor = (
  { locale, spelling }: LanguageSources,
  words: ReadonlyMap<string, number>,
): WordReader => new WordReader(spelling, new TypoIndex(words), locale === 'fr');

const withWords = (
  counts: ReadonlyMap<string, number>,
  words: Iterable<string>,
): ReadonlyMap<string, number> => {
  const all = new Map(counts);
  for (const word of words) all.set(word, Math.max(2, all.get(word) ?? 0));
  return all;
};
