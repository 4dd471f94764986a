import type { Kysely } from 'kysely';
import type { ActivityLog } from '#shared/activity-log.ts';
import { toKey } from './keys.ts';
import type { DatabaseKind, Schema } from './schema.ts';
import type { SqlDatabase } from './sql-database.ts';
import { dayOf } from './sql-unread-messages.ts';
import { transact } from './transact.ts';

type Before = Parameters<ActivityLog['sweep']>[0];
type Sweeper = (db: Kysely<Schema>, kind: DatabaseKind, before: Before) => Promise<number>;

/** In small transactions: turns go on between them. */
const BATCH = 200;

const sweepUploads: Sweeper = async (db, _kind, before) => {
  const gone = await db
    .deleteFrom('direct_line_uploads')
    .where('id', 'in', (eb) =>
      eb
        .selectFrom('direct_line_uploads')
        .select('id')
        .where('created_at', '<', before.uploads)
        .limit(BATCH),
    )
    .returning('id')
    .execute();
  return gone.length;
};

/** Direct Line conversations in which nothing was said for long, and their state. */
const sweepConversations: Sweeper = async (db, kind, before) => {
  const old = await db
    .selectFrom('direct_line_conversations')
    .select('id')
    .where('last_at_ms', '<', before.conversations.getTime())
    .limit(BATCH)
    .$if(kind === 'postgres', (query) => query.forUpdate().skipLocked())
    .execute();
  const ids = old.map(({ id }) => id);
  if (ids.length === 0) return 0;
  await db.deleteFrom('conversations').where('conversation_key', 'in', ids.map(toKey)).execute();
  await db.deleteFrom('direct_line_conversations').where('id', 'in', ids).execute();
  return ids.length;
};

/** Replies that nobody will ask for again, on every channel: they repeat what people were told. */
const sweepHandled: Sweeper = async (db, _kind, before) => {
  const gone = await db
    .deleteFrom('handled_activities')
    .where(({ eb, refTuple, selectFrom }) =>
      eb(
        refTuple('conversation_id', 'activity_key'),
        'in',
        selectFrom('handled_activities')
          .select(['conversation_id', 'activity_key'])
          .where('handled_at', '<', before.conversations)
          .limit(BATCH)
          .$asTuple('conversation_id', 'activity_key'),
      ),
    )
    .returning('conversation_id')
    .execute();
  return gone.length;
};

/** What is left of an erasure after which nothing was said: even the address goes. */
const sweepErased: Sweeper = async (db, _kind, before) => {
  const gone = await db
    .deleteFrom('conversations')
    .where('id', 'in', (eb) =>
      eb
        .selectFrom('conversations')
        .innerJoin('persons', 'persons.id', 'conversations.person_id')
        .where('persons.erased_at', '<', before.uploads)
        .whereRef('conversations.updated_at', '<=', 'persons.erased_at')
        .select('conversations.id')
        .limit(BATCH),
    )
    .whereRef('updated_at', '<=', (eb) =>
      eb
        .selectFrom('persons')
        .whereRef('persons.id', '=', 'conversations.person_id')
        .select('persons.erased_at'),
    )
    .returning('id')
    .execute();
  return gone.length;
};

/** People with nothing left: no conversation, no booking, no call to make. */
const selectEmptyPersons = (db: Kysely<Schema>) =>
  db
    .selectFrom('persons')
    .select('persons.id')
    .where(({ and, not, exists, selectFrom, lit }) => {
      const none = (table: 'conversations' | 'bookings' | 'callbacks') =>
        not(
          exists(
            selectFrom(table)
              .select(lit(1).as('one'))
              .whereRef(`${table}.person_id`, '=', 'persons.id'),
          ),
        );
      return and([none('conversations'), none('bookings'), none('callbacks')]);
    });

const sweepPersons: Sweeper = async (db, kind) => {
  const candidates = await selectEmptyPersons(db)
    .limit(BATCH)
    .$if(kind === 'postgres', (query) => query.forUpdate().skipLocked())
    .execute();
  const ids = candidates.map(({ id }) => id);
  if (ids.length === 0) return 0;
  // Asked again now that they are locked: one may have come back in between.
  const gone = await db
    .deleteFrom('persons')
    .where('id', 'in', selectEmptyPersons(db).where('persons.id', 'in', ids))
    .returning('id')
    .execute();
  return gone.length;
};

/** Messages that were not understood: at most as old as a silent conversation, by whole days. */
const sweepUnread: Sweeper = async (db, _kind, before) => {
  const gone = await db
    .deleteFrom('unread_messages')
    .where('id', 'in', (eb) =>
      eb
        .selectFrom('unread_messages')
        .select('id')
        .where('day', '<=', dayOf(before.conversations))
        .limit(BATCH),
    )
    .returning('id')
    .execute();
  return gone.length;
};

async function inBatches(database: SqlDatabase, before: Before, sweeper: Sweeper): Promise<number> {
  for (let total = 0; ; ) {
    const gone = await transact(database, ({ db }) => sweeper(db, database.kind, before));
    total += gone;
    if (gone < BATCH) return total;
  }
}

/** Deletes what is old. See `ActivityLog.sweep`. */
export async function sweep(
  database: SqlDatabase,
  before: Before,
): ReturnType<ActivityLog['sweep']> {
  const uploads = await inBatches(database, before, sweepUploads);
  const conversations = await inBatches(database, before, sweepConversations);
  await inBatches(database, before, sweepHandled);
  await inBatches(database, before, sweepErased);
  await inBatches(database, before, sweepPersons);
  await inBatches(database, before, sweepUnread);
  return { uploads, conversations };
}
