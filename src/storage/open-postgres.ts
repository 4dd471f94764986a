import { Kysely, PostgresDialect } from 'kysely';
import type { Logger } from '#shared/logger.ts';
import { checkAnswers } from './check-answers.ts';
import { migrate } from './migrate.ts';
import { connectionSettings, openPostgresPool } from './postgres-pool.ts';
import type { Schema } from './schema.ts';
import type { SqlDatabase } from './sql-database.ts';

/** Nothing waits for ever: not a statement, not a lock, not a transaction whose owner went away. */
const LIMITS = {
  statement_timeout: 20_000,
  lock_timeout: 15_000,
  idle_in_transaction_session_timeout: 45_000,
};

async function migrateOnce(databaseUrl: string, logger: Logger): Promise<void> {
  // A pool of its own: a migration may take longer than what a turn is allowed.
  const pool = openPostgresPool({ ...connectionSettings(databaseUrl), max: 1 }, logger);
  const db = new Kysely<Schema>({ dialect: new PostgresDialect({ pool }) });
  try {
    await migrate(db, 'postgres');
  } finally {
    await db.destroy();
  }
}

/** Opens a PostgreSQL database, migrated. */
export async function openPostgres(databaseUrl: string, logger: Logger): Promise<SqlDatabase> {
  await migrateOnce(databaseUrl, logger);
  const pool = openPostgresPool({ ...connectionSettings(databaseUrl), ...LIMITS, max: 10 }, logger);
  const db = new Kysely<Schema>({ dialect: new PostgresDialect({ pool }) });
  try {
    await checkAnswers(db);
  } catch (error) {
    await db.destroy();
    throw error;
  }
  return { kind: 'postgres', writer: db, reader: db, close: () => db.destroy() };
}
