import type { Bookings } from '#programme/booking.ts';
import { book } from './book.ts';
import type { BookingsContext } from './bookings-context.ts';
import { cancel } from './cancel.ts';
import { findLive } from './live-slot.ts';
import { move } from './move.ts';
import { selectOccupancy, toAvailability, toOccupancy } from './session-rows.ts';

/** Bookings inside one transaction, at its time. */
export function createBookings(context: BookingsContext): Bookings {
  const { db, at } = context;
  return {
    async upcoming(limit) {
      const rows = await selectOccupancy(db)
        .where('sessions.status', '=', 'open')
        .where('sessions.starts_at', '>', at)
        .limit(Math.max(0, limit))
        .execute();
      return rows.map((row) => toAvailability(toOccupancy(row)));
    },
    async session(sessionId) {
      const row = await selectOccupancy(db).where('sessions.id', '=', sessionId).executeTakeFirst();
      return row && toAvailability(toOccupancy(row));
    },
    view: (personId) => findLive(db, personId, at),
    book: (personId, sessionId, details) => book(context, personId, sessionId, details),
    cancel: (personId) => cancel(context, personId),
    move: (personId, sessionId, options = {}) =>
      move(context, personId, sessionId, options.acceptWaiting ?? false),
  };
}
