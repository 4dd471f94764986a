const FIRST_MS = 800;
const LONGEST_MS = 15_000;

/**
 * How long to wait after the n-th failure in a row (from 1), in milliseconds. Up to half of it is
 * chance, so that after a restart not everybody knocks at the same moment.
 */
export const backoff = (failures: number, random = Math.random()): number =>
  Math.min(LONGEST_MS, FIRST_MS * 2 ** (failures - 1)) * (0.5 + random / 2);

/** A wait that can be cut short from outside. */
export class Pause {
  #wake: (() => void) | undefined;

  async wait(ms: number): Promise<void> {
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, ms);
      this.#wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
    this.#wake = undefined;
  }

  /** Ends the wait under way, if there is one. */
  cut(): void {
    this.#wake?.();
  }
}
