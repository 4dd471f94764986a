import { setTimeout as wait } from 'node:timers/promises';
import type { Kysely } from 'kysely';
import { AppError } from '#shared/errors.ts';
import type { Transaction } from '#shared/transaction.ts';
import { OpenTransaction, opened } from './open-transaction.ts';
import type { Schema } from './schema.ts';
import type { SqlDatabase } from './sql-database.ts';
import { isConflict, isConnectionLoss, storageFailure } from './storage-error.ts';

const MOST_ATTEMPTS = 4;
const PAUSE_MS = 20;
/** A transaction holds locks (in SQLite, the only writer): one that hangs is rolled back. */
const LONGEST_MS = 30_000;

export interface TransactOptions {
  /** The work may be done twice without harm: try again even when the connection was lost. */
  readonly repeatable?: boolean;
  readonly longestMs?: number;
}

/** Rejects when `work` takes too long; the caller rolls back, and later statements are refused. */
async function withinTime<T>(work: Promise<T>, longestMs: number): Promise<T> {
  const { promise: late, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(
    () => reject(new AppError('STORAGE_FAILED', 'A transaction was left open for too long.')),
    longestMs,
  );
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}

async function attempt<T>(
  database: SqlDatabase,
  work: (tx: OpenTransaction) => Promise<T>,
  longestMs: number,
): Promise<T> {
  const failure: { ofWork?: unknown } = {};
  try {
    return await database.writer.transaction().execute(async (db) => {
      try {
        return await withinTime(work(new OpenTransaction(db)), longestMs);
      } catch (error) {
        failure.ofWork = error;
        throw error;
      }
    });
  } catch (error) {
    // What the work threw is the caller's, unchanged, even when rolling back failed too.
    if ('ofWork' in failure) throw failure.ofWork;
    throw storageFailure(error);
  }
}

/**
 * Runs `work` in a transaction: committed when it resolves, rolled back when it rejects, with the
 * same error. When the database chose this transaction to end a conflict, the work is run again,
 * three times at most.
 */
export async function transact<T>(
  database: SqlDatabase,
  work: (tx: OpenTransaction) => Promise<T>,
  { repeatable = false, longestMs = LONGEST_MS }: TransactOptions = {},
): Promise<T> {
  for (let count = 1; ; count += 1) {
    try {
      return await attempt(database, work, longestMs);
    } catch (error) {
      const again = isConflict(error) || (repeatable && isConnectionLoss(error));
      if (!again || count === MOST_ATTEMPTS) throw error;
      await wait(Math.random() * PAUSE_MS * 2 ** count);
    }
  }
}

/** Writes inside the transaction given, or in one of its own. */
export function write<T>(
  database: SqlDatabase,
  tx: Transaction | undefined,
  work: (db: Kysely<Schema>) => Promise<T>,
): Promise<T> {
  if (tx !== undefined) return work(opened(tx).db);
  return transact(database, (own) => work(own.db));
}

/** Reads inside the transaction given, or outside any. */
export async function read<T>(
  database: SqlDatabase,
  tx: Transaction | undefined,
  work: (db: Kysely<Schema>) => Promise<T>,
): Promise<T> {
  if (tx !== undefined) return work(opened(tx).db);
  try {
    return await work(database.reader);
  } catch (error) {
    throw storageFailure(error);
  }
}
