import type { Booking, CancelResult } from '#programme/booking.ts';
import type { BookingsContext } from './bookings-context.ts';
import { findLive } from './live-slot.ts';

/**
 * Cancels the person's live booking: frees one seat, or leaves the waiting list. What the person
 * wrote about their needs goes, since nobody will act on it any more.
 */
export async function cancel(context: BookingsContext, personId: string): Promise<CancelResult> {
  const { db, at } = context;
  const held = await findLive(db, personId, at);
  if (held === undefined) return { kind: 'nothing' };
  await context.holdSeats(db, [held.session.id]);
  const booking: Booking = {
    ...held.booking,
    status: 'cancelled',
    rank: undefined,
    needs: undefined,
    sequence: held.booking.sequence + 1,
    updatedAt: at,
  };
  await db
    .updateTable('bookings')
    .set({
      status: booking.status,
      queue_place: null,
      needs: null,
      sequence: booking.sequence,
      updated_at: at,
    })
    .where('id', '=', booking.id)
    .execute();
  return { kind: 'cancelled', booking, session: held.session };
}
