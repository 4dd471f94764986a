import { randomUUID } from 'node:crypto';
import { type Kysely, sql } from 'kysely';
import type { Fanout } from '#shared/activity-log.ts';
import type { Logger } from '#shared/logger.ts';
import { toKey } from './keys.ts';
import { createLocalFanout } from './local-fanout.ts';
import { PostgresListener } from './postgres-listener.ts';
import type { Schema } from './schema.ts';
import { databaseCode, storageFailure } from './storage-error.ts';

const CHANNEL = 'declic_news';
const RETRY_MS = 1_000;

/** Sends news to the other instances: those of one moment in one statement, again when it fails. */
class Announcer {
  readonly #db: Kysely<Schema>;
  readonly #sender: string;
  readonly #logger: Logger;
  #waiting = new Set<string>();
  #sending: Promise<void> | undefined;
  #retry: NodeJS.Timeout | undefined;
  #closed = false;

  constructor(db: Kysely<Schema>, sender: string, logger: Logger) {
    this.#db = db;
    this.#sender = sender;
    this.#logger = logger;
  }

  announce(key: string): void {
    if (this.#closed) return;
    this.#waiting.add(key);
    if (this.#retry === undefined) this.#sending ??= this.#sendAll();
  }

  /** Sends what is waiting, once more if need be. */
  async close(): Promise<void> {
    this.#closed = true;
    clearTimeout(this.#retry);
    await this.#sending;
    await this.#sendAll();
  }

  async #sendAll(): Promise<void> {
    try {
      while (this.#waiting.size > 0) await this.#send();
    } catch (error) {
      this.#logger.warn({ code: databaseCode(storageFailure(error)) }, 'news could not be sent');
      this.#later();
    } finally {
      this.#sending = undefined;
    }
  }

  #later(): void {
    if (this.#closed) return;
    this.#retry = setTimeout(() => {
      this.#retry = undefined;
      this.#sending ??= this.#sendAll();
    }, RETRY_MS).unref();
  }

  async #send(): Promise<void> {
    // Everything published in this turn of the event loop goes together.
    await new Promise((resolve) => setImmediate(resolve));
    const keys = this.#waiting;
    this.#waiting = new Set();
    try {
      const payloads = [...keys].map((key) => `${this.#sender}:${key}`);
      await sql`select pg_notify(${CHANNEL}, payload)
        from unnest(cast(${payloads} as text[])) as payload`.execute(this.#db);
    } catch (error) {
      for (const key of keys) this.#waiting.add(key);
      throw error;
    }
  }
}

/**
 * News between instances through LISTEN/NOTIFY. Within an instance it does not go through the
 * database. After the connection was lost every subscriber is called: it may have missed some.
 */
export async function createPostgresFanout(
  databaseUrl: string,
  db: Kysely<Schema>,
  logger: Logger,
): Promise<Fanout> {
  const local = createLocalFanout(logger);
  const sender = randomUUID();
  const announcer = new Announcer(db, sender, logger);
  const listener = await PostgresListener.open({
    databaseUrl,
    channel: CHANNEL,
    logger,
    onNotification(payload) {
      const end = payload.indexOf(':');
      if (payload.slice(0, end) !== sender) local.publish(payload.slice(end + 1));
    },
    onResumed: () => local.publishAll(),
  });
  return {
    publish(conversationId) {
      const key = toKey(conversationId);
      local.publish(key);
      announcer.announce(key);
    },
    subscribe: (conversationId, onNews) => local.subscribe(toKey(conversationId), onNews),
    async close() {
      await announcer.close();
      await listener.close();
      await local.close();
    },
  };
}
