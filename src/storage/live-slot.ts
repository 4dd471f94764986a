import type { Kysely } from 'kysely';
import type { HeldBooking } from '#programme/booking.ts';
import { type BookingRow, isLive, selectBookings, toBooking } from './booking-rows.ts';
import { compiledWhenUsed } from './compiled-once.ts';
import type { Schema } from './schema.ts';
import { SESSION_COLUMNS, toSession } from './session-rows.ts';

/** The booking in the person's one live slot, even when its session is over. */
export async function findInSlot(
  db: Kysely<Schema>,
  personId: string,
): Promise<HeldBooking | undefined> {
  const [row] = await slotOf(db, { personId });
  if (row === undefined) return undefined;
  const session = await db
    .selectFrom('sessions')
    .select(SESSION_COLUMNS)
    .where('sessions.id', '=', row.session_id)
    .executeTakeFirstOrThrow();
  return { booking: toBooking(row), session: toSession(session) };
}

/** Asked at most turns about bookings, most often of people who hold none. */
const slotOf = compiledWhenUsed<{ readonly personId: string }, BookingRow>((db, hole) =>
  selectBookings(db).where('bookings.person_id', '=', hole('personId')).where(isLive()),
);

/** The person's live booking: that of a session which is over is only history. */
export async function findLive(
  db: Kysely<Schema>,
  personId: string,
  at: Date,
): Promise<HeldBooking | undefined> {
  const held = await findInSlot(db, personId);
  return held === undefined || isOver(held, at) ? undefined : held;
}

/** Whether the session of a booking has ended. */
export const isOver = (held: HeldBooking, at: Date): boolean => held.session.endsAt <= at;

/** Frees the slot of a booking whose session is over; its status and its seat stay as they were. */
export async function settle(db: Kysely<Schema>, held: HeldBooking, at: Date): Promise<void> {
  await db
    .updateTable('bookings')
    .set({ settled_at: at })
    .where('id', '=', held.booking.id)
    .execute();
}
