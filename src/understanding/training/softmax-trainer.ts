import { LinearModel } from '../model/linear-model.ts';
import { toProbabilities } from '../model/probabilities.ts';
import { Errors, Learned } from './adagrad.ts';
import { seeded } from './random.ts';
import {
  eachPass,
  hideSome,
  indexFeatures,
  keepLargest,
  type Sample,
  type SampleRows,
  toRows,
} from './samples.ts';

export interface TrainingOptions {
  readonly passes: number;
  readonly rate: number;
  /** L2 pull towards zero, per step. */
  readonly decay: number;
  /** Features seen in fewer samples than this are left out. */
  readonly minCount: number;
  /** The most features kept, those with the largest weights: bounds the memory. */
  readonly maxFeatures: number;
  /** Share of the target given to the other classes: keeps the model from being too sure. */
  readonly smoothing: number;
  /** Share of the features hidden at each step. */
  readonly dropout: number;
  readonly seed: number;
}

export const DEFAULT_TRAINING: TrainingOptions = {
  passes: 10,
  rate: 0.5,
  decay: 3e-4,
  minCount: 2,
  maxFeatures: 130_000,
  smoothing: 0.15,
  dropout: 0.3,
  seed: 7,
};

/** What squares of gradients begin at. */
const START = 1e-3;

/** Learns a multinomial logistic regression by AdaGrad. */
export const trainSoftmax = (
  samples: readonly Sample[],
  classes: number,
  options: TrainingOptions = DEFAULT_TRAINING,
): LinearModel => {
  const index = indexFeatures(samples, options.minCount);
  const rows = samples.map((sample) => toRows(sample, index));
  const learned = new Learned((index.size + 1) * classes, options.rate, START);
  const errors = new Errors(classes);
  const random = seeded(options.seed);
  eachPass(samples, options.passes, random, (sample, at) => {
    const shown = hideSome(rows[at] as SampleRows, options.dropout, random);
    errors.compare(probabilitiesOf(shown, learned.weights, classes), sample, options.smoothing);
    learn(shown, errors, learned, classes, options.decay);
  });
  const kept = keepLargest(index, learned.weights, classes, options.maxFeatures);
  return LinearModel.quantised(kept.index, kept.weights, classes);
};

const probabilitiesOf = (
  { rows, values }: SampleRows,
  weights: Float32Array,
  classes: number,
): Float32Array => {
  const scores = new Float32Array(classes);
  for (let f = 0; f < rows.length; f++) {
    const base = (rows[f] as number) * classes;
    const value = values[f] as number;
    for (let k = 0; k < classes; k++) {
      (scores[k] as number) += value * (weights[base + k] as number);
    }
  }
  toProbabilities(scores);
  return scores;
};

const learn = (
  { rows, values }: SampleRows,
  errors: Errors,
  learned: Learned,
  classes: number,
  decay: number,
): void => {
  for (let f = 0; f < rows.length; f++) {
    const base = (rows[f] as number) * classes;
    const value = values[f] as number;
    for (let a = 0; a < errors.count; a++) {
      const at = base + (errors.classes[a] as number);
      const pull = decay * (learned.weights[at] as number);
      learned.move(at, (errors.values[a] as number) * value + pull);
    }
  }
};
