import type { PostgresCursor, PostgresPool, PostgresPoolClient, PostgresQueryResult } from 'kysely';
import pg from 'pg';
import type { Logger } from '#shared/logger.ts';
import { withoutNul } from './bound-value.ts';
import { databaseCode, isConnectionLoss, storageFailure } from './storage-error.ts';

const MOST_STATEMENTS = 256;

/** bigint as a number: counts and milliseconds stay far below 2^53. */
const types: pg.CustomTypesConfig = {
  getTypeParser: (oid, format) =>
    oid === pg.types.builtins.INT8 && format !== 'binary'
      ? Number
      : pg.types.getTypeParser(oid, format),
};

/** What every connection is opened with. */
export const connectionSettings = (databaseUrl: string): pg.ClientConfig => ({
  connectionString: databaseUrl,
  application_name: 'declic',
  keepAlive: true,
  connectionTimeoutMillis: 30_000,
  types,
});

/** Gives each distinct SQL text a name, so that a connection parses and plans it once. */
class StatementNames {
  readonly #names = new Map<string, string>();

  /** Undefined once there are too many: then it is sent unnamed. */
  nameOf(sql: string): string | undefined {
    const known = this.#names.get(sql);
    if (known !== undefined || this.#names.size >= MOST_STATEMENTS) return known;
    const name = `d${this.#names.size + 1}`;
    this.#names.set(sql, name);
    return name;
  }
}

class TranslatingClient implements PostgresPoolClient {
  readonly #client: pg.PoolClient;
  readonly #names: StatementNames;
  #broken = false;

  constructor(client: pg.PoolClient, names: StatementNames) {
    this.#client = client;
    this.#names = names;
  }

  query<R>(sql: string, parameters: readonly unknown[]): Promise<PostgresQueryResult<R>>;
  query<R>(cursor: PostgresCursor<R>): PostgresCursor<R>;
  query<R>(
    sql: string | PostgresCursor<R>,
    parameters: readonly unknown[] = [],
  ): Promise<PostgresQueryResult<R>> | PostgresCursor<R> {
    if (typeof sql !== 'string') return sql;
    return this.#run(sql, parameters);
  }

  release(destroy?: boolean): void {
    this.#client.release(destroy === true || this.#broken);
  }

  async #run<R>(sql: string, parameters: readonly unknown[]): Promise<PostgresQueryResult<R>> {
    const name = parameters.length > 0 ? this.#names.nameOf(sql) : undefined;
    try {
      const result = await this.#client.query({
        text: sql,
        values: parameters.map(withoutNul),
        ...(name === undefined ? {} : { name }),
      });
      return {
        command: result.command as PostgresQueryResult<R>['command'],
        rowCount: result.rowCount ?? 0,
        rows: result.rows,
      };
    } catch (error) {
      const failure = storageFailure(error);
      this.#broken ||= isConnectionLoss(failure);
      throw failure;
    }
  }
}

/** A pool as Kysely uses it: statements prepared once a connection, errors translated. */
export function openPostgresPool(config: pg.PoolConfig, logger: Logger): PostgresPool {
  const pool = new pg.Pool(config);
  const names = new StatementNames();
  const lost = (error: Error): void =>
    logger.warn({ code: databaseCode(storageFailure(error)) }, 'a database connection was lost');
  // Both are needed: a connection in use has no listener of the pool's, and would end the process.
  pool.on('error', () => {});
  pool.on('connect', (client) => client.on('error', lost));
  return {
    options: pool.options,
    async connect() {
      try {
        return new TranslatingClient(await pool.connect(), names);
      } catch (error) {
        throw storageFailure(error);
      }
    },
    end: () => pool.end(),
  };
}
