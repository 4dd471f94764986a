import { randomUUID } from 'node:crypto';
import type { Kysely, Selectable } from 'kysely';
import type { CallbackDesk, CallbackRequest, Callbacks } from '#programme/callback.ts';
import { type Schema, toDate } from './schema.ts';
import type { SqlDatabase } from './sql-database.ts';
import { read, write } from './transact.ts';

const COLUMNS = [
  'id',
  'person_id',
  'first_name',
  'contact',
  'wanted_when',
  'topic',
  'channel',
  'status',
  'created_at',
] as const;

const toRequest = (row: Selectable<Schema['callbacks']>): CallbackRequest => ({
  id: row.id,
  personId: row.person_id,
  firstName: row.first_name ?? undefined,
  contact: row.contact,
  when: row.wanted_when ?? undefined,
  topic: row.topic ?? undefined,
  channel: row.channel,
  status: row.status,
  createdAt: toDate(row.created_at),
});

/** Call-back requests inside one transaction, at its time. */
export const createCallbacks = (db: Kysely<Schema>, at: Date): Callbacks => ({
  async request(details) {
    const row = await db
      .insertInto('callbacks')
      .values({
        id: randomUUID(),
        person_id: details.personId,
        first_name: details.firstName ?? null,
        contact: details.contact,
        wanted_when: details.when ?? null,
        topic: details.topic ?? null,
        channel: details.channel,
        status: 'open',
        created_at: at,
      })
      .returning(COLUMNS)
      .executeTakeFirstOrThrow();
    return toRequest(row);
  },
  async open(personId) {
    const row = await db
      .selectFrom('callbacks')
      .select(COLUMNS)
      .where('person_id', '=', personId)
      .where('status', '=', 'open')
      .orderBy('created_at', 'desc')
      .orderBy('id', 'desc')
      .executeTakeFirst();
    return row && toRequest(row);
  },
});

/** Call-back requests as the team works through them. */
export const createCallbackDesk = (database: SqlDatabase): CallbackDesk => ({
  list: ({ status } = {}) =>
    read(database, undefined, async (db) => {
      const rows = await db
        .selectFrom('callbacks')
        .select(COLUMNS)
        .$if(status !== undefined, (query) => query.where('status', '=', status ?? 'open'))
        .orderBy('created_at')
        .orderBy('id')
        .execute();
      return rows.map(toRequest);
    }),
  done: (id) =>
    write(database, undefined, async (db) => {
      const row = await db
        .selectFrom('callbacks')
        .select('status')
        .where('id', '=', id)
        .executeTakeFirst();
      if (row === undefined) return 'unknown';
      if (row.status === 'done') return 'already';
      await db.updateTable('callbacks').set({ status: 'done' }).where('id', '=', id).execute();
      return 'done';
    }),
});
