import { randomUUID } from 'node:crypto';
import type { Kysely, Selectable } from 'kysely';
import type { CallbackRequest, Callbacks } from '#programme/callback.ts';
import { type Schema, toDate } from './schema.ts';

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
