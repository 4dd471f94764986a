import type { Bookings } from '#programme/booking.ts';
import { book } from './book.ts';
import type { BookingsContext } from './bookings-context.ts';
import { cancel } from './cancel.ts';
import { compiledWhenUsed } from './compiled-once.ts';
import { findLive } from './live-slot.ts';
import { move } from './move.ts';
import { type OccupancyRow, selectOccupancy, toAvailability, toOccupancy } from './session-rows.ts';
import { setNeeds } from './set-needs.ts';

/** Bookings inside one transaction, at its time. */
export function createBookings(context: BookingsContext): Bookings {
  const { db, at } = context;
  return {
    async upcoming(limit) {
      const rows = await upcomingOnes(db, { at, limit: Math.max(0, limit) });
      return rows.map((row) => toAvailability(toOccupancy(row)));
    },
    async session(sessionId) {
      const [row] = await oneSession(db, { sessionId });
      return row && toAvailability(toOccupancy(row));
    },
    view: (personId) => findLive(db, personId, at),
    book: (personId, sessionId, details) => book(context, personId, sessionId, details),
    cancel: (personId) => cancel(context, personId),
    setNeeds: (personId, needs) => setNeeds(context, personId, needs),
    move: (personId, sessionId, options = {}) =>
      move(context, personId, sessionId, options.acceptWaiting ?? false),
  };
}

interface Upcoming {
  readonly at: Date;
  readonly limit: number;
}

const upcomingOnes = compiledWhenUsed<Upcoming, OccupancyRow>((db, hole) =>
  selectOccupancy(db)
    .where('sessions.status', '=', 'open')
    .where('sessions.starts_at', '>', hole('at'))
    .limit(hole('limit')),
);

const oneSession = compiledWhenUsed<{ readonly sessionId: string }, OccupancyRow>((db, hole) =>
  selectOccupancy(db).where('sessions.id', '=', hole('sessionId')),
);
