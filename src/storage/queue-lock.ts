/** Held by one at a time, handed on in the order it was asked for. */
export class QueueLock {
  #held = false;
  /** A set keeps the order and forgets at once. */
  readonly #waiting = new Set<() => void>();

  async acquire(): Promise<void> {
    if (!this.#held) {
      this.#held = true;
      return;
    }
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#waiting.add(resolve);
    await promise;
  }

  release(): void {
    const [next] = this.#waiting;
    if (next === undefined) {
      this.#held = false;
      return;
    }
    this.#waiting.delete(next);
    next();
  }
}
