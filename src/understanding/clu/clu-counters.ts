import type { Reason } from './clu-failure.ts';

/** Which recogniser decided on one message, and why when CLU did not. Never holds the message. */
export type Answered =
  | { readonly recogniser: 'clu'; readonly ms: number }
  | { readonly recogniser: 'embedded'; readonly ms: number; readonly reason: Reason };

/** What was counted since the start. */
export interface CluCounts {
  readonly clu: number;
  readonly embedded: number;
  /** How often each reason sent a message to the embedded recogniser. */
  readonly reasons: Readonly<Partial<Record<Reason, number>>>;
  /** The mean and the longest time until an answer of CLU, in milliseconds. */
  readonly cluMs: { readonly mean: number; readonly longest: number };
}

/** Counts answers, for the log and for whoever measures. */
export class CluCounters {
  #clu = 0;
  #embedded = 0;
  #sum = 0;
  #longest = 0;
  readonly #reasons = new Map<Reason, number>();

  add(answered: Answered): void {
    if (answered.recogniser === 'clu') {
      this.#clu += 1;
      this.#sum += answered.ms;
      this.#longest = Math.max(this.#longest, answered.ms);
      return;
    }
    this.#embedded += 1;
    this.#reasons.set(answered.reason, (this.#reasons.get(answered.reason) ?? 0) + 1);
  }

  read(): CluCounts {
    return {
      clu: this.#clu,
      embedded: this.#embedded,
      reasons: Object.fromEntries(this.#reasons),
      cluMs: { mean: this.#clu === 0 ? 0 : this.#sum / this.#clu, longest: this.#longest },
    };
  }
}
