import type { Kysely, Selectable } from 'kysely';
import type { ActivityLog, LoggedActivity, LoggedConversation } from '#shared/activity-log.ts';
import { createAppend } from './append-activities.ts';
import { forgetContents } from './forget-contents.ts';
import { toKey } from './keys.ts';
import { type Schema, toDate, toMaybeDate } from './schema.ts';
import type { SqlDatabase } from './sql-database.ts';
import { sweep } from './sweep.ts';
import { read, write } from './transact.ts';
import { createUploads } from './uploads.ts';

const CONVERSATION_COLUMNS = [
  'id',
  'user_id',
  'user_name',
  'locale',
  'trusted_origins',
  'created_at',
  'started_at',
  'ended_at',
] as const;

type ConversationRow = Pick<
  Selectable<Schema['direct_line_conversations']>,
  (typeof CONVERSATION_COLUMNS)[number]
>;

function toConversation(row: ConversationRow): LoggedConversation {
  const trustedOrigins: string[] = JSON.parse(row.trusted_origins);
  return {
    id: row.id,
    userId: row.user_id,
    userName: row.user_name ?? undefined,
    locale: row.locale ?? undefined,
    trustedOrigins,
    createdAt: toDate(row.created_at),
    startedAt: toMaybeDate(row.started_at),
    endedAt: toMaybeDate(row.ended_at),
  };
}

function toActivity(row: { readonly seq: number; readonly activity: string }): LoggedActivity {
  const activity: Record<string, unknown> = JSON.parse(row.activity);
  return {
    seq: row.seq,
    id: String(activity.id),
    timestamp: String(activity.timestamp),
    activity,
  };
}

async function create(db: Kysely<Schema>, conversation: LoggedConversation): Promise<void> {
  await db
    .insertInto('direct_line_conversations')
    .values({
      id: conversation.id,
      user_id: conversation.userId,
      user_key: toKey(conversation.userId),
      user_name: conversation.userName ?? null,
      locale: conversation.locale ?? null,
      trusted_origins: JSON.stringify(conversation.trustedOrigins),
      created_at: conversation.createdAt,
      started_at: conversation.startedAt ?? null,
      ended_at: conversation.endedAt ?? null,
      last_seq: 0,
      last_at_ms: conversation.createdAt.getTime(),
    })
    .execute();
}

async function markStarted(
  db: Kysely<Schema>,
  conversationId: string,
  { userId, userName, locale }: Parameters<ActivityLog['markStarted']>[1],
  at: Date,
): Promise<boolean> {
  const started = await db
    .updateTable('direct_line_conversations')
    .set({
      started_at: at,
      ...(userId === undefined ? {} : { user_id: userId, user_key: toKey(userId) }),
      ...(userName === undefined ? {} : { user_name: userName }),
      ...(locale === undefined ? {} : { locale }),
    })
    .where('id', '=', conversationId)
    .where('started_at', 'is', null)
    .returning('id')
    .executeTakeFirst();
  return started !== undefined;
}

const selectActivities = (db: Kysely<Schema>, conversationId: string) =>
  db
    .selectFrom('direct_line_activities')
    .select(['seq', 'activity'])
    .where('conversation_id', '=', conversationId)
    .orderBy('seq');

const selectConversation = (db: Kysely<Schema>, conversationId: string) =>
  db.selectFrom('direct_line_conversations').where('id', '=', conversationId);

/** The Direct Line log. */
export function createActivityLog(database: SqlDatabase): ActivityLog {
  const append = createAppend(database);
  return {
    ...createUploads(database),
    create: (conversation, tx) => write(database, tx, (db) => create(db, conversation)),
    find: (conversationId, tx) =>
      read(database, tx, async (db) => {
        const row = await selectConversation(db, conversationId)
          .select(CONVERSATION_COLUMNS)
          .executeTakeFirst();
        return row && toConversation(row);
      }),
    markStarted: (conversationId, start, at, tx) =>
      write(database, tx, (db) => markStarted(db, conversationId, start, at)),
    markEnded: (conversationId, at, tx) =>
      write(database, tx, async (db) => {
        await db
          .updateTable('direct_line_conversations')
          .set({ ended_at: at })
          .where('id', '=', conversationId)
          .where('ended_at', 'is', null)
          .execute();
      }),
    append: (conversationId, activities, now, tx) =>
      write(database, tx, (db) => append(db, conversationId, activities, now)),
    findByClientActivityId: (conversationId, clientActivityId, tx) =>
      read(database, tx, async (db) => {
        const row = await selectActivities(db, conversationId)
          .where('client_activity_key', '=', toKey(clientActivityId))
          .executeTakeFirst();
        return row && toActivity(row);
      }),
    read: (conversationId, after, limit) =>
      read(database, undefined, async (db) => {
        const rows = await selectActivities(db, conversationId)
          .where('seq', '>', after)
          .limit(limit)
          .execute();
        return rows.map(toActivity);
      }),
    lastSeq: (conversationId) =>
      read(database, undefined, async (db) => {
        const row = await selectConversation(db, conversationId)
          .select('last_seq')
          .executeTakeFirst();
        return row?.last_seq ?? 0;
      }),
    sweep: (before) => sweep(database, before),
    forgetUser: (userId, tx) =>
      write(database, tx, (db) => forgetContents(db, (eb) => eb('user_key', '=', toKey(userId)))),
  };
}
