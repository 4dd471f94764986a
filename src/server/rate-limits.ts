import type { Clock } from '#shared/clock.ts';
import { isLoopback, networkOf } from './client-address.ts';
import { DIRECT_LINE, isBelow } from './paths.ts';
import { type Allowance, createTokenBuckets } from './token-buckets.ts';

/**
 * Allowances of one network. They are wide: a whole training centre, or the customers of a mobile
 * operator, may share one address. They stop programs, not people.
 */
export const ALLOWANCES = {
  /** New conversations, tokens and sockets. */
  open: { burst: 300, perSecond: 5 },
  /** What people send. */
  write: { burst: 300, perSecond: 20 },
  /** Activities of Azure Bot Service, which has few addresses for many people. */
  messages: { burst: 600, perSecond: 100 },
  /** Calendar files. */
  links: { burst: 60, perSecond: 2 },
} as const satisfies Record<string, Allowance>;

type Kind = keyof typeof ALLOWANCES;
export type Allowances = Readonly<Record<Kind, Allowance>>;

/** One call, as limits see it. */
export interface LimitedCall {
  /** `UPGRADE` for a WebSocket. */
  readonly method: string;
  readonly path: string;
  readonly address: string;
}

/** Answers how many seconds a call must wait; 0 when it may pass. */
export type CheckLimits = (call: LimitedCall) => number;

/**
 * Limits by address. Reading a conversation is never limited: a client that polls and is refused
 * would poll harder. Neither are programs of this machine, against which limits protect nothing.
 */
export function createRateLimits(allowances: Allowances, clock: Clock): CheckLimits {
  const takers = {
    open: createTokenBuckets(allowances.open, clock),
    write: createTokenBuckets(allowances.write, clock),
    messages: createTokenBuckets(allowances.messages, clock),
    links: createTokenBuckets(allowances.links, clock),
  };
  return (call) => {
    const kind = kindOf(call);
    if (!kind || isLoopback(call.address)) return 0;
    return takers[kind](networkOf(call.address));
  };
}

function kindOf({ method, path }: LimitedCall): Kind | undefined {
  if (isBelow(DIRECT_LINE, path)) return kindInDirectLine(method, path);
  if (path === '/api/messages') return 'messages';
  return path.startsWith('/calendar/') ? 'links' : undefined;
}

function kindInDirectLine(method: string, path: string): Kind | undefined {
  if (['GET', 'HEAD', 'OPTIONS'].includes(method)) return undefined;
  const opens = /\/(tokens\/\w+|conversations)\/?$/.test(path);
  return opens || method === 'UPGRADE' ? 'open' : 'write';
}
