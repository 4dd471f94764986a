import type { Transaction } from '#shared/transaction.ts';
import type { Outgoing } from './message.ts';

/** A conversation's state as it is kept: JSON, with the version of the code that wrote it. */
export interface StoredState {
  readonly version: number;
  readonly json: string;
}

/** One turn with its transaction open and its conversation locked. */
export interface OpenTurn {
  readonly tx: Transaction;
  /** The person behind the channel's user; made at the first message. */
  readonly personId: string;
  /** Absent at the first turn. */
  readonly state: StoredState | undefined;
  /** Set when this activity was already handled: nothing must be done again. */
  readonly recorded: readonly Outgoing[] | undefined;
  /** Writes the new state and the replies of this activity. Call it once. */
  save(state: StoredState, replies: readonly Outgoing[]): Promise<void>;
}

/**
 * Where turns are kept. Implemented in `src/storage`.
 *
 * `run` opens a transaction, locks the conversation's row (making it, and the person, when new),
 * looks the activity up, calls `work`, and commits when `work` resolves. When `work` rejects,
 * everything is rolled back and `run` rejects with the same error.
 */
export interface TurnStore {
  run<T>(
    turn: {
      readonly channel: string;
      readonly conversationId: string;
      readonly userId: string;
      readonly activityId: string;
      readonly at: Date;
    },
    work: (open: OpenTurn) => Promise<T>,
  ): Promise<T>;
}
