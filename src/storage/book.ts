import { randomUUID } from 'node:crypto';
import type { Booking, Bookings, BookResult, HeldBooking } from '#programme/booking.ts';
import { isLive } from './booking-rows.ts';
import type { BookingsContext } from './bookings-context.ts';
import { isBookable, placeIn } from './bookings-context.ts';
import { findInSlot, isOver, settle } from './live-slot.ts';
import { seatsLeft, toAvailability } from './session-rows.ts';

const newBooking = (
  details: Pick<Booking, 'personId' | 'sessionId' | 'channel' | 'needs' | 'status' | 'rank'>,
  at: Date,
): Booking => ({
  ...details,
  id: randomUUID(),
  sequence: 0,
  calendarUid: randomUUID(),
  createdAt: at,
  updatedAt: at,
});

/** Answers false when the person's live slot was taken meanwhile. */
async function insert(
  { db }: BookingsContext,
  booking: Booking,
  queuePlace: number | null,
): Promise<boolean> {
  const inserted = await db
    .insertInto('bookings')
    .values({
      id: booking.id,
      session_id: booking.sessionId,
      person_id: booking.personId,
      status: booking.status,
      queue_place: queuePlace,
      needs: booking.needs ?? null,
      channel: booking.channel,
      sequence: booking.sequence,
      calendar_uid: booking.calendarUid,
      created_at: booking.createdAt,
      updated_at: booking.updatedAt,
    })
    .onConflict((conflict) => conflict.column('person_id').where(isLive()).doNothing())
    .returning('id')
    .executeTakeFirst();
  return inserted !== undefined;
}

const asResult = (held: HeldBooking): BookResult =>
  held.booking.rank === undefined
    ? { kind: 'booked', ...held }
    : { kind: 'waiting', rank: held.booking.rank, ...held };

/** Books a seat, or a place on the waiting list when accepted, unless the person holds one. */
export async function book(
  context: BookingsContext,
  personId: string,
  sessionId: string,
  details: Parameters<Bookings['book']>[2],
): Promise<BookResult> {
  const { db, at } = context;
  const before = await findInSlot(db, personId);
  if (before !== undefined && !isOver(before, at)) return { kind: 'already', ...before };
  const [target] = await context.holdSeats(db, [sessionId]);
  if (target === undefined || !isBookable(target.session, at)) return { kind: 'closed' };
  if (seatsLeft(target) === 0 && !details.acceptWaiting) {
    return { kind: 'full', wanted: toAvailability(target) };
  }
  if (before !== undefined) await settle(db, before, at);
  const { status, rank, queuePlace } = placeIn(target);
  const { channel, needs } = details;
  const booking = newBooking({ personId, sessionId, channel, needs, status, rank }, at);
  if (await insert(context, booking, queuePlace)) {
    return asResult({ booking, session: target.session });
  }
  const held = await findInSlot(db, personId);
  return held === undefined ? { kind: 'closed' } : { kind: 'already', ...held };
}
