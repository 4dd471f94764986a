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
import { QueueLock } from './queue-lock.ts';
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

/**
 * One connection, used by one at a time, first come first served. Transactions take the write lock
 * at once: what they read cannot change before they write.
 */
class ImmediateSqliteDriver extends SqliteDriver {
  readonly #statements: SqliteStatements;
  readonly #lock = new QueueLock();

  constructor(statements: SqliteStatements) {
    super({ database: statements });
    this.#statements = statements;
  }

  override async acquireConnection(): Promise<DatabaseConnection> {
    await this.#lock.acquire();
    return super.acquireConnection();
  }

  override async releaseConnection(): Promise<void> {
    this.#lock.release();
  }

  /** Waits for what is under way; what comes later finds the file closed. */
  override async destroy(): Promise<void> {
    await this.#lock.acquire();
    try {
      await super.destroy();
    } finally {
      this.#lock.release();
    }
  }

  override async beginTransaction(connection: DatabaseConnection): Promise<void> {
    await whenNotBusy(() => connection.executeQuery(CompiledQuery.raw('begin immediate')));
    this.#statements.transaction = 'open';
  }

  /** Refused by the statements themselves when one had failed, even if nobody looked. */
  override async commitTransaction(connection: DatabaseConnection): Promise<void> {
    await super.commitTransaction(connection);
    this.#statements.transaction = 'none';
  }

  override async rollbackTransaction(connection: DatabaseConnection): Promise<void> {
    this.#statements.transaction = 'none';
    if (this.#statements.isInTransaction) await super.rollbackTransaction(connection);
  }
}

class ImmediateSqliteAdapter extends SqliteAdapter {
  /** The driver sees to it: Kysely's own way wakes everyone who waits at every turn. */
  override get supportsMultipleConnections(): boolean {
    return true;
  }

  /** SQLite rolls table changes back like any other: migrations can be all or none. */
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
    return new ImmediateSqliteAdapter();
  }

  override createDriver(): Driver {
    return new ImmediateSqliteDriver(this.#statements);
  }
}
