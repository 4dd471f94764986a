import type { Clock } from '#shared/clock.ts';

/** An allowance: so many at once, and so many more each second. */
export interface Allowance {
  readonly burst: number;
  readonly perSecond: number;
}

/** Takes one from the allowance of `key`. Answers how many seconds to wait: 0 when there was one. */
export type TakeToken = (key: string) => number;

/** More keys than this and the longest unused are forgotten, so that memory stays bounded. */
const MOST_KEYS = 10_000;

/** One allowance for each key, filled again as time passes. */
export function createTokenBuckets({ burst, perSecond }: Allowance, clock: Clock): TakeToken {
  const buckets = new Map<string, { tokens: number; at: number }>();
  return (key) => {
    const now = clock.now().getTime();
    const { tokens, at } = buckets.get(key) ?? { tokens: burst, at: now };
    const elapsed = Math.max(0, now - at) / 1000;
    const filled = Math.min(burst, tokens + elapsed * perSecond);
    const allowed = filled >= 1;
    buckets.delete(key);
    buckets.set(key, { tokens: allowed ? filled - 1 : filled, at: now });
    if (buckets.size > MOST_KEYS) buckets.delete(buckets.keys().next().value ?? key);
    return allowed ? 0 : Math.ceil((1 - filled) / perSecond);
  };
}
