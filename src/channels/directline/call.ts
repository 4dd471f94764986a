import type { IncomingMessage } from 'node:http';
import type { ActivityLog, LoggedConversation } from '#shared/activity-log.ts';
import type { Clock } from '#shared/clock.ts';
import type { Logger } from '#shared/logger.ts';
import { type Answer, isRefusal, type Refusal, refuse } from './answer.ts';
import type { Authorise, Caller } from './authorise.ts';
import type { Bot } from './from-bot.ts';
import type { Limits } from './limits.ts';
import type { Origins } from './origins.ts';
import type { RateLimit } from './rate-limit.ts';
import type { Route } from './routes.ts';
import type { Streams } from './streams.ts';
import type { Tokens } from './tokens.ts';
import type { TurnQueue } from './turn-queue.ts';
import type { Turns } from './turns.ts';

/** One request, once it is known what it is about. */
export interface Call {
  readonly request: IncomingMessage;
  readonly route: Route;
  /** The key under which the client's address is counted, if it is. */
  readonly address: string | undefined;
}

/** What the routes work with. */
export interface Desk {
  readonly authorise: Authorise;
  readonly tokens: Tokens;
  readonly origins: Origins;
  readonly log: ActivityLog;
  readonly turns: Turns;
  readonly queue: TurnQueue;
  readonly streams: Streams;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly limits: Limits;
  readonly bot: Bot;
  readonly rates: {
    readonly starts: RateLimit;
    readonly posts: RateLimit;
    readonly uploaded: RateLimit;
  };
  /** Lets work go on after its request is answered; a graceful stop waits for it. */
  readonly background: (work: Promise<unknown>) => void;
}

export type Handler = (call: Call) => Promise<Answer | Refusal>;

/** A caller that may speak for the conversation of the route. */
export interface Entry {
  readonly caller: Caller;
  readonly conversation: LoggedConversation;
}

/** Lets a caller in. A token learns nothing of other conversations, not even whether they exist. */
export async function enter({ authorise, log }: Desk, call: Call): Promise<Entry | Refusal> {
  const caller = await authorise(call.request);
  if (isRefusal(caller)) return caller;
  if (caller.kind === 'token' && caller.claims.conv !== call.route.id) return refuse('Forbidden');
  const conversation = await log.find(call.route.id);
  return conversation ? { caller, conversation } : refuse('NotFound', 'No such conversation.');
}
