import pg from 'pg';
import type { Logger } from '#shared/logger.ts';
import { connectionSettings } from './postgres-pool.ts';
import { databaseCode, storageFailure } from './storage-error.ts';

const FIRST_PAUSE_MS = 100;
const LONGEST_PAUSE_MS = 5_000;
/** A connection cut by a network device still looks open: asking tells. */
const CHECK_EVERY_MS = 30_000;
const ANSWER_WITHIN_MS = 10_000;

export interface ListenerOptions {
  readonly databaseUrl: string;
  readonly channel: string;
  readonly logger: Logger;
  readonly onNotification: (payload: string) => void;
  /** Listening again after the connection was lost: what came meanwhile was missed. */
  readonly onResumed: () => void;
}

/** Listens on a PostgreSQL channel with a connection of its own, replaced whenever it is lost. */
export class PostgresListener {
  readonly #options: ListenerOptions;
  #client: pg.Client | undefined;
  #timer: NodeJS.Timeout | undefined;
  #pause = FIRST_PAUSE_MS;
  #closed = false;

  private constructor(options: ListenerOptions) {
    this.#options = options;
  }

  /** Resolves once it listens. */
  static async open(options: ListenerOptions): Promise<PostgresListener> {
    const listener = new PostgresListener(options);
    try {
      await listener.#connect();
    } catch (error) {
      listener.close().catch(() => {});
      throw storageFailure(error);
    }
    return listener;
  }

  async close(): Promise<void> {
    this.#closed = true;
    clearTimeout(this.#timer);
    await this.#client?.end();
  }

  async #connect(): Promise<void> {
    const client = new pg.Client({
      ...connectionSettings(this.#options.databaseUrl),
      connectionTimeoutMillis: ANSWER_WITHIN_MS,
      query_timeout: ANSWER_WITHIN_MS,
    });
    const lost = (): void => this.#lose(client);
    client.on('error', lost);
    client.on('end', lost);
    client.on('notification', ({ payload }) => this.#options.onNotification(payload ?? ''));
    this.#client = client;
    await client.connect();
    await client.query(`listen ${client.escapeIdentifier(this.#options.channel)}`);
    this.#pause = FIRST_PAUSE_MS;
    this.#later(() => this.#check(client), CHECK_EVERY_MS);
  }

  #later(action: () => Promise<void>, delayMs: number): void {
    clearTimeout(this.#timer);
    if (!this.#closed) this.#timer = setTimeout(() => void action(), delayMs).unref();
  }

  async #check(client: pg.Client): Promise<void> {
    try {
      await client.query('select 1');
      this.#later(() => this.#check(client), CHECK_EVERY_MS);
    } catch {
      this.#lose(client);
    }
  }

  #lose(client: pg.Client): void {
    if (this.#closed || client !== this.#client) return;
    this.#options.logger.warn({}, 'the connection that listens for news was lost');
    this.#client = undefined;
    client.end().catch(() => {});
    this.#later(() => this.#resume(), this.#pause);
  }

  async #resume(): Promise<void> {
    try {
      await this.#connect();
      this.#options.logger.info({}, 'listening for news again');
      this.#options.onResumed();
    } catch (error) {
      this.#options.logger.warn(
        { code: databaseCode(storageFailure(error)) },
        'cannot listen for news yet',
      );
      this.#pause = Math.min(this.#pause * 2, LONGEST_PAUSE_MS);
      const failed = this.#client;
      this.#client = undefined;
      failed?.end().catch(() => {});
      this.#later(() => this.#resume(), this.#pause);
    }
  }
}
