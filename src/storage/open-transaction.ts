import type { Kysely } from 'kysely';
import { AppError } from '#shared/errors.ts';
import type { Transaction } from '#shared/transaction.ts';
import type { Schema } from './schema.ts';

/** What is inside the handle that everyone passes on. */
export class OpenTransaction implements Transaction {
  readonly kind = 'transaction';
  readonly db: Kysely<Schema>;
  /** Row of the conversation whose turn this is. */
  conversation: number | undefined;

  constructor(db: Kysely<Schema>) {
    this.db = db;
  }
}

/** The transaction behind a handle. Throws `INTERNAL` for a handle that is not of this room. */
export function opened(tx: Transaction): OpenTransaction {
  if (tx instanceof OpenTransaction) return tx;
  throw new AppError('INTERNAL', 'A transaction of something other than the storage was given.');
}
