import type Database from 'better-sqlite3';
import type { SqliteDatabase, SqliteStatement } from 'kysely';
import { AppError } from '#shared/errors.ts';
import { withoutNul } from './bound-value.ts';
import { storageFailure } from './storage-error.ts';

const MOST_STATEMENTS = 256;

/** SQLite knows neither dates nor booleans: moments are milliseconds, flags 0 and 1. */
function toSqlite(value: unknown): unknown {
  if (value instanceof Date) return value.getTime();
  if (typeof value === 'boolean') return value ? 1 : 0;
  return withoutNul(value);
}

/**
 * A better-sqlite3 connection as Kysely uses it, with each statement prepared once (Kysely's own
 * driver prepares at every execution) and errors translated.
 */
export class SqliteStatements implements SqliteDatabase {
  readonly #connection: Database.Database;
  readonly #statements = new Map<string, SqliteStatement>();
  /** As in PostgreSQL, a transaction in which a statement failed takes nothing but its rollback. */
  transaction: 'none' | 'open' | 'failed' = 'none';

  constructor(connection: Database.Database) {
    this.#connection = connection;
  }

  prepare(sql: string): SqliteStatement {
    const known = this.#statements.get(sql);
    if (known !== undefined) return known;
    const statement = this.#wrap(this.#attempt(() => this.#connection.prepare(sql)));
    const [oldest] = this.#statements.keys();
    if (this.#statements.size >= MOST_STATEMENTS && oldest !== undefined) {
      this.#statements.delete(oldest);
    }
    this.#statements.set(sql, statement);
    return statement;
  }

  /** SQLite ends some transactions by itself, when the disk is full for instance. */
  get isInTransaction(): boolean {
    return this.#connection.inTransaction;
  }

  close(): void {
    this.#statements.clear();
    this.#connection.close();
  }

  #wrap(statement: Database.Statement): SqliteStatement {
    return {
      reader: statement.reader,
      all: (values) => this.#attempt(() => statement.all(values.map(toSqlite))),
      run: (values) => this.#attempt(() => statement.run(values.map(toSqlite))),
      iterate: (values) => this.#attempt(() => statement.iterate(values.map(toSqlite))),
    };
  }

  #attempt<T>(action: () => T): T {
    if (this.transaction === 'failed') {
      throw new AppError('STORAGE_FAILED', 'A statement of the transaction had failed.');
    }
    try {
      return action();
    } catch (error) {
      if (this.transaction === 'open') this.transaction = 'failed';
      throw storageFailure(error);
    }
  }
}
