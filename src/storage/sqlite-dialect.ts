import { setTimeout as wait } from 'node:timers/promises';
import {
  CompiledQuery,
  type DatabaseConnection,
  type DialectAdapter,
  type Driver,
  type QueryResult,
  SqliteAdapter,
  SqliteDialect,
  SqliteDriver,
} from 'kysely';
import { AppError } from '#shared/errors.ts';
import { CommitGroup } from './commit-group.ts';
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

/** The connection, as one holder has it: all are the same one, each gives it back once. */
class HeldConnection implements DatabaseConnection {
  readonly #connection: DatabaseConnection;
  isHeld = true;

  constructor(connection: DatabaseConnection) {
    this.#connection = connection;
  }

  executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    return this.#connection.executeQuery<R>(query);
  }

  streamQuery<R>(query: CompiledQuery, chunkSize: number): AsyncIterableIterator<QueryResult<R>> {
    return this.#connection.streamQuery<R>(query, chunkSize);
  }
}

/**
 * One connection, used by one at a time, first come first served. Transactions take the write lock
 * at once: what they read cannot change before they write. Those that arrive together are
 * committed together: the disk, which blocks the process, is waited for once.
 */
class ImmediateSqliteDriver extends SqliteDriver {
  readonly #statements: SqliteStatements;
  readonly #lock = new QueueLock();
  #group: CommitGroup | undefined;

  constructor(statements: SqliteStatements) {
    super({ database: statements });
    this.#statements = statements;
  }

  override async acquireConnection(): Promise<DatabaseConnection> {
    await this.#lock.acquire();
    return new HeldConnection(await super.acquireConnection());
  }

  override async releaseConnection(connection?: DatabaseConnection): Promise<void> {
    if (connection instanceof HeldConnection && connection.isHeld) this.#giveBack(connection);
  }

  /** Waits for what is under way; what comes later finds the file closed. */
  override async destroy(): Promise<void> {
    await this.#lock.acquire();
    try {
      await this.#commitGroup(await super.acquireConnection());
      await super.destroy();
    } finally {
      this.#lock.release();
    }
  }

  override async beginTransaction(connection: DatabaseConnection): Promise<void> {
    if (this.#group?.hasRoom === false) await this.#commitGroup(connection);
    if (this.#group === undefined) {
      await whenNotBusy(() => connection.executeQuery(BEGIN));
      this.#group = new CommitGroup();
      // After all that has arrived by now: it joins, and the disk is waited for once.
      setImmediate(() => this.#flush().catch(() => this.#loseGroup()));
    }
    await connection.executeQuery(SAVEPOINT);
    this.#statements.transaction = 'open';
  }

  /** Refused by the statements themselves when one had failed, even if nobody looked. */
  override async commitTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(RELEASE);
    this.#statements.transaction = 'none';
    const committed = this.#group?.join();
    if (connection instanceof HeldConnection) this.#giveBack(connection);
    await committed;
  }

  override async rollbackTransaction(connection: DatabaseConnection): Promise<void> {
    this.#statements.transaction = 'none';
    if (!this.#statements.isInTransaction) return this.#loseGroup();
    await connection.executeQuery(ROLL_BACK);
    await connection.executeQuery(RELEASE);
  }

  #giveBack(connection: HeldConnection): void {
    connection.isHeld = false;
    this.#lock.release();
  }

  /** Takes its turn like everyone, so that those who came before are in the group. */
  async #flush(): Promise<void> {
    const group = this.#group;
    await this.#lock.acquire();
    try {
      if (group !== undefined && group === this.#group) {
        await this.#commitGroup(await super.acquireConnection());
      }
    } finally {
      this.#lock.release();
    }
  }

  async #commitGroup(connection: DatabaseConnection): Promise<void> {
    const group = this.#group;
    if (group === undefined) return;
    this.#group = undefined;
    try {
      await whenNotBusy(() => connection.executeQuery(COMMIT));
      group.committed();
    } catch (error) {
      group.failed(error);
      if (this.#statements.isInTransaction) await connection.executeQuery(UNDO);
    }
  }

  /** SQLite has undone the whole group by itself (a full disk): nobody in it is committed. */
  #loseGroup(): void {
    this.#group?.failed(new AppError('STORAGE_FAILED', 'The database undid a transaction.'));
    this.#group = undefined;
  }
}

const BEGIN = CompiledQuery.raw('begin immediate');
const COMMIT = CompiledQuery.raw('commit');
const UNDO = CompiledQuery.raw('rollback');
const SAVEPOINT = CompiledQuery.raw('savepoint turn');
const RELEASE = CompiledQuery.raw('release turn');
const ROLL_BACK = CompiledQuery.raw('rollback to turn');

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
