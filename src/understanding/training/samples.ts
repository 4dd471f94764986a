import type { Features } from '../features/feature-bag.ts';
import { BIAS } from '../model/linear-model.ts';
import { RowIndex } from '../model/row-index.ts';
import { shuffle } from './random.ts';

/** A featurised example and the number of its class. */
export interface Sample extends Features {
  readonly label: number;
  /** Further classes that are as right as `label`; none when absent. */
  readonly also?: readonly number[];
  /** How much it counts; 1 when absent. */
  readonly weight?: number;
}

export const toSample = (features: Features, label: number, also?: readonly number[]): Sample => ({
  ...features,
  label,
  ...(also === undefined ? {} : { also }),
});

/** The features of a sample that a model knows: its rows, and what each weighs. */
export interface SampleRows {
  readonly rows: Int32Array;
  readonly values: Float32Array;
}

/** Rows for the features seen in at least so many samples. */
export const indexFeatures = (samples: readonly Sample[], minCount: number): RowIndex => {
  const counts = new Map<number, number>();
  for (const { hashes } of samples) {
    for (const hash of hashes) counts.set(hash, (counts.get(hash) ?? 0) + 1);
  }
  return RowIndex.of([...counts].filter(([, count]) => count >= minCount).map(([hash]) => hash));
};

/** A sample's rows, the constant last. */
export const toRows = (sample: Sample, index: RowIndex): SampleRows => {
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

/** A sample without a random share of its features. */
export const hideSome = (row: SampleRows, share: number, random: () => number): SampleRows => {
  if (share === 0) return row;
  const rows: number[] = [];
  const values: number[] = [];
  for (let f = 0; f < row.rows.length; f++) {
    if (random() < share) continue;
    rows.push(row.rows[f] as number);
    values.push(row.values[f] as number);
  }
  return { rows: Int32Array.from(rows), values: Float32Array.from(values) };
};

/** Shows each sample once a pass, in another order each time. */
export const eachPass = (
  samples: readonly Sample[],
  passes: number,
  random: () => number,
  show: (sample: Sample, at: number) => void,
): void => {
  const order = samples.map((_, i) => i);
  for (let pass = 0; pass < passes; pass++) {
    shuffle(order, random);
    for (const i of order) show(samples[i] as Sample, i);
  }
};

/**
 * The features that weigh most, and the constant, when there are more than wanted.
 * @param columns how many weights a row has
 */
export const keepLargest = (
  index: RowIndex,
  weights: Float32Array,
  columns: number,
  most: number,
): { readonly index: RowIndex; readonly weights: Float32Array } => {
  if (index.size <= most) return { index, weights };
  const largest = (row: number): number => {
    let top = 0;
    for (let k = row * columns; k < (row + 1) * columns; k++) {
      top = Math.max(top, Math.abs(weights[k] as number));
    }
    return top;
  };
  const kept = [...index.entries()]
    .map(([hash, row]) => ({ hash, row, weight: largest(row) }))
    .sort((a, b) => b.weight - a.weight || a.hash - b.hash)
    .slice(0, most);
  const smaller = new Float32Array((kept.length + 1) * columns);
  [...kept.map(({ row }) => row), index.size].forEach((row, to) => {
    smaller.set(weights.subarray(row * columns, (row + 1) * columns), to * columns);
  });
  return { index: RowIndex.of(kept.map(({ hash }) => hash)), weights: smaller };
};
