import { randomUUID } from 'node:crypto';
import type { Kysely } from 'kysely';
import type { Outgoing } from '#conversation/message.ts';
import type { OpenTurn, StoredState, TurnStore } from '#conversation/turn-store.ts';
import { AppError } from '#shared/errors.ts';
import { toKey } from './keys.ts';
import type { OpenTransaction } from './open-transaction.ts';
import type { Schema } from './schema.ts';
import type { SqlDatabase } from './sql-database.ts';
import { type TransactOptions, transact } from './transact.ts';
import { type TurnQueries, turnQueries } from './turn-queries.ts';

type TurnKeys = Parameters<TurnStore['run']>[0];
type LockedRow = Awaited<ReturnType<TurnQueries['lock']>>[number];

/** Taking turns at an erasure, a conversation may vanish between being made and being locked. */
const MOST_TRIES = 5;

async function lockConversation(
  queries: TurnQueries,
  db: Kysely<Schema>,
  turn: TurnKeys,
): Promise<LockedRow> {
  const keys = {
    channel: turn.channel,
    userKey: toKey(turn.userId),
    conversationKey: toKey(turn.conversationId),
  };
  for (let count = 0; count < MOST_TRIES; count += 1) {
    const [row] = await queries.lock(db, keys);
    if (row !== undefined) return row;
    await queries.makePerson(db, { ...keys, id: randomUUID(), at: turn.at });
    await queries.makeConversation(db, { ...keys, at: turn.at });
  }
  throw new AppError('STORAGE_FAILED', 'A conversation could not be made.');
}

/** `save` of one turn: refuses a second call, and a turn whose activity was already handled. */
function savingOnce(
  queries: TurnQueries,
  db: Kysely<Schema>,
  row: LockedRow,
  turn: TurnKeys,
  isOpen: boolean,
): OpenTurn['save'] {
  let open = isOpen;
  return async (state: StoredState, replies: readonly Outgoing[]) => {
    if (!open) throw new AppError('INTERNAL', 'A turn was saved twice.');
    open = false;
    await queries.saveState(db, {
      conversation: row.conversation,
      person: row.person,
      version: state.version,
      state: state.json,
      at: turn.at,
    });
    await queries.record(db, {
      conversation: row.conversation,
      activityKey: toKey(turn.activityId),
      replies: JSON.stringify(replies),
      at: turn.at,
    });
  };
}

async function openTurn(
  queries: TurnQueries,
  tx: OpenTransaction,
  turn: TurnKeys,
): Promise<OpenTurn> {
  const row = await lockConversation(queries, tx.db, turn);
  tx.conversation = row.conversation;
  // A statement of its own: one that waited for a lock does not see what was written meanwhile
  // in tables it did not lock.
  const [handled] = await queries.handled(tx.db, {
    conversation: row.conversation,
    activityKey: toKey(turn.activityId),
  });
  const recorded: Outgoing[] | undefined = handled && JSON.parse(handled.replies);
  const { state, version } = row;
  return {
    tx,
    personId: row.person,
    state: state === null || version === null ? undefined : { version, json: state },
    recorded,
    save: savingOnce(queries, tx.db, row, turn, recorded === undefined),
  };
}

/**
 * Turns as transactions. The person's row is locked before the conversation's, so that two
 * conversations of one person take turns too.
 */
export function createTurnStore(
  database: SqlDatabase,
  options: Pick<TransactOptions, 'longestMs'> = {},
): TurnStore {
  const queries = turnQueries(database);
  return {
    run: (turn, work) =>
      transact(database, async (tx) => work(await openTurn(queries, tx, turn)), {
        ...options,
        // A turn that was committed after all is found recorded.
        repeatable: true,
      }),
  };
}
