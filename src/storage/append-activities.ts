import type { Kysely } from 'kysely';
import type { ActivityLog, LoggedActivity } from '#shared/activity-log.ts';
import { AppError } from '#shared/errors.ts';
import { compiledOnce } from './compiled-once.ts';
import { toKey } from './keys.ts';
import type { Schema } from './schema.ts';
import type { SqlDatabase } from './sql-database.ts';

type Activity = Readonly<Record<string, unknown>>;
type Append = (
  db: Kysely<Schema>,
  ...args: [conversationId: string, activities: readonly Activity[], now: Date]
) => ReturnType<ActivityLog['append']>;

interface Advance {
  readonly id: string;
  readonly count: number;
  /** Milliseconds. */
  readonly now: number;
  readonly last: number;
}

/**
 * Takes the next numbers and moments of the conversation, in one statement that locks its row:
 * no hole, no double, and a moment later than every one before even if the clock went back.
 */
const advance = ({ writer }: SqlDatabase) =>
  compiledOnce<Advance, { readonly last_seq: number; readonly last_at_ms: number }>(
    writer,
    (db, hole) =>
      db
        .updateTable('direct_line_conversations')
        .set((eb) => ({
          last_seq: eb('last_seq', '+', hole('count')),
          last_at_ms: eb
            .case()
            .when('last_at_ms', '>=', hole('now'))
            .then(eb('last_at_ms', '+', hole('count')))
            .else(hole('last'))
            .end(),
        }))
        .where('id', '=', hole('id'))
        .returning(['last_seq', 'last_at_ms']),
  );

interface NewActivity {
  readonly conversation: string;
  readonly seq: number;
  readonly clientKey: string | null;
  readonly activity: string;
}

const insertOne = ({ writer }: SqlDatabase) =>
  compiledOnce<NewActivity, unknown>(writer, (db, hole) =>
    db.insertInto('direct_line_activities').values({
      conversation_id: hole('conversation'),
      seq: hole('seq'),
      client_activity_key: hole('clientKey'),
      activity: hole('activity'),
    }),
  );

/** What the client called the activity, as a key. */
function clientKeyOf({ channelData }: Activity): string | null {
  if (typeof channelData !== 'object' || channelData === null) return null;
  const id: unknown = Reflect.get(channelData, 'clientActivityID');
  return typeof id === 'string' && id !== '' ? toKey(id) : null;
}

const idOf = (conversationId: string, seq: number): string =>
  `${conversationId}|${String(seq).padStart(7, '0')}`;

/** Appends to the log of a conversation. See `ActivityLog.append`. */
export function createAppend(database: SqlDatabase): Append {
  const takeNumbers = advance(database);
  const insert = insertOne(database);
  return async (db, conversationId, activities, now) => {
    const count = activities.length;
    if (count === 0) return [];
    const nowMs = now.getTime();
    const [end] = await takeNumbers(db, {
      id: conversationId,
      count,
      now: nowMs,
      last: nowMs + count - 1,
    });
    if (end === undefined) {
      throw new AppError(
        'STORAGE_FAILED',
        'An activity was given for a conversation that is gone.',
      );
    }
    const logged: LoggedActivity[] = [];
    for (const [index, activity] of activities.entries()) {
      const back = count - 1 - index;
      const seq = end.last_seq - back;
      const id = idOf(conversationId, seq);
      const timestamp = new Date(end.last_at_ms - back).toISOString();
      const kept = { ...activity, id, timestamp };
      await insert(db, {
        conversation: conversationId,
        seq,
        clientKey: clientKeyOf(activity),
        activity: JSON.stringify(kept),
      });
      logged.push({ seq, id, timestamp, activity: kept });
    }
    return logged;
  };
}
