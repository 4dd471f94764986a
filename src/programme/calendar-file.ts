import ical, {
  ICalAlarmType,
  ICalAttendeeRole,
  type ICalCalendar,
  ICalCalendarMethod,
  ICalEventClass,
  ICalEventStatus,
  ICalEventTransparency,
} from 'ical-generator';
import { DateTime } from 'luxon';
import { AppError } from '#shared/errors.ts';
import type { HeldBooking } from './booking.ts';
import {
  type CalendarContent,
  calendarContent,
  isConfirmed,
  oneLine,
  printable,
} from './calendar-content.ts';
import type { CalendarWords } from './calendar-words.ts';
import { vtimezone } from './vtimezone.ts';

export interface CalendarFileOptions {
  readonly words: CalendarWords;
  /** Who holds the session: shown by calendars, and the same in every file of a booking. */
  readonly organizer: { readonly name: string; readonly email: string };
  /** http(s) address where the person cancels or changes. */
  readonly url?: string;
  /** Time of making the file: its DTSTAMP. */
  readonly now: Date;
  /** IANA zone to write the hours in; that of the session when absent. */
  readonly timeZone?: string;
}

export interface CalendarFile {
  /** RFC 5545, UTF-8, lines ended by CRLF. */
  readonly text: string;
  /** ASCII, ends in `.ics`. */
  readonly fileName: string;
  readonly method: 'PUBLISH' | 'CANCEL';
  /** For the Content-Type header: names the same method, or Outlook refuses the file. */
  readonly contentType: string;
}

const ALARMS = [
  { key: 'alarm.dayBefore', seconds: 24 * 60 * 60 },
  { key: 'alarm.hourBefore', seconds: 60 * 60 },
] as const;

/**
 * RFC 5546 section 3.2.5 wants an attendee in a CANCEL. Ours is nobody: we have no address of the
 * person to give, and the file may travel. The domain is reserved (RFC 2606): nothing reaches it.
 */
const NOBODY = 'participant@declic.invalid';

/**
 * The calendar file of a booking: PUBLISH for a seat that is held, CANCEL for everything else. So
 * a place on a waiting list never looks confirmed, and takes off the calendar a date that the
 * person had before. Holds no name, no need, nothing that the person wrote.
 * Throws CONFIG_INVALID when the organizer's address is not one.
 */
export function calendarFile(held: HeldBooking, options: CalendarFileOptions): CalendarFile {
  const confirmed = isConfirmed(held);
  const method = confirmed ? 'PUBLISH' : 'CANCEL';
  const content = calendarContent(held, options.words, options.url);
  const calendar = ical({
    prodId: { company: 'Diversidays', product: 'Declic', language: 'FR' },
    scale: 'GREGORIAN',
    method: ICalCalendarMethod[method],
    // No name: the library would write calendar properties after the VTIMEZONE, out of order.
    timezone: { name: null, generator: (zone) => vtimezone(zone) ?? null },
  });
  const event = addEvent(calendar, held, content, options);
  if (confirmed) addAlarms(event, held, content, options);
  else event.createAttendee({ email: NOBODY, role: ICalAttendeeRole.REQ });
  return {
    // The library leaves the last line without its end (RFC 5545 section 3.4).
    text: `${alarmsLast(calendar.toString())}\r\n`,
    fileName: fileNameOf(held, options.words),
    method,
    contentType: `text/calendar; charset=utf-8; method=${method}`,
  };
}

function addEvent(
  calendar: ICalCalendar,
  { booking, session }: HeldBooking,
  content: CalendarContent,
  { organizer, now, timeZone = session.timeZone }: CalendarFileOptions,
) {
  const confirmed = isConfirmed({ booking, session });
  const zone = zoneToWrite(timeZone, [session.startsAt, session.endsAt]);
  return calendar.createEvent({
    id: oneLine(booking.calendarUid),
    // Goes up by one with each change of the booking or of its session. Whoever lets sessions be
    // edited makes a move raise `sequence` by the revision left behind too: it must never go down.
    sequence: booking.sequence + session.revision,
    stamp: now,
    created: booking.createdAt,
    lastModified: booking.updatedAt,
    start: DateTime.fromJSDate(session.startsAt, { zone: zone ?? 'utc' }),
    end: DateTime.fromJSDate(session.endsAt, { zone: zone ?? 'utc' }),
    timezone: zone ?? null,
    summary: content.summary,
    description: content.description,
    ...(content.location === '' ? {} : { location: content.location }),
    ...(content.link === undefined ? {} : { url: uriValue(content.link) }),
    organizer: { name: oneLine(organizer.name), email: mailbox(organizer.email) },
    // Looking for work is nobody's business where calendars are shared.
    class: ICalEventClass.PRIVATE,
    status: confirmed ? ICalEventStatus.CONFIRMED : ICalEventStatus.CANCELLED,
    transparency: confirmed ? ICalEventTransparency.OPAQUE : ICalEventTransparency.TRANSPARENT,
  });
}

function addAlarms(
  event: ReturnType<typeof addEvent>,
  { session }: HeldBooking,
  { title }: CalendarContent,
  { words, now }: CalendarFileOptions,
): void {
  for (const { key, seconds } of ALARMS) {
    // Some calendars ring at once for an alarm whose time is over.
    if (session.startsAt.getTime() - seconds * 1000 <= now.getTime()) continue;
    event.createAlarm({
      type: ICalAlarmType.display,
      trigger: seconds,
      description: oneLine(words(key, { title })),
    });
  }
}

/** The library writes properties of the event after its alarms; they come before (3.6.1). */
const alarmsLast = (text: string): string =>
  text.replace(/((?:^BEGIN:VALARM\r\n.*?^END:VALARM\r\n)+)(.*?)(?=^END:VEVENT)/ms, '$2$1');

/**
 * The zone, when the file can declare it and its clocks show these instants only once. Else the
 * hours are written in UTC, which every reader understands the same way.
 */
function zoneToWrite(zone: string, instants: readonly Date[]): string | undefined {
  const clear = instants.every((at) => {
    const local = DateTime.fromJSDate(at, { zone });
    return local.isValid && local.getPossibleOffsets().length === 1;
  });
  return clear && vtimezone(zone) !== undefined ? zone : undefined;
}

/** The library escapes an address as if it were text, so what it would escape is encoded before. */
const uriValue = (address: string): string =>
  address.replace(/[,;\\]/g, (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`);

function mailbox(email: string): string {
  if (/^[\w.+-]+@([\w-]+(\.[\w-]+)*|\[[\da-f:.]+\])$/i.test(email)) return email;
  throw new AppError('CONFIG_INVALID', 'The organizer of calendar files has no e-mail address.');
}

function fileNameOf({ session }: HeldBooking, say: CalendarWords): string {
  const day = DateTime.fromJSDate(session.startsAt, { zone: session.timeZone }).toISODate() ?? '';
  const name = printable(say('fileName', { day }))
    .normalize('NFD')
    .replace(/\p{Mark}/gu, '')
    .replace(/[^A-Za-z0-9-]+/g, '-')
    .replace(/^-+|-+$/g, '');
  return `${name || 'session'}.ics`;
}
