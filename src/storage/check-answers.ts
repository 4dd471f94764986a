import { type Kysely, sql } from 'kysely';
import type { Schema } from './schema.ts';
import { storageFailure } from './storage-error.ts';

/**
 * A cheap query that reaches the tables. Also asked once at the start: Kysely opens at the first
 * query, and closes nothing that it never opened.
 */
export async function checkAnswers(db: Kysely<Schema>): Promise<void> {
  try {
    await sql`select name from kysely_migration limit 1`.execute(db);
  } catch (error) {
    throw storageFailure(error);
  }
}
