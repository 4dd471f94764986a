import type { Status } from './connection.ts';
import type { Pending } from './outbox.ts';
import type { Item } from './timeline.ts';

/** Everything the view shows. A new object at each change. */
export interface ChatState {
  readonly items: readonly Item[];
  readonly pending: readonly Pending[];
  readonly status: Status;
  readonly offline: boolean;
  /** The connection has been lost for long enough to say so. */
  readonly trouble: boolean;
  /** Why nothing more can be said in this conversation. */
  readonly over: 'ended' | 'closed' | undefined;
  readonly typing: boolean;
  /** New messages are to be announced (not while the past is put back). */
  readonly live: boolean;
  /** How many of the first items are not shown. */
  readonly hidden: number;
  readonly draft: string;
  readonly textSize: number;
}

/** Enough for the eye, little enough for a slow phone. */
export const PAGE = 60;
