import { type Expression, type Kysely, type Selectable, type SqlBool, sql } from 'kysely';
import type { Booking } from '#programme/booking.ts';
import { type Schema, toDate } from './schema.ts';

/** Named one by one: a column added by a newer version changes nothing for this one. */
const BOOKING_COLUMNS = [
  'bookings.id',
  'bookings.session_id',
  'bookings.person_id',
  'bookings.status',
  'bookings.queue_place',
  'bookings.needs',
  'bookings.channel',
  'bookings.sequence',
  'bookings.calendar_uid',
  'bookings.created_at',
  'bookings.updated_at',
] as const;

export type BookingRow = Omit<Selectable<Schema['bookings']>, 'settled_at'> & {
  readonly rank: number | null;
};

/**
 * Holds the person's live slot: at most one such booking a person. Word for word the condition of
 * the index `one_live_booking`, which PostgreSQL must recognise.
 */
export const isLive = (): Expression<SqlBool> =>
  sql<SqlBool>`status in ('booked', 'waiting') and settled_at is null`;

/** Bookings, each with its rank: how many wait for the same session, itself included, up to it. */
export const selectBookings = (db: Kysely<Schema>) =>
  db
    .selectFrom('bookings')
    .select(BOOKING_COLUMNS)
    .select((eb) =>
      eb
        .selectFrom('bookings as ahead')
        .whereRef('ahead.session_id', '=', 'bookings.session_id')
        .where('ahead.status', '=', 'waiting')
        .whereRef('ahead.queue_place', '<=', 'bookings.queue_place')
        .select(eb.fn.countAll<number>().as('n'))
        .$asScalar()
        .as('rank'),
    );

export const toBooking = (row: BookingRow): Booking => ({
  id: row.id,
  sessionId: row.session_id,
  // Erased: nobody's any more.
  personId: row.person_id ?? '',
  status: row.status,
  rank: row.status === 'waiting' ? (row.rank ?? undefined) : undefined,
  needs: row.needs ?? undefined,
  channel: row.channel,
  sequence: row.sequence,
  calendarUid: row.calendar_uid,
  createdAt: toDate(row.created_at),
  updatedAt: toDate(row.updated_at),
});
