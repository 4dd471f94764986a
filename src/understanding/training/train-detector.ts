import { languageFeatures } from '../language/language-features.ts';
import { isLatin } from '../language/script.ts';
import type { LinearModel } from '../model/linear-model.ts';
import { toSample } from './samples.ts';
import { DEFAULT_TRAINING, trainSoftmax } from './softmax-trainer.ts';

const OPTIONS = { ...DEFAULT_TRAINING, passes: 6, smoothing: 0.02, maxFeatures: 40_000 };
/** How far the phrases of a small language are counted up, so that it is not drowned by others. */
const MOST_WEIGHT = 3;

/**
 * Learns to tell languages from their phrases; those that letters alone tell are left out.
 * @returns a column for each language, in the order given
 */
export const trainDetector = (languages: readonly (readonly string[])[]): LinearModel => {
  const latin = languages.map((texts) => texts.filter(isLatin));
  const largest = Math.max(...latin.map(({ length }) => length));
  const samples = latin.flatMap((texts, label) => {
    const weight = Math.min(MOST_WEIGHT, Math.sqrt(largest / texts.length));
    return texts.map((text) => ({ ...toSample(languageFeatures(text), label), weight }));
  });
  return trainSoftmax(samples, languages.length, OPTIONS);
};
