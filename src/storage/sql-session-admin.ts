import { randomUUID } from 'node:crypto';
import { type Kysely, sql } from 'kysely';
import type { Session } from '#programme/session.ts';
import type { NewSession, SessionAdmin } from '#programme/session-admin.ts';
import type { Schema } from './schema.ts';
import { fromSession, selectOccupancy, toAvailability, toOccupancy } from './session-rows.ts';
import type { SqlDatabase } from './sql-database.ts';
import { read, write } from './transact.ts';

/** Databases limit the values of one statement. */
const ROWS_A_STATEMENT = 500;
/** Any number: who fills an empty programme excludes the others who would. */
const FILLING_LOCK = 730_421_992;

const withIdentity = (session: NewSession): Session => ({
  ...session,
  id: randomUUID(),
  status: 'open',
  revision: 0,
});

async function insertAll(db: Kysely<Schema>, news: readonly NewSession[]): Promise<Session[]> {
  const sessions = news.map(withIdentity);
  for (let start = 0; start < sessions.length; start += ROWS_A_STATEMENT) {
    const rows = sessions.slice(start, start + ROWS_A_STATEMENT).map(fromSession);
    await db.insertInto('sessions').values(rows).execute();
  }
  return sessions;
}

async function close(
  db: Kysely<Schema>,
  sessionId: string,
): Promise<'closed' | 'already' | 'unknown'> {
  const closed = await db
    .updateTable('sessions')
    .set({ status: 'closed' })
    .where('id', '=', sessionId)
    .where('status', '=', 'open')
    .returning('id')
    .executeTakeFirst();
  if (closed !== undefined) return 'closed';
  const known = await db
    .selectFrom('sessions')
    .select('id')
    .where('id', '=', sessionId)
    .executeTakeFirst();
  return known === undefined ? 'unknown' : 'already';
}

/** What the team does with sessions. */
export const createSessionAdmin = (database: SqlDatabase): SessionAdmin => ({
  list: () =>
    read(database, undefined, async (db) => {
      const rows = await selectOccupancy(db).execute();
      return rows.map((row) => toAvailability(toOccupancy(row)));
    }),
  find: (sessionId) =>
    read(database, undefined, async (db) => {
      const row = await selectOccupancy(db).where('sessions.id', '=', sessionId).executeTakeFirst();
      return row && toAvailability(toOccupancy(row));
    }),
  add: (sessions) => write(database, undefined, (db) => insertAll(db, sessions)),
  close: (sessionId) => write(database, undefined, (db) => close(db, sessionId)),
  addWhenEmpty: (sessions) =>
    write(database, undefined, async (db) => {
      if (database.kind === 'postgres') {
        await sql`select pg_advisory_xact_lock(${FILLING_LOCK})`.execute(db);
      }
      const any = await db.selectFrom('sessions').select('id').limit(1).executeTakeFirst();
      if (any !== undefined) return false;
      await insertAll(db, sessions);
      return true;
    }),
});
