import type { Features } from '../features/feature-bag.ts';
import type { LinearModel } from './linear-model.ts';

/** The small layer beside the direct weights of a network. */
export interface HiddenLayer {
  /** What each unit begins with. */
  readonly bias: readonly number[];
  /** What a unit's column in the rows is to be multiplied by: rows share one scale. */
  readonly scale: number;
  /** What each unit gives to each class, unit by unit. */
  readonly output: readonly number[];
}

/** How much of a negative unit passes. */
export const LEAK = 0.05;

/**
 * A linear model with a hidden layer beside it ("wide and deep", Cheng et al. 2016): features speak
 * for classes directly, and also together through a few units, which lets words that were seen in
 * the same company stand in for one another.
 */
export class NetworkModel {
  /** A column for each class, then one for each hidden unit. */
  readonly rows: LinearModel;
  readonly hidden: HiddenLayer;
  readonly #output: Float32Array;

  constructor(rows: LinearModel, hidden: HiddenLayer) {
    this.rows = rows;
    this.hidden = hidden;
    this.#output = Float32Array.from(hidden.output);
  }

  /** The score of each class: log-odds, not probabilities. */
  score(features: Features): Float32Array {
    const { bias, scale } = this.hidden;
    const sums = this.rows.score(features);
    const classes = sums.length - bias.length;
    const scores = sums.subarray(0, classes);
    for (let j = 0; j < bias.length; j++) {
      const sum = (bias[j] as number) + scale * (sums[classes + j] as number);
      const unit = sum > 0 ? sum : LEAK * sum;
      const base = j * classes;
      for (let k = 0; k < classes; k++) {
        (scores[k] as number) += unit * (this.#output[base + k] as number);
      }
    }
    return scores;
  }
}
