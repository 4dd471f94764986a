import {
  CircuitState,
  ConsecutiveBreaker,
  circuitBreaker,
  handleWhen,
  type IBackoff,
  type IHalfOpenAfterBackoffContext,
  TimeoutStrategy,
  timeout,
} from 'cockatiel';
import type { Clock } from '#shared/clock.ts';
import { CluFailure, toCluFailure } from './clu-failure.ts';

/** Runs calls to a service that may be down, so that nobody waits for it twice. */
export interface Circuit {
  /**
   * @throws CluFailure: `timeout`, what the call failed with, or `circuit_open` at once, without
   *   calling, while the service is left alone
   */
  run<T>(call: (signal: AbortSignal) => Promise<T>): Promise<T>;
}

/** What whoever reads the log is told. */
export interface CircuitEvents {
  /** @param rest for how long the service is left alone, in milliseconds */
  opened(failure: CluFailure, rest: number): void;
  closed(): void;
}

export interface CircuitOptions {
  readonly timeoutMs: number;
  readonly clock: Clock;
  /** The first rest after a failure, doubled at each further one, in milliseconds. */
  readonly firstRestMs?: number;
  readonly events: CircuitEvents;
}

const FIRST_REST = 5000;
const LONGEST_REST = 5 * 60_000;
/** However long the service asks for (a free tier says days): someone may have paid meanwhile. */
const LONGEST_ASKED = 60 * 60_000;

/**
 * One failure opens the circuit: there is another recogniser, so a rest costs little and a second
 * wait costs a person 1.5 s. After the rest one call goes out as a trial, and nobody waits for it.
 */
export const createCircuit = (options: CircuitOptions): Circuit => {
  const { timeoutMs, clock, firstRestMs = FIRST_REST, events } = options;
  const limit = timeout(timeoutMs, TimeoutStrategy.Aggressive);
  const breaker = circuitBreaker(
    handleWhen((error) => error instanceof CluFailure && error.isOfTheService),
    { breaker: new ConsecutiveBreaker(1), halfOpenAfter: { next: rest } },
  );
  breaker.onReset(() => events.closed());

  function rest(context: IHalfOpenAfterBackoffContext): IBackoff<IHalfOpenAfterBackoffContext> {
    const failure = toCluFailure('error' in context.result && context.result.error, clock.now());
    const usual = Math.min(LONGEST_REST, firstRestMs * 2 ** (context.attempt - 1));
    const asked = Math.min(LONGEST_ASKED, failure.retryAfter ?? 0);
    const duration = Math.max(usual, asked);
    events.opened(failure, duration);
    return { duration, next: rest };
  }

  const attempt = <T>(call: (signal: AbortSignal) => Promise<T>): Promise<T> =>
    breaker.execute(async () => {
      try {
        return await limit.execute(({ signal }) => call(signal));
      } catch (error) {
        throw toCluFailure(error, clock.now());
      }
    });

  return {
    async run(call) {
      if (breaker.state === CircuitState.Closed) return attempt(call);
      // Open: rejected, or the trial. Half open: the trial is under way, and is let be.
      if (breaker.state === CircuitState.Open) attempt(call).catch(() => undefined);
      throw new CluFailure('circuit_open');
    },
  };
};
