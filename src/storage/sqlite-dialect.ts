import { setTimeout as wait } from 'node:timers/promises';
import {
  CompiledQuery,
  type DatabaseConnection,
  type DialectAdapter,
  type Driver,
  SqliteAdapter,
  SqliteDialect,
  SqliteDriver,
} from 'kysely';
import { AppError } from '#shared/errors.ts';
import type { SqliteStatements } from './sqlite-statements.ts';
import { databaseCode } from './storage-error.ts';

const PATIENCE_MS = 10_000;
const LONGEST_PAUSE_MS = 50;

const isBusy = (error: unknown): boolean => databaseCode(error)?.startsWith('SQLITE_BUSY') ?? false;

/**
 * Tries until no other connection holds the file, at most ten seconds. Waits without blocking the
 * process, which SQLite's own busy timeout does.
 */
export async function whenNotBusy<T>(action: () => T | Promise<T>): Promise<T> {
  const end = performance.now() + PATIENCE_MS;
  for (let pause = 1; ; pause = Math.min(pause * 2, LONGEST_PAUSE_MS)) {
    try {
      return await action();
    } catch (error) {
      if (!isBusy(error) || performance.now() > end) throw error;
      await wait(pause);
    }
  }
}

/** Transactions take the write lock at once: what they read cannot change before they write. */
class ImmediateSqliteDriver extends SqliteDriver {
  readonly #statements: SqliteStatements;

  constructor(statements: SqliteStatements) {
    super({ database: statements });
    this.#statements = statements;
  }

  override async beginTransaction(connection: DatabaseConnection): Promise<void> {
    await whenNotBusy(() => connection.executeQuery(CompiledQuery.raw('begin immediate')));
    this.#statements.failed = false;
  }

  /** As in PostgreSQL, what had a failed statement is not committed, even if nobody looked. */
  override async commitTransaction(connection: DatabaseConnection): Promise<void> {
    if (this.#statements.failed) {
      throw new AppError('STORAGE_FAILED', 'A statement of the transaction had failed.');
    }
    await super.commitTransaction(connection);
  }
}

/** SQLite rolls table changes back like any other: migrations can be all or none. */
class TransactionalSqliteAdapter extends SqliteAdapter {
  override get supportsTransactionalDdl(): true {
    return true;
  }
}

/** Kysely's SQLite dialect over our statements, with immediate transactions. */
export class ImmediateSqliteDialect extends SqliteDialect {
  readonly #statements: SqliteStatements;

  constructor(statements: SqliteStatements) {
    super({ database: statements });
    this.#statements = statements;
  }

  override createAdapter(): DialectAdapter {
    return new TransactionalSqliteAdapter();
  }

  override createDriver(): Driver {
    return new ImmediateSqliteDriver(this.#statements);
  }
}
