import type { Booking } from './booking.ts';
import type { Session, SessionAvailability } from './session.ts';

/** A session as the team writes it, before it has an id. */
export type NewSession = Omit<Session, 'id' | 'status' | 'revision'>;

/** What the team does with sessions. Implemented in `src/storage`; each call is its own transaction. */
export interface SessionAdmin {
  /** Every session, past and closed ones too, soonest first. */
  list(): Promise<readonly SessionAvailability[]>;
  find(sessionId: string): Promise<SessionAvailability | undefined>;
  /** Adds all of them or none. Answers them in the order given, with their ids. */
  add(sessions: readonly NewSession[]): Promise<readonly Session[]>;
  /** No new booking from now on; seats already held stay. */
  close(sessionId: string): Promise<'closed' | 'already' | 'unknown'>;
  /** Adds these only when there is no session at all, safely if several instances start together. */
  addWhenEmpty(sessions: readonly NewSession[]): Promise<boolean>;
}

/** A booking as the team lists it: nothing in it leads to the person. */
export type BookingRecord = Pick<
  Booking,
  'id' | 'sessionId' | 'status' | 'rank' | 'channel' | 'createdAt'
>;

/** A need that someone wrote for a session, in their words, without who they are. */
export interface SessionNeed {
  readonly sessionId: string;
  readonly status: 'booked' | 'waiting';
  readonly needs: string;
}

/** What the team reads of bookings. */
export interface BookingRegister {
  /** Oldest first. */
  list(filter?: {
    readonly sessionId?: string;
    readonly status?: Booking['status'];
  }): Promise<readonly BookingRecord[]>;
  /** Needs of those who hold or wait for a seat: to prepare the sessions. Oldest first. */
  needs(sessionId?: string): Promise<readonly SessionNeed[]>;
  /** For calendar files: the booking with this calendar UID, live or cancelled, and its session. */
  findByCalendarUid(
    calendarUid: string,
  ): Promise<{ readonly booking: Booking; readonly session: Session } | undefined>;
}
