import { INTENT_NAMES } from '#shared/intents.ts';
import { ConceptFinder } from '../features/concept-finder.ts';
import { Featuriser } from '../features/featuriser.ts';
import { countWords, forgetGlued } from '../features/vocabulary.ts';
import type { TrainedModel } from '../model/model-file.ts';
import { TypoIndex } from '../text/typo-index.ts';
import { WordReader } from '../text/word-reader.ts';
import type { Example } from './corpus.ts';
import { toSample, trainSoftmax } from './softmax-trainer.ts';
import type { LanguageSources } from './sources.ts';

/** Learns a model from phrases; the caller chooses which, so that some can be held out. */
export const trainLanguage = (
  examples: readonly Example[],
  sources: LanguageSources,
): TrainedModel => {
  const { locale, spelling, concepts, contentHash } = sources;
  const texts = examples.map(({ text }) => text);
  const words = forgetGlued(countWords(texts, concepts, spelling));
  const reader = new WordReader(spelling, new TypoIndex(words), locale === 'fr');
  const featuriser = new Featuriser(reader, new ConceptFinder(concepts, spelling));
  const samples = examples.map(({ text, intent }) =>
    toSample(featuriser.ofText(text), INTENT_NAMES.indexOf(intent)),
  );
  const linear = trainSoftmax(samples, INTENT_NAMES.length);
  return { locale, contentHash, classes: INTENT_NAMES, words, linear };
};
