import { type Kysely, sql } from 'kysely';
import { type Migration, Migrator } from 'kysely/migration';
import { createFirstTables } from './migrations/0001-first-tables.ts';
import { indexHandledByAge } from './migrations/0002-handled-by-age.ts';
import { createUnreadMessages } from './migrations/0003-unread-messages.ts';
import type { DatabaseKind, Schema } from './schema.ts';
import { storageFailure } from './storage-error.ts';

type MigrationStep = (db: Kysely<unknown>, kind: DatabaseKind) => Promise<void>;

/**
 * In the order of their names. Never edit one that was merged: add another. Each must leave the
 * version before it working (expand now, contract in a later release).
 */
const MIGRATIONS: Readonly<Record<string, MigrationStep>> = {
  '0001-first-tables': createFirstTables,
  '0002-handled-by-age': indexHandledByAge,
  '0003-unread-messages': createUnreadMessages,
};

/** Any number, the same in every version: instances that start together wait for each other. */
const ADVISORY_LOCK = 730_421_991;

async function namesAlreadyRun(db: Kysely<Schema>): Promise<readonly string[]> {
  const { rows } = await sql<{ name: string }>`select name from kysely_migration`.execute(db);
  return rows.map((row) => row.name);
}

function asMigration(step: MigrationStep, kind: DatabaseKind, failures: unknown[]): Migration {
  return {
    async up(db: Kysely<unknown>) {
      try {
        await step(db, kind);
      } catch (error) {
        // Kysely would answer with the failure of its own cleaning up.
        failures.push(error);
        throw error;
      }
    },
  };
}

/**
 * Runs the migrations that are missing, all or none, in one transaction that excludes every other
 * instance. Migrations of a newer version that already ran are left alone, so that going back to
 * the version before works.
 */
export async function migrate(database: Kysely<Schema>, kind: DatabaseKind): Promise<void> {
  const failures: unknown[] = [];
  try {
    await database.transaction().execute(async (db) => {
      if (kind === 'postgres')
        await sql`select pg_advisory_xact_lock(${ADVISORY_LOCK})`.execute(db);
      const provider = {
        async getMigrations() {
          const unknown = (await namesAlreadyRun(db)).filter((name) => !(name in MIGRATIONS));
          const steps = Object.entries(MIGRATIONS).map(
            ([name, step]) => [name, asMigration(step, kind, failures)] as const,
          );
          const inert = unknown.map((name) => [name, { up: async () => {} }] as const);
          return Object.fromEntries([...steps, ...inert]);
        },
      };
      const { error } = await new Migrator({
        db,
        provider,
        allowUnorderedMigrations: true,
      }).migrateToLatest();
      if (error !== undefined) throw error;
    });
  } catch (error) {
    throw storageFailure(failures[0] ?? error);
  }
}
