import type { HeldBooking } from './booking.ts';
import { calendarContent, isConfirmed } from './calendar-content.ts';
import type { CalendarWords } from './calendar-words.ts';

const TEMPLATE = 'https://calendar.google.com/calendar/render';

/**
 * An address that adds the session to Google Calendar, for phones that do not open `.ics` files.
 * Nothing when no seat is held: such a link cannot be taken back. Hours are in UTC.
 */
export function googleCalendarLink(
  held: HeldBooking,
  { words, url }: { readonly words: CalendarWords; readonly url?: string },
): string | undefined {
  if (!isConfirmed(held)) return undefined;
  const { summary, description, location } = calendarContent(held, words, url);
  const { startsAt, endsAt } = held.session;
  const query = new URLSearchParams({
    action: 'TEMPLATE',
    text: summary,
    dates: `${basicUtc(startsAt)}/${basicUtc(endsAt)}`,
    details: description,
    location,
  });
  return `${TEMPLATE}?${query}`;
}

/** 20261208T080000Z */
const basicUtc = (at: Date): string => at.toISOString().replace(/\.\d+|[-:]/g, '');
