import type { HeldBooking } from '#programme/booking.ts';
import type { BookingsContext } from './bookings-context.ts';
import { findLive } from './live-slot.ts';

/** Writes the needs of the person's live booking. Calendars do not show them: no new sequence. */
export async function setNeeds(
  { db, at }: BookingsContext,
  personId: string,
  needs: string,
): Promise<HeldBooking | undefined> {
  const held = await findLive(db, personId, at);
  if (held === undefined) return undefined;
  await db
    .updateTable('bookings')
    .set({ needs, updated_at: at })
    .where('id', '=', held.booking.id)
    .execute();
  return { ...held, booking: { ...held.booking, needs, updatedAt: at } };
}
