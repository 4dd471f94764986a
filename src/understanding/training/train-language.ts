import { INTENT_NAMES, type Intent } from '#shared/intents.ts';
import { ConceptFinder } from '../features/concept-finder.ts';
import type { Features } from '../features/feature-bag.ts';
import { Featuriser } from '../features/featuriser.ts';
import { countWords, forgetGlued } from '../features/vocabulary.ts';
import type { LinearModel } from '../model/linear-model.ts';
import type { TrainedModel } from '../model/trained-model.ts';
import { TypoIndex } from '../text/typo-index.ts';
import { WordReader } from '../text/word-reader.ts';
import type { Example } from './corpus.ts';
import { trainNetwork } from './network-trainer.ts';
import { toSample } from './samples.ts';
import { DEFAULT_TRAINING, trainSoftmax } from './softmax-trainer.ts';
import type { LanguageSources } from './sources.ts';

/** What a phrase of danger counts in the alarm, against one of anything else: they are few. */
const DANGER_WEIGHT = 6;
/** The alarm has one question to answer: it needs fewer features. */
const ALARM_FEATURES = 50_000;

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
  const seen = new Set(examples.flatMap(intentsOf));
  const classes = INTENT_NAMES.filter((intent) => seen.has(intent));
  const features = texts.map((text) => featuriser.ofText(text));
  const samples = examples.map(({ intent, also }, i) =>
    toSample(
      features[i] as Features,
      classes.indexOf(intent),
      also?.map((other) => classes.indexOf(other)),
    ),
  );
  const network = trainNetwork(samples, classes.length);
  return { locale, contentHash, classes, words, network, alarm: trainAlarm(examples, features) };
};

/** Danger against everything else: sees what distress shares with no other intent. */
const trainAlarm = (examples: readonly Example[], features: readonly Features[]): LinearModel => {
  const samples = examples.map((example, i) => {
    const isDanger = intentsOf(example).includes('distress');
    const sample = toSample(features[i] as Features, isDanger ? 1 : 0);
    return isDanger ? { ...sample, weight: DANGER_WEIGHT } : sample;
  });
  return trainSoftmax(samples, 2, { ...DEFAULT_TRAINING, maxFeatures: ALARM_FEATURES });
};

const intentsOf = ({ intent, also = [] }: Example): Intent[] => [intent, ...also];
