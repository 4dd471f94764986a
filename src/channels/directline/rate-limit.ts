import { isIPv6 } from 'node:net';
import type { Clock } from '#shared/clock.ts';
import type { Rate } from './limits.ts';

/** Hands out tokens that grow back with time, one bucket a key; without a key nothing is counted. */
export interface RateLimit {
  /** Takes `cost`; answers 0 when granted, else after how many seconds to try again. */
  take(key: string | undefined, cost?: number): number;
}

interface Bucket {
  level: number;
  at: number;
}

const MOST_BUCKETS = 20_000;

export function createRateLimit({ burst, perSecond }: Rate, clock: Clock): RateLimit {
  const buckets = new Map<string, Bucket>();

  function refilled(key: string, now: number): Bucket {
    const bucket = buckets.get(key) ?? { level: burst, at: now };
    const seconds = Math.max(0, now - bucket.at) / 1000;
    return { level: Math.min(burst, bucket.level + seconds * perSecond), at: now };
  }

  /** A full bucket says nothing that an absent one does not; then the oldest ones go. */
  function makeRoom(now: number): void {
    for (const key of buckets.keys()) {
      if (refilled(key, now).level >= burst) buckets.delete(key);
    }
    for (const key of buckets.keys()) {
      if (buckets.size < MOST_BUCKETS / 2) return;
      buckets.delete(key);
    }
  }

  return {
    take(key, cost = 1) {
      if (key === undefined) return 0;
      const now = clock.now().getTime();
      if (buckets.size >= MOST_BUCKETS) makeRoom(now);
      const bucket = refilled(key, now);
      const granted = bucket.level >= cost;
      if (granted) bucket.level -= cost;
      buckets.delete(key);
      buckets.set(key, bucket);
      return granted ? 0 : Math.max(1, Math.ceil((cost - bucket.level) / perSecond));
    },
  };
}

/**
 * What stands for a client in limits: its address, or its IPv6 network, for whoever has one such
 * address has the 2^64 others too. Programs of this machine are not counted: behind a proxy that
 * was not told of, everybody would seem to be one of them.
 */
export function addressKey(remoteAddress: string): string | undefined {
  const address = remoteAddress.replace(/^::ffff:(?=\d+\.)/i, '');
  if (address === '::1' || address.startsWith('127.')) return undefined;
  return isIPv6(address) ? networkOf(address) : address;
}

function networkOf(address: string): string {
  const [head = '', tail] = address.split('::');
  const left = head === '' ? [] : head.split(':');
  const right = tail === undefined || tail === '' ? [] : tail.split(':');
  const zeros = tail === undefined ? 0 : 8 - left.length - right.length;
  return [...left, ...Array<string>(zeros).fill('0'), ...right].slice(0, 4).join(':');
}
