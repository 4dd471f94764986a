import { type Kysely, sql } from 'kysely';
import type { DatabaseKind } from '../schema.ts';
import { type ColumnTypes, columnTypes } from './column-types.ts';

async function createPeople(db: Kysely<unknown>, { instant, counter }: ColumnTypes) {
  await db.schema
    .createTable('persons')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('channel', 'text', (c) => c.notNull())
    .addColumn('user_key', 'text', (c) => c.notNull())
    .addColumn('created_at', instant, (c) => c.notNull())
    .addColumn('erased_at', instant)
    .addUniqueConstraint('persons_by_user', ['channel', 'user_key'])
    .execute();
  await db.schema
    .createTable('conversations')
    .addColumn('id', counter, (c) => c.primaryKey())
    .addColumn('channel', 'text', (c) => c.notNull())
    .addColumn('conversation_key', 'text', (c) => c.notNull())
    .addColumn('person_id', 'text', (c) => c.notNull().references('persons.id').onDelete('cascade'))
    .addColumn('state_version', 'integer')
    .addColumn('state', 'text')
    .addColumn('created_at', instant, (c) => c.notNull())
    .addColumn('updated_at', instant, (c) => c.notNull())
    .addUniqueConstraint('conversations_by_key', ['channel', 'conversation_key'])
    .execute();
  await db.schema
    .createIndex('conversations_of_person')
    .on('conversations')
    .column('person_id')
    .execute();
  await db.schema
    .createTable('handled_activities')
    .addColumn('conversation_id', 'integer', (c) =>
      c.notNull().references('conversations.id').onDelete('cascade'),
    )
    .addColumn('activity_key', 'text', (c) => c.notNull())
    .addColumn('replies', 'text', (c) => c.notNull())
    .addColumn('handled_at', instant, (c) => c.notNull())
    .addPrimaryKeyConstraint('handled_once', ['conversation_id', 'activity_key'])
    .execute();
}

async function createSessions(db: Kysely<unknown>, { instant, flag }: ColumnTypes) {
  await db.schema
    .createTable('sessions')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('title', 'text', (c) => c.notNull())
    .addColumn('starts_at', instant, (c) => c.notNull())
    .addColumn('ends_at', instant, (c) => c.notNull())
    .addColumn('time_zone', 'text', (c) => c.notNull())
    .addColumn('capacity', 'integer', (c) => c.notNull().check(sql`capacity >= 1`))
    .addColumn('format', 'text', (c) =>
      c.notNull().check(sql`format in ('online', 'on_site', 'hybrid')`),
    )
    .addColumn('link', 'text')
    .addColumn('place', 'text')
    .addColumn('captions', flag, (c) => c.notNull())
    .addColumn('sign_language', flag, (c) => c.notNull())
    .addColumn('replay', flag, (c) => c.notNull())
    .addColumn('status', 'text', (c) =>
      c.notNull().check(sql`status in ('open', 'closed', 'cancelled')`),
    )
    .addColumn('sample', flag, (c) => c.notNull())
    .addColumn('revision', 'integer', (c) => c.notNull())
    .addCheckConstraint('session_ends_after_it_starts', sql`ends_at > starts_at`)
    .execute();
  await db.schema
    .createIndex('sessions_by_start')
    .on('sessions')
    .columns(['starts_at', 'id'])
    .execute();
}

async function createBookings(db: Kysely<unknown>, { instant }: ColumnTypes) {
  await db.schema
    .createTable('bookings')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('session_id', 'text', (c) => c.notNull().references('sessions.id'))
    .addColumn('person_id', 'text', (c) => c.references('persons.id').onDelete('set null'))
    .addColumn('status', 'text', (c) =>
      c.notNull().check(sql`status in ('booked', 'waiting', 'cancelled')`),
    )
    .addColumn('queue_place', 'integer')
    .addColumn('needs', 'text')
    .addColumn('channel', 'text', (c) => c.notNull())
    .addColumn('sequence', 'integer', (c) => c.notNull())
    .addColumn('calendar_uid', 'text', (c) => c.notNull().unique())
    .addColumn('settled_at', instant)
    .addColumn('created_at', instant, (c) => c.notNull())
    .addColumn('updated_at', instant, (c) => c.notNull())
    .addCheckConstraint(
      'waiting_has_a_place',
      sql`(status = 'waiting') = (queue_place is not null)`,
    )
    .execute();
  // Two rules that hold even if the code is wrong: one live booking a person, one person a place.
  await sql`create unique index one_live_booking on bookings (person_id)
    where status in ('booked', 'waiting') and settled_at is null`.execute(db);
  await sql`create unique index one_queue_place on bookings (session_id, queue_place)
    where status = 'waiting'`.execute(db);
  await db.schema
    .createIndex('bookings_of_session')
    .on('bookings')
    .columns(['session_id', 'status'])
    .execute();
  await db.schema.createIndex('bookings_of_person').on('bookings').column('person_id').execute();
}

