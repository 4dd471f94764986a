import type { Kysely } from 'kysely';
import type { DatabaseKind, Schema } from './schema.ts';
import { type Occupancy, selectOccupancy, toOccupancy } from './session-rows.ts';

/**
 * Reads how full sessions are, in a way that stays true until the transaction ends. Sessions that
 * do not exist are left out.
 */
export type HoldSeats = (
  db: Kysely<Schema>,
  sessionIds: readonly string[],
) => Promise<readonly Occupancy[]>;

/** Reads how full sessions are, true at this moment only. */
export const countSeats: HoldSeats = async (db, sessionIds) => {
  const rows = await selectOccupancy(db).where('sessions.id', 'in', sessionIds).execute();
  return rows.map(toOccupancy);
};

/** Locks the sessions' rows, always in the order of their ids: two moves cannot wait in a circle. */
async function lockSessions(db: Kysely<Schema>, sessionIds: readonly string[]): Promise<void> {
  await db
    .selectFrom('sessions')
    .select('id')
    .where('id', 'in', sessionIds)
    .orderBy('id')
    .forNoKeyUpdate()
    .execute();
}

/**
 * PostgreSQL: locks, then counts in a statement of its own, which sees what others committed while
 * this one waited. SQLite: the transaction is immediate, nobody else writes.
 */
export const holdSeats = (kind: DatabaseKind): HoldSeats =>
  kind === 'sqlite'
    ? countSeats
    : async (db, sessionIds) => {
        await lockSessions(db, sessionIds);
        return countSeats(db, sessionIds);
      };
