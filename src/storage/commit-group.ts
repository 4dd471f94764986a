import { performance } from 'node:perf_hooks';

/** More transactions than this, or a longer time, are not gathered before the disk is waited for. */
const MOST_MEMBERS = 64;
const LONGEST_MS = 10;

/**
 * Transactions that are made durable together: each is a savepoint of one SQLite transaction, and
 * none is told that it is committed before the one `COMMIT` (one wait for the disk) is done.
 */
export class CommitGroup {
  readonly #began = performance.now();
  readonly #committed = Promise.withResolvers<void>();
  #members = 0;

  constructor() {
    // Those who wait are told; a group that nobody has joined fails for nobody.
    this.#committed.promise.catch(() => {});
  }

  /** Whether another may be gathered before the commit. */
  get hasRoom(): boolean {
    return this.#members < MOST_MEMBERS && performance.now() - this.#began < LONGEST_MS;
  }

  /** Resolves once the group is on the disk; rejects when it could not be put there. */
  join(): Promise<void> {
    this.#members += 1;
    return this.#committed.promise;
  }

  committed(): void {
    this.#committed.resolve();
  }

  failed(error: unknown): void {
    this.#committed.reject(error);
  }
}