async function createCallbacks(db: Kysely<unknown>, { instant }: ColumnTypes) {
  await db.schema
    .createTable('callbacks')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('person_id', 'text', (c) => c.notNull().references('persons.id').onDelete('cascade'))
    .addColumn('first_name', 'text')
    .addColumn('contact', 'text', (c) => c.notNull())
    .addColumn('wanted_when', 'text')
    .addColumn('topic', 'text')
    .addColumn('channel', 'text', (c) => c.notNull())
    .addColumn('status', 'text', (c) => c.notNull().check(sql`status in ('open', 'done')`))
    .addColumn('created_at', instant, (c) => c.notNull())
    .execute();
  await db.schema.createIndex('callbacks_of_person').on('callbacks').column('person_id').execute();
}

async function createDirectLine(db: Kysely<unknown>, { instant, bytes, long }: ColumnTypes) {
  await db.schema
    .createTable('direct_line_conversations')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('user_id', 'text', (c) => c.notNull())
    .addColumn('user_key', 'text', (c) => c.notNull())
    .addColumn('user_name', 'text')
    .addColumn('locale', 'text')
    .addColumn('trusted_origins', 'text', (c) => c.notNull())
    .addColumn('created_at', instant, (c) => c.notNull())
    .addColumn('started_at', instant)
    .addColumn('ended_at', instant)
    .addColumn('last_seq', 'integer', (c) => c.notNull())
    .addColumn('last_at_ms', long, (c) => c.notNull())
    .execute();
  await createDirectLineContents(db, { instant, bytes });
  await db.schema
    .createIndex('direct_line_conversations_of_user')
    .on('direct_line_conversations')
    .column('user_key')
    .execute();
  await db.schema
    .createIndex('direct_line_conversations_by_age')
    .on('direct_line_conversations')
    .column('last_at_ms')
    .execute();
}

async function createDirectLineContents(
  db: Kysely<unknown>,
  { instant, bytes }: Pick<ColumnTypes, 'instant' | 'bytes'>,
) {
  await db.schema
    .createTable('direct_line_activities')
    .addColumn('conversation_id', 'text', (c) =>
      c.notNull().references('direct_line_conversations.id').onDelete('cascade'),
    )
    .addColumn('seq', 'integer', (c) => c.notNull())
    .addColumn('client_activity_key', 'text')
    .addColumn('activity', 'text', (c) => c.notNull())
    .addPrimaryKeyConstraint('one_activity_a_seq', ['conversation_id', 'seq'])
    .execute();
  await sql`create index activities_by_client_id
    on direct_line_activities (conversation_id, client_activity_key)
    where client_activity_key is not null`.execute(db);
  await db.schema
    .createTable('direct_line_uploads')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('conversation_id', 'text', (c) =>
      c.notNull().references('direct_line_conversations.id').onDelete('cascade'),
    )
    .addColumn('name', 'text', (c) => c.notNull())
    .addColumn('content_type', 'text', (c) => c.notNull())
    .addColumn('content', bytes, (c) => c.notNull())
    .addColumn('created_at', instant, (c) => c.notNull())
    .execute();
  for (const column of ['conversation_id', 'created_at']) {
    await db.schema
      .createIndex(`direct_line_uploads_by_${column}`)
      .on('direct_line_uploads')
      .column(column)
      .execute();
  }
}

/** People, conversations, sessions, bookings, call-backs and the Direct Line log. */
export async function createFirstTables(db: Kysely<unknown>, kind: DatabaseKind): Promise<void> {
  const types = columnTypes(kind);
  await createPeople(db, types);
  await createSessions(db, types);
  await createBookings(db, types);
  await createCallbacks(db, types);
  await createDirectLine(db, types);
}
