import { sql } from 'kysely';
import type { BookingRecord, BookingRegister } from '#programme/session-admin.ts';
import { selectBookings, toBooking } from './booking-rows.ts';
import { toDate } from './schema.ts';
import { SESSION_COLUMNS, toSession } from './session-rows.ts';
import type { SqlDatabase } from './sql-database.ts';
import { read } from './transact.ts';

/** What the team reads of bookings. */
export const createBookingRegister = (database: SqlDatabase): BookingRegister => ({
  list: ({ sessionId, status } = {}) =>
    read(database, undefined, async (db) => {
      // Both filters keep whole groups of (session, status), so the ranks are those of everyone.
      const rows = await db
        .selectFrom('bookings')
        .select(['id', 'session_id', 'status', 'channel', 'created_at'])
        .select(
          sql<number>`row_number() over (partition by session_id, status order by queue_place)`.as(
            'rank',
          ),
        )
        .$if(sessionId !== undefined, (query) => query.where('session_id', '=', sessionId ?? ''))
        .$if(status !== undefined, (query) => query.where('status', '=', status ?? 'booked'))
        .orderBy('created_at')
        .orderBy('id')
        .execute();
      return rows.map(
        (row): BookingRecord => ({
          id: row.id,
          sessionId: row.session_id,
          status: row.status,
          rank: row.status === 'waiting' ? row.rank : undefined,
          channel: row.channel,
          createdAt: toDate(row.created_at),
        }),
      );
    }),
  needs: (sessionId) =>
    read(database, undefined, async (db) => {
      const rows = await db
        .selectFrom('bookings')
        .select(['session_id', 'status', 'needs'])
        .where('needs', 'is not', null)
        .where('status', 'in', ['booked', 'waiting'])
        .$if(sessionId !== undefined, (query) => query.where('session_id', '=', sessionId ?? ''))
        .orderBy('created_at')
        .orderBy('id')
        .execute();
      return rows.map((row) => ({
        sessionId: row.session_id,
        status: row.status === 'waiting' ? 'waiting' : 'booked',
        needs: row.needs ?? '',
      }));
    }),
  findByCalendarUid: (calendarUid) =>
    read(database, undefined, async (db) => {
      const row = await selectBookings(db)
        .where('bookings.calendar_uid', '=', calendarUid)
        .executeTakeFirst();
      if (row === undefined) return undefined;
      const session = await db
        .selectFrom('sessions')
        .select(SESSION_COLUMNS)
        .where('sessions.id', '=', row.session_id)
        .executeTakeFirstOrThrow();
      return { booking: toBooking(row), session: toSession(session) };
    }),
});
