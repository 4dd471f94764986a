import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { Kysely } from 'kysely';
import { checkAnswers } from './check-answers.ts';
import { migrate } from './migrate.ts';
import type { Schema } from './schema.ts';
import type { SqlDatabase } from './sql-database.ts';
import { ImmediateSqliteDialect, whenNotBusy } from './sqlite-dialect.ts';
import { SqliteStatements } from './sqlite-statements.ts';
import { storageFailure } from './storage-error.ts';

/** SQLite's own waiting blocks the process: kept short, `whenNotBusy` does the rest. */
const BUSY_TIMEOUT_MS = 100;

const WRITER_PRAGMAS = [
  'journal_mode = WAL',
  'synchronous = FULL',
  'foreign_keys = ON',
  // What is erased is overwritten, not only unlinked.
  'secure_delete = ON',
  'journal_size_limit = 67108864',
];

function connect(file: string, pragmas: readonly string[], readonly: boolean): Database.Database {
  try {
    const connection = new Database(file, { timeout: BUSY_TIMEOUT_MS, readonly });
    for (const pragma of pragmas) connection.pragma(pragma);
    return connection;
  } catch (error) {
    throw storageFailure(error);
  }
}

const kyselyOn = (connection: Database.Database): Kysely<Schema> =>
  new Kysely<Schema>({ dialect: new ImmediateSqliteDialect(new SqliteStatements(connection)) });

/** The writer last: it is the one that can fold the log into the file. */
async function closeAll(connections: readonly Kysely<Schema>[]): Promise<void> {
  for (const connection of connections) await connection.destroy();
}

/** Opens (and creates) `<dataDir>/declic.db`, migrated. */
export async function openSqlite(dataDir: string): Promise<SqlDatabase> {
  try {
    mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  } catch (error) {
    throw storageFailure(error);
  }
  const file = join(dataDir, 'declic.db');
  const writer = kyselyOn(await whenNotBusy(() => connect(file, WRITER_PRAGMAS, false)));
  const connections = [writer];
  try {
    await migrate(writer, 'sqlite');
    const reader = kyselyOn(connect(file, [], true));
    connections.unshift(reader);
    await checkAnswers(reader);
    return { kind: 'sqlite', writer, reader, close: () => closeAll(connections) };
  } catch (error) {
    await closeAll(connections);
    throw error;
  }
}
