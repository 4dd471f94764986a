import type { Booking, HeldBooking, MoveResult } from '#programme/booking.ts';
import { type BookingsContext, isBookable, type Place, placeIn } from './bookings-context.ts';
import { findLive } from './live-slot.ts';
import { type Occupancy, seatsLeft, toAvailability } from './session-rows.ts';

async function take(
  { db, at }: BookingsContext,
  held: HeldBooking,
  target: Occupancy,
  place: Place,
): Promise<Booking> {
  const booking: Booking = {
    ...held.booking,
    sessionId: target.session.id,
    status: place.status,
    rank: place.rank,
    sequence: held.booking.sequence + 1,
    updatedAt: at,
  };
  await db
    .updateTable('bookings')
    .set({
      session_id: booking.sessionId,
      status: booking.status,
      queue_place: place.queuePlace,
      sequence: booking.sequence,
      updated_at: at,
    })
    .where('id', '=', booking.id)
    .execute();
  return booking;
}

/** Moves the person's live booking to another session, under the rules of a new booking there. */
export async function move(
  context: BookingsContext,
  personId: string,
  sessionId: string,
  acceptWaiting: boolean,
): Promise<MoveResult> {
  const { db, at } = context;
  const held = await findLive(db, personId, at);
  if (held === undefined) return { kind: 'nothing' };
  if (held.session.id === sessionId) return { kind: 'same', ...held };
  const occupancies = await context.holdSeats(db, [held.session.id, sessionId]);
  const target = occupancies.find(({ session }) => session.id === sessionId);
  if (target === undefined || !isBookable(target.session, at)) return { kind: 'closed' };
  if (seatsLeft(target) === 0 && !acceptWaiting) {
    return { kind: 'full', wanted: toAvailability(target), ...held };
  }
  const place = placeIn(target);
  const booking = await take(context, held, target, place);
  const moved = { booking, session: target.session, from: held.session };
  return place.rank === undefined
    ? { kind: 'moved', ...moved }
    : { kind: 'waiting', rank: place.rank, ...moved };
}
