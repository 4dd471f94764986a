import icalJs from 'ical.js';
import nodeIcal, { type VEvent } from 'node-ical';
import { type CalendarFileOptions, calendarFile } from '#programme/calendar-file.ts';
import { calendarTexts } from '#programme/calendar-words.ts';
import { aHeldBooking } from './held-booking.ts';

export const fileOptions: CalendarFileOptions = {
  words: calendarTexts('fr').say,
  organizer: { name: 'DéClics Numériques', email: 'contact@declic.example' },
  url: 'https://declic.example/',
  now: new Date('2026-11-21T10:00:00Z'),
};

/** The file of a booking with what a test changes. */
export const makeFile = (
  booking: Parameters<typeof aHeldBooking>[0] = {},
  session: Parameters<typeof aHeldBooking>[1] = {},
  options: Partial<CalendarFileOptions> = {},
) => calendarFile(aHeldBooking(booking, session), { ...fileOptions, ...options });

/** Lines as they travel, without their CRLF. */
export const physicalLines = (text: string): string[] => text.split('\r\n').slice(0, -1);

/** Lines as they mean (RFC 5545 section 3.1), read without any of the libraries. */
export const logicalLines = (text: string): string[] =>
  text.replace(/\r\n /g, '').split('\r\n').slice(0, -1);

/** Every line of a property, whole: `propertyLines(text, 'ATTENDEE')`. */
export const propertyLines = (text: string, name: string): string[] =>
  logicalLines(text).filter((line) => new RegExp(`^${name}[;:]`).test(line));

/** The value of a property of which there is one in the event itself. */
export function eventValue(text: string, name: string): string {
  const event = readByIcalJs(text);
  return String(event.getFirstPropertyValue(name.toLowerCase()));
}

/** The VEVENT as ical.js reads it. */
export function readByIcalJs(text: string): icalJs.Component {
  const calendar = new icalJs.Component(icalJs.parse(text));
  const event = calendar.getFirstSubcomponent('vevent');
  if (event === null) throw new Error('ical.js finds no event');
  return event;
}

/** The VEVENT as node-ical reads it. */
export function readByNodeIcal(text: string): VEvent {
  const event = Object.values(nodeIcal.sync.parseICS(text)).find((part) => part?.type === 'VEVENT');
  if (event?.type !== 'VEVENT') throw new Error('node-ical finds no event');
  return event;
}

/** The instants of start and end as ical.js works them out from the VTIMEZONE in the file alone. */
export function instantsByIcalJs(text: string): { start: Date; end: Date } {
  const calendar = new icalJs.Component(icalJs.parse(text));
  const zones = calendar.getAllSubcomponents('vtimezone').map((zone) => new icalJs.Timezone(zone));
  const at = (name: string): Date => {
    const property = readByIcalJs(text).getFirstProperty(name);
    const time = property?.getFirstValue() as icalJs.Time;
    const zone = zones.find(({ tzid }) => tzid === property?.getParameter('tzid'));
    if (zone) time.zone = zone;
    return time.toJSDate();
  };
  return { start: at('dtstart'), end: at('dtend') };
}
