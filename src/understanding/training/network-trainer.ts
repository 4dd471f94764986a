import { LinearModel } from '../model/linear-model.ts';
import { LEAK, NetworkModel } from '../model/network-model.ts';
import { toProbabilities } from '../model/probabilities.ts';
import type { RowIndex } from '../model/row-index.ts';
import { Errors, Learned } from './adagrad.ts';
import { aroundZero, seeded } from './random.ts';
import {
  eachPass,
  hideSome,
  indexFeatures,
  keepLargest,
  type Sample,
  type SampleRows,
  toRows,
} from './samples.ts';
import { DEFAULT_TRAINING, type TrainingOptions } from './softmax-trainer.ts';

export interface NetworkOptions extends TrainingOptions {
  /** How many hidden units there are. */
  readonly units: number;
  /** Step size of the hidden layer. */
  readonly hiddenRate: number;
  /** Share of the hidden units switched off at each step. */
  readonly hiddenDropout: number;
}

export const NETWORK_TRAINING: NetworkOptions = {
  ...DEFAULT_TRAINING,
  rate: 0.3,
  units: 32,
  hiddenRate: 0.05,
  hiddenDropout: 0.3,
};

/** What squares of gradients begin at: for the rows, and for what all features share. */
const START = 1e-3;
const SHARED_START = 1e-2;
/** How far from zero the units' weights begin. */
const SPREAD = 0.05;

/** Learns direct weights and a hidden layer together. */
export const trainNetwork = (
  samples: readonly Sample[],
  classes: number,
  options: NetworkOptions = NETWORK_TRAINING,
): NetworkModel => {
  const index = indexFeatures(samples, options.minCount);
  const rows = samples.map((sample) => toRows(sample, index));
  const random = seeded(options.seed);
  const training = new Training(index.size + 1, classes, options, random);
  eachPass(samples, options.passes, random, (sample, at) => {
    training.step(hideSome(rows[at] as SampleRows, options.dropout, random), sample);
  });
  return training.model(index);
};

/** The weights while they are learned. */
class Training {
  readonly #classes: number;
  readonly #options: NetworkOptions;
  readonly #random: () => number;
  readonly #direct: Learned;
  readonly #inward: Learned;
  readonly #outward: Learned;
  readonly #bias: Learned;
  readonly #errors: Errors;
  readonly #units: Float32Array;
  readonly #slopes: Float32Array;
  readonly #switches: Float32Array;

  constructor(rows: number, classes: number, options: NetworkOptions, random: () => number) {
    const { units, rate, hiddenRate } = options;
    this.#classes = classes;
    this.#options = options;
    this.#random = random;
    this.#direct = new Learned(rows * classes, rate, START);
    this.#inward = new Learned(rows * units, hiddenRate, START);
    this.#outward = new Learned(units * classes, hiddenRate, SHARED_START);
    this.#bias = new Learned(units, hiddenRate, SHARED_START);
    this.#errors = new Errors(classes);
    this.#units = new Float32Array(units);
    this.#slopes = new Float32Array(units);
    this.#switches = new Float32Array(units);
    fillAroundZero(this.#inward.weights, SPREAD, random);
    fillAroundZero(this.#outward.weights, 1 / Math.sqrt(units), random);
  }

  step(shown: SampleRows, sample: Sample): void {
    const { hiddenDropout, smoothing } = this.#options;
    for (let j = 0; j < this.#switches.length; j++) {
      this.#switches[j] = this.#random() < hiddenDropout ? 0 : 1 / (1 - hiddenDropout);
    }
    this.#errors.compare(this.#read(shown), sample, smoothing);
    this.#learnOutward();
    this.#learnRows(shown);
  }

  /** Probabilities of the classes; leaves the units as they are for the message. */
  #read({ rows, values }: SampleRows): Float32Array {
    const scores = new Float32Array(this.#classes);
    this.#units.set(this.#bias.weights);
    for (let f = 0; f < rows.length; f++) {
      const row = rows[f] as number;
      addRow(scores, this.#direct.weights, row, values[f] as number);
      addRow(this.#units, this.#inward.weights, row, values[f] as number);
    }
    for (let j = 0; j < this.#units.length; j++) {
      const sum = this.#units[j] as number;
      const unit = (sum > 0 ? sum : LEAK * sum) * (this.#switches[j] as number);
      this.#units[j] = unit;
      if (unit !== 0) addRow(scores, this.#outward.weights, j, unit);
    }
    toProbabilities(scores);
    return scores;
  }

  #learnOutward(): void {
    const { classes, values, count } = this.#errors;
    for (let j = 0; j < this.#units.length; j++) {
      const unit = this.#units[j] as number;
      let slope = 0;
      for (let a = 0; a < count; a++) {
        const at = j * this.#classes + (classes[a] as number);
        slope += (values[a] as number) * (this.#outward.weights[at] as number);
        this.#outward.move(at, (values[a] as number) * unit);
      }
      const passed = (this.#switches[j] as number) * (unit > 0 ? 1 : LEAK);
      this.#slopes[j] = slope * passed;
      this.#bias.move(j, slope * passed);
    }
  }

  #learnRows({ rows, values }: SampleRows): void {
    const { classes, values: wrong, count } = this.#errors;
    const units = this.#units.length;
    for (let f = 0; f < rows.length; f++) {
      const value = values[f] as number;
      const direct = (rows[f] as number) * this.#classes;
      for (let a = 0; a < count; a++) {
        const at = direct + (classes[a] as number);
        const pull = this.#options.decay * (this.#direct.weights[at] as number);
        this.#direct.move(at, (wrong[a] as number) * value + pull);
      }
      const inward = (rows[f] as number) * units;
      for (let j = 0; j < units; j++) {
        const slope = this.#slopes[j] as number;
        if (slope !== 0) this.#inward.move(inward + j, slope * value);
      }
    }
  }

  /** The weights in bytes, without the features that weigh least. */
  model(index: RowIndex): NetworkModel {
    const units = this.#units.length;
    const columns = this.#classes + units;
    // Rows share one scale: units' weights are brought to the size of the direct ones.
    const scale = largest(this.#inward.weights) / largest(this.#direct.weights);
    const joined = new Float32Array((index.size + 1) * columns);
    for (let row = 0; row <= index.size; row++) {
      const from = row * this.#classes;
      joined.set(this.#direct.weights.subarray(from, from + this.#classes), row * columns);
      for (let j = 0; j < units; j++) {
        const weight = this.#inward.weights[row * units + j] as number;
        joined[row * columns + this.#classes + j] = weight / scale;
      }
    }
    const kept = keepLargest(index, joined, columns, this.#options.maxFeatures);
    return new NetworkModel(LinearModel.quantised(kept.index, kept.weights, columns), {
      bias: [...this.#bias.weights],
      scale,
      output: [...this.#outward.weights].map((weight) => Math.round(weight * 1e5) / 1e5),
    });
  }
}

/** Adds a row of weights, times a value, to as many sums. */
const addRow = (sums: Float32Array, weights: Float32Array, row: number, value: number): void => {
  const base = row * sums.length;
  for (let k = 0; k < sums.length; k++) {
    (sums[k] as number) += value * (weights[base + k] as number);
  }
};

const fillAroundZero = (weights: Float32Array, spread: number, random: () => number): void => {
  for (let i = 0; i < weights.length; i++) weights[i] = aroundZero(random) * spread;
};

const largest = (weights: Float32Array): number => {
  let top = 1e-6;
  for (const weight of weights) top = Math.max(top, Math.abs(weight));
  return top;
};
