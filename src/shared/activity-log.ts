import type { Transaction } from './transaction.ts';

/** A Direct Line conversation as it is kept: its people, its clock and whether it has ended. */
export interface LoggedConversation {
  readonly id: string;
  readonly userId: string;
  readonly userName: string | undefined;
  readonly locale: string | undefined;
  /** Origins that tokens were restricted to; empty for any allowed origin. */
  readonly trustedOrigins: readonly string[];
  readonly createdAt: Date;
  readonly startedAt: Date | undefined;
  readonly endedAt: Date | undefined;
}

/** One activity of a conversation. `seq` starts at 1 and has no holes: it is the watermark. */
export interface LoggedActivity {
  readonly seq: number;
  /** `<conversation>|<seq, 7 digits>`, the form of the Direct Line service. */
  readonly id: string;
  /** ISO 8601 UTC; strictly later than that of the activity before. */
  readonly timestamp: string;
  /** The Bot Framework activity, with its id, timestamp and conversation. */
  readonly activity: Readonly<Record<string, unknown>>;
}

/** A file that a person sent. Gone after 24 hours. */
export interface StoredUpload {
  readonly id: string;
  readonly conversationId: string;
  readonly name: string;
  readonly contentType: string;
  readonly content: Uint8Array;
  readonly createdAt: Date;
}

/**
 * Where Direct Line conversations live. Every call works inside the transaction it is given,
 * or in one of its own. Implemented in `src/storage` for SQLite and PostgreSQL.
 */
export interface ActivityLog {
  create(conversation: LoggedConversation, tx?: Transaction): Promise<void>;
  find(conversationId: string, tx?: Transaction): Promise<LoggedConversation | undefined>;
  /** Marks it started, once. Answers false when it already was. */
  markStarted(
    conversationId: string,
    start: { readonly userId?: string; readonly userName?: string; readonly locale?: string },
    at: Date,
    tx?: Transaction,
  ): Promise<boolean>;
  markEnded(conversationId: string, at: Date, tx?: Transaction): Promise<void>;
  /**
   * Appends activities in order under the conversation's lock: gives each its seq, id and a
   * timestamp later than all before, and sets `id`, `timestamp` on the activity kept.
   */
  append(
    conversationId: string,
    activities: readonly Readonly<Record<string, unknown>>[],
    now: Date,
    tx?: Transaction,
  ): Promise<readonly LoggedActivity[]>;
  /**
   * The activity that a client already posted under this `channelData.clientActivityID`,
   * so that a message sent again is answered with the id it got the first time.
   */
  findByClientActivityId(
    conversationId: string,
    clientActivityId: string,
    tx?: Transaction,
  ): Promise<LoggedActivity | undefined>;
  /** Activities with seq greater than `after`, in order, at most `limit`. */
  read(conversationId: string, after: number, limit: number): Promise<readonly LoggedActivity[]>;
  /** The seq of the last activity, 0 when there is none. */
  lastSeq(conversationId: string): Promise<number>;
  saveUpload(upload: StoredUpload, tx?: Transaction): Promise<void>;
  findUpload(uploadId: string): Promise<StoredUpload | undefined>;
  /**
   * Deletes uploads and conversations older than the dates given, and what else is kept as long as
   * a conversation; answers how many of the two went.
   */
  sweep(before: { readonly uploads: Date; readonly conversations: Date }): Promise<{
    readonly uploads: number;
    readonly conversations: number;
  }>;
  /** Forgets the content of every conversation of a user ("effacer"). */
  forgetUser(userId: string, tx?: Transaction): Promise<void>;
}

/** Tells the sockets of this and other instances that a conversation has something new. */
export interface Fanout {
  publish(conversationId: string): void;
  /** Calls back after each publish. Answers the way to stop. */
  subscribe(conversationId: string, onNews: () => void): () => void;
  close(): Promise<void>;
}
