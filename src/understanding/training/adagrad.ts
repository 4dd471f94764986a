/** Gradients of the scores below this change nothing that matters. */
const NEGLIGIBLE = 2e-3;

/** Weights learned by AdaGrad: each has a step size of its own, smaller the more it has moved. */
export class Learned {
  readonly weights: Float32Array;
  readonly #squares: Float32Array;
  readonly #rate: number;

  constructor(size: number, rate: number, start: number) {
    this.weights = new Float32Array(size);
    this.#squares = new Float32Array(size).fill(start);
    this.#rate = rate;
  }

  move(at: number, slope: number): void {
    const square = (this.#squares[at] as number) + slope * slope;
    this.#squares[at] = square;
    this.weights[at] = (this.weights[at] as number) - (this.#rate * slope) / Math.sqrt(square);
  }
}

/** The classes whose score is to move at a step, and by how much each is wrong. */
export class Errors {
  readonly classes: Int32Array;
  readonly values: Float32Array;
  count = 0;

  constructor(classes: number) {
    this.classes = new Int32Array(classes);
    this.values = new Float32Array(classes);
  }

  /**
   * Compares probabilities with what is right.
   * @param smoothing share of the target that all classes have together: keeps it from being too sure
   */
  compare(
    probabilities: Float32Array,
    { label, also = [], weight = 1 }: Target,
    smoothing: number,
  ): void {
    const spread = smoothing / probabilities.length;
    const right = (1 - smoothing) / (1 + also.length);
    this.count = 0;
    for (let k = 0; k < probabilities.length; k++) {
      const target = spread + (k === label || also.includes(k) ? right : 0);
      const error = ((probabilities[k] as number) - target) * weight;
      if (Math.abs(error) < NEGLIGIBLE) continue;
      this.classes[this.count] = k;
      this.values[this.count++] = error;
    }
  }
}

interface Target {
  readonly label: number;
  readonly also?: readonly number[];
  readonly weight?: number;
}
