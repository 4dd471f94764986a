import type { Features } from '../features/feature-bag.ts';
import type { RowIndex } from './row-index.ts';

/** What the constant feature weighs. */
export const BIAS = 0.1;

/**
 * One row of weights per feature, one column per class; the last row is the constant.
 * A weight is its byte times the scale of its row: a quarter of the memory, and the same answers.
 */
export class LinearModel {
  readonly index: RowIndex;
  readonly bytes: Int8Array;
  readonly scales: Float32Array;
  readonly classes: number;

  constructor(index: RowIndex, bytes: Int8Array, scales: Float32Array, classes: number) {
    this.index = index;
    this.bytes = bytes;
    this.scales = scales;
    this.classes = classes;
  }

  static quantised(index: RowIndex, weights: Float32Array, classes: number): LinearModel {
    const bytes = new Int8Array(weights.length);
    const scales = new Float32Array(weights.length / classes);
    for (let row = 0; row < scales.length; row++) {
      let largest = 0;
      for (let k = 0; k < classes; k++) {
        largest = Math.max(largest, Math.abs(weights[row * classes + k] as number));
      }
      const scale = largest / 127;
      scales[row] = scale;
      if (scale === 0) continue;
      for (let k = 0; k < classes; k++) {
        bytes[row * classes + k] = Math.round((weights[row * classes + k] as number) / scale);
      }
    }
    return new LinearModel(index, bytes, scales, classes);
  }

  /** The score of each class: log-odds, not probabilities. */
  score({ hashes, values }: Features): Float32Array {
    const scores = new Float32Array(this.classes);
    this.#addRow(scores, this.index.size, BIAS);
    for (let f = 0; f < hashes.length; f++) {
      const row = this.index.find(hashes[f] as number);
      if (row >= 0) this.#addRow(scores, row, values[f] as number);
    }
    return scores;
  }

  #addRow(scores: Float32Array, row: number, value: number): void {
    const base = row * this.classes;
    const scaled = value * (this.scales[row] as number);
    for (let k = 0; k < this.classes; k++) {
      (scores[k] as number) += scaled * (this.bytes[base + k] as number);
    }
  }
}
