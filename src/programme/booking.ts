import type { Session, SessionAvailability } from './session.ts';

/** A person's seat, or place on the waiting list. A person has at most one that is not cancelled. */
export interface Booking {
  readonly id: string;
  readonly sessionId: string;
  readonly personId: string;
  readonly status: 'booked' | 'waiting' | 'cancelled';
  /** 1 is next; only while waiting. Computed, so it goes down as others leave. */
  readonly rank: number | undefined;
  /** Needs the person wrote in their own words. */
  readonly needs: string | undefined;
  readonly channel: string;
  /** Goes up with every change: the SEQUENCE of calendar files. */
  readonly sequence: number;
  /** Stays the same through moves and cancellations: the UID of calendar files. No personal data. */
  readonly calendarUid: string;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

export interface HeldBooking {
  readonly booking: Booking;
  readonly session: Session;
}

/** Every outcome a dialog has words for. */
export type BookResult =
  | ({ readonly kind: 'booked' } & HeldBooking)
  | ({ readonly kind: 'waiting'; readonly rank: number } & HeldBooking)
  /** No seat is left and the person has not accepted to wait; nothing changed. */
  | { readonly kind: 'full'; readonly wanted: SessionAvailability }
  /** The person already holds one (for this session or another); nothing changed. */
  | ({ readonly kind: 'already' } & HeldBooking)
  /** The session is closed, cancelled, over or unknown; nothing changed. */
  | { readonly kind: 'closed' };

export type CancelResult =
  | ({ readonly kind: 'cancelled' } & HeldBooking)
  | { readonly kind: 'nothing' };

export type MoveResult =
  | ({ readonly kind: 'moved'; readonly from: Session } & HeldBooking)
  /** Moved onto a waiting list, because the person accepted it. */
  | ({ readonly kind: 'waiting'; readonly rank: number; readonly from: Session } & HeldBooking)
  /** The other session is full and the person has not accepted to wait: the old seat is kept. */
  | ({ readonly kind: 'full'; readonly wanted: SessionAvailability } & HeldBooking)
  | ({ readonly kind: 'same' } & HeldBooking)
  | { readonly kind: 'closed' }
  | { readonly kind: 'nothing' };

/** Bookings as dialogs see them, inside the turn's transaction. */
export interface Bookings {
  /** Sessions that are open, not over and not begun, soonest first, at most `limit`. */
  upcoming(limit: number): Promise<readonly SessionAvailability[]>;
  session(sessionId: string): Promise<SessionAvailability | undefined>;
  /** The person's live booking. */
  view(personId: string): Promise<HeldBooking | undefined>;
  book(
    personId: string,
    sessionId: string,
    details: {
      readonly channel: string;
      readonly needs?: string;
      /** Without it, a full session answers `full`: nobody is put on a list unasked. */
      readonly acceptWaiting?: boolean;
    },
  ): Promise<BookResult>;
  cancel(personId: string): Promise<CancelResult>;
  /** Puts what the person needs in place of what they said before; answers what is held, if any. */
  setNeeds(personId: string, needs: string): Promise<HeldBooking | undefined>;
  move(
    personId: string,
    sessionId: string,
    options?: { readonly acceptWaiting?: boolean },
  ): Promise<MoveResult>;
}
