import { randomUUID } from 'node:crypto';
import type { Kysely } from 'kysely';
import type { UnreadDesk, UnreadMessages } from '#conversation/unread-messages.ts';
import type { OpenTransaction } from './open-transaction.ts';
import type { DatabaseKind, Schema } from './schema.ts';
import type { SqlDatabase } from './sql-database.ts';
import { read } from './transact.ts';

/** Whoever writes nonsense for long fills this much of the disk, and no more. */
export const MOST_KEPT = 5_000;

/** The day only: with the hour, a message could be found in the log of a conversation. */
export const dayOf = (at: Date): string => at.toISOString().slice(0, 'YYYY-MM-DD'.length);

async function makeRoom(db: Kysely<Schema>, kind: DatabaseKind): Promise<void> {
  const { kept } = await db
    .selectFrom('unread_messages')
    .select((eb) => eb.fn.countAll<number | string>().as('kept'))
    .executeTakeFirstOrThrow();
  const tooMany = Number(kept) - (MOST_KEPT - 1);
  if (tooMany <= 0) return;
  await db
    .deleteFrom('unread_messages')
    .where('id', 'in', (eb) =>
      eb
        .selectFrom('unread_messages')
        .select('id')
        .orderBy('day')
        .orderBy('id')
        .limit(tooMany)
        // Two turns that make room at once do not wait for each other.
        .$if(kind === 'postgres', (query) => query.forUpdate().skipLocked()),
    )
    .execute();
}

/** Whoever had everything erased leaves nothing, also later. */
async function isOfErased(db: Kysely<Schema>, conversation: number): Promise<boolean> {
  const person = await db
    .selectFrom('conversations')
    .innerJoin('persons', 'persons.id', 'conversations.person_id')
    .select('persons.erased_at')
    .where('conversations.id', '=', conversation)
    .executeTakeFirst();
  return (person?.erased_at ?? null) !== null;
}

/** Messages that were not understood, inside the transaction of a turn, on its day. */
export const createUnreadMessages = (
  { db, conversation = 0 }: OpenTransaction,
  kind: DatabaseKind,
  at: Date,
): UnreadMessages => ({
  async keep({ text, language }) {
    if (await isOfErased(db, conversation)) return;
    await makeRoom(db, kind);
    await db
      .insertInto('unread_messages')
      .values({ id: randomUUID(), text, language, day: dayOf(at) })
      .execute();
  },
});

/** The kept messages, as those who teach the recogniser see them. */
export const createUnreadDesk = (database: SqlDatabase): UnreadDesk => ({
  list: () =>
    read(database, undefined, (db) =>
      db
        .selectFrom('unread_messages')
        .select(['text', 'language', 'day'])
        .orderBy('day')
        .orderBy('id')
        .execute(),
    ),
});
