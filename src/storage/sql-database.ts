import type { Kysely } from 'kysely';
import type { DatabaseKind, Schema } from './schema.ts';

/** An open database. What is read outside transactions goes through `reader`. */
export interface SqlDatabase {
  readonly kind: DatabaseKind;
  readonly writer: Kysely<Schema>;
  /** In SQLite a connection of its own, so that reads do not wait for a turn under way. */
  readonly reader: Kysely<Schema>;
  close(): Promise<void>;
}
