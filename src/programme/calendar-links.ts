import type { Booking } from './booking.ts';

/** Where a person finds the calendar file of a booking. The address is signed: it cannot be guessed. */
export interface CalendarLinks {
  /** Absolute http(s) address of the `.ics` file. */
  linkFor(booking: Booking): string;
}
