import type { Features } from '../features/featuriser.ts';
import { BIAS, LinearModel } from '../model/linear-model.ts';
import { toProbabilities } from '../model/probabilities.ts';
import { RowIndex } from '../model/row-index.ts';

/** A featurised example and the number of its class. */
export interface Sample {
  /** The features, side by side with what each weighs: a tenth of the memory of a map. */
  readonly hashes: Uint32Array;
  readonly values: Float32Array;
  readonly label: number;
  /** How much it counts; 1 when absent. */
  readonly weight?: number;
}

export const toSample = (features: Features, label: number): Sample => ({
  hashes: Uint32Array.from(features.keys()),
  values: Float32Array.from(features.values()),
  label,
});

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

/** Gradients below this change nothing that matters. */
const NEGLIGIBLE = 2e-3;

/** Learns a multinomial logistic regression by AdaGrad, with one step size per feature. */
export const trainSoftmax = (
  samples: readonly Sample[],
  classes: number,
  options: TrainingOptions = DEFAULT_TRAINING,
): LinearModel => {
  const index = RowIndex.of(countFeatures(samples, options.minCount));
  const rows = samples.map((sample) => toRows(sample, index));
  const weights = new Float32Array((index.size + 1) * classes);
  const squares = new Float32Array((index.size + 1) * classes).fill(1e-3);
  const touched = new Int32Array(classes);
  const errors = new Float32Array(classes);
  const state = { weights, squares, classes, options, touched, errors };
  const random = seeded(options.seed);
  const order = samples.map((_, i) => i);
  const scores = new Float32Array(classes);
  for (let pass = 0; pass < options.passes; pass++) {
    shuffle(order, random);
    for (const i of order) {
      const row = rows[i] as SampleRows;
      const shown = options.dropout > 0 ? hide(row, options.dropout, random) : row;
      step(shown, samples[i]?.label ?? 0, samples[i]?.weight ?? 1, scores, state);
    }
  }
  return prune(index, weights, classes, options.maxFeatures);
};

/** Keeps the features that weigh most, and the constant. */
const prune = (
  index: RowIndex,
  weights: Float32Array,
  classes: number,
  maxFeatures: number,
): LinearModel => {
  if (index.size <= maxFeatures) return LinearModel.quantised(index, weights, classes);
  const largest = (row: number): number => {
    let most = 0;
    for (let k = 0; k < classes; k++) {
      most = Math.max(most, Math.abs(weights[row * classes + k] as number));
    }
    return most;
  };
  const kept = [...index.entries()]
    .map(([hash, row]) => ({ hash, row, weight: largest(row) }))
    .sort((a, b) => b.weight - a.weight || a.hash - b.hash)
    .slice(0, maxFeatures);
  const smaller = new Float32Array((kept.length + 1) * classes);
  [...kept.map(({ row }) => row), index.size].forEach((row, to) => {
    smaller.set(weights.subarray(row * classes, (row + 1) * classes), to * classes);
  });
  const smallIndex = RowIndex.of(kept.map(({ hash }) => hash));
  return LinearModel.quantised(smallIndex, smaller, classes);
};

interface SampleRows {
  readonly rows: Int32Array;
  readonly values: Float32Array;
}

interface State {
  readonly weights: Float32Array;
  readonly squares: Float32Array;
  readonly classes: number;
  readonly options: TrainingOptions;
  /** Room for the classes to change at a step, and by how much. */
  readonly touched: Int32Array;
  readonly errors: Float32Array;
}

const step = (
  { rows, values }: SampleRows,
  label: number,
  weight: number,
  scores: Float32Array,
  { weights, squares, classes, options, touched, errors }: State,
): void => {
  scores.fill(0);
  for (let f = 0; f < rows.length; f++) {
    const base = (rows[f] as number) * classes;
    const value = values[f] as number;
    for (let k = 0; k < classes; k++)
      (scores[k] as number) += value * (weights[base + k] as number);
  }
  toProbabilities(scores);
  const spread = options.smoothing / classes;
  let active = 0;
  for (let k = 0; k < classes; k++) {
    const target = spread + (k === label ? 1 - options.smoothing : 0);
    const error = ((scores[k] as number) - target) * weight;
    if (Math.abs(error) < NEGLIGIBLE) continue;
    touched[active] = k;
    errors[active++] = error;
  }
  for (let f = 0; f < rows.length; f++) {
    const base = (rows[f] as number) * classes;
    const value = values[f] as number;
    for (let a = 0; a < active; a++) {
      const at = base + (touched[a] as number);
      const old = weights[at] as number;
      const slope = (errors[a] as number) * value + options.decay * old;
      const square = (squares[at] as number) + slope * slope;
      squares[at] = square;
      weights[at] = old - (options.rate * slope) / Math.sqrt(square);
    }
  }
};

const countFeatures = (samples: readonly Sample[], minCount: number): number[] => {
  const counts = new Map<number, number>();
  for (const { hashes } of samples) {
    for (const hash of hashes) counts.set(hash, (counts.get(hash) ?? 0) + 1);
  }
  return [...counts].filter(([, count]) => count >= minCount).map(([hash]) => hash);
};

const toRows = (sample: Sample, index: RowIndex): SampleRows => {
  const rows: number[] = [];
  const values: number[] = [];
  sample.hashes.forEach((hash, at) => {
    const row = index.find(hash);
    if (row < 0) return;
    rows.push(row);
    values.push(sample.values[at] as number);
  });
  rows.push(index.size);
  values.push(BIAS);
  return { rows: Int32Array.from(rows), values: Float32Array.from(values) };
};

const hide = (row: SampleRows, share: number, random: () => number): SampleRows => {
  const rows: number[] = [];
  const values: number[] = [];
  for (let f = 0; f < row.rows.length; f++) {
    if (random() < share) continue;
    rows.push(row.rows[f] as number);
    values.push(row.values[f] as number);
  }
  return { rows: Int32Array.from(rows), values: Float32Array.from(values) };
};

/** A small repeatable random generator (mulberry32), 0 included, 1 excluded. */
export const seeded = (seed: number): (() => number) => {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
};

/** Shuffles in place (Fisher–Yates). */
export const shuffle = (items: number[], random: () => number): void => {
  for (let i = items.length - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1));
    const kept = items[i] as number;
    items[i] = items[j] as number;
    items[j] = kept;
  }
};
