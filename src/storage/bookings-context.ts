import type { Kysely } from 'kysely';
import type { Session } from '#programme/session.ts';
import type { Schema } from './schema.ts';
import type { HoldSeats } from './seats.ts';
import { type Occupancy, seatsLeft } from './session-rows.ts';

/** What the operations on bookings work with: a transaction, its time, and its lock on seats. */
export interface BookingsContext {
  readonly db: Kysely<Schema>;
  readonly at: Date;
  readonly holdSeats: HoldSeats;
}

/** Open, and not begun. */
export const isBookable = (session: Session, at: Date): boolean =>
  session.status === 'open' && session.startsAt > at;

export interface Place {
  readonly status: 'booked' | 'waiting';
  readonly rank: number | undefined;
  /** Order on the waiting list. Counted under the session's lock: clocks cannot reorder people. */
  readonly queuePlace: number | null;
}

/** Where a newcomer goes: a seat, or the end of the waiting list. */
export const placeIn = (target: Occupancy): Place =>
  seatsLeft(target) > 0
    ? { status: 'booked', rank: undefined, queuePlace: null }
    : { status: 'waiting', rank: target.waiting + 1, queuePlace: target.lastPlace + 1 };
