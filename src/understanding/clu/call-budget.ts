import type { Clock } from '#shared/clock.ts';
import type { MonthlyCount } from './monthly-count.ts';

/** Keeps calls within what the service allows, and what was paid for. */
export interface CallBudget {
  /** Why no call can be made now, or undefined when one can. */
  spent(): 'minute_budget' | 'month_budget' | undefined;
  /** Counts a call that is about to be made. */
  spend(): void;
}

/** The service's limit on predictions (its page on limits, read in November 2026). */
export const CALLS_A_MINUTE = 1000;
const MINUTE = 60_000;

/**
 * A budget over the last sixty seconds, whichever they are: exact, since a service that counts by
 * clock minutes and one that counts by sliding minutes are both satisfied.
 */
export const createCallBudget = (options: {
  readonly clock: Clock;
  readonly callsAMinute?: number;
  readonly monthly?: { readonly limit: number; readonly count: MonthlyCount } | undefined;
}): CallBudget => {
  const { clock, callsAMinute = CALLS_A_MINUTE, monthly } = options;
  /** When each of the last calls was made; `next` is the oldest. */
  const times = new Float64Array(callsAMinute).fill(Number.NEGATIVE_INFINITY);
  let next = 0;
  return {
    spent() {
      const now = clock.now();
      if (now.getTime() - (times[next] as number) < MINUTE) return 'minute_budget';
      const isMonthSpent = monthly !== undefined && monthly.count.calls(now) >= monthly.limit;
      return isMonthSpent ? 'month_budget' : undefined;
    },
    spend() {
      const now = clock.now();
      times[next] = now.getTime();
      next = (next + 1) % times.length;
      monthly?.count.add(now);
    },
  };
};
