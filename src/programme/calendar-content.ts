import type { HeldBooking } from './booking.ts';
import type { CalendarWords } from './calendar-words.ts';
import type { Session } from './session.ts';

/** What a calendar shows of a booking. Nothing in it comes from the person. */
export interface CalendarContent {
  readonly title: string;
  readonly summary: string;
  readonly description: string;
  readonly location: string;
  /** http(s), already encoded: where to join. Only for who holds a seat. */
  readonly link: string | undefined;
}

/** A seat that is held, in a session that will be: the only case in which a calendar may confirm. */
export const isConfirmed = ({ booking, session }: HeldBooking): boolean =>
  booking.status === 'booked' && session.status !== 'cancelled';

/** Words for the calendar. `url` is where the person cancels or changes. */
export function calendarContent(
  held: HeldBooking,
  say: CalendarWords,
  url: string | undefined,
): CalendarContent {
  const { session } = held;
  const title = oneLine(session.title);
  const link = isConfirmed(held) ? webAddress(session.link) : undefined;
  return {
    title,
    summary: say(summaryKey(held), { title }),
    description: printable(descriptionLines(held, link, say, url).join('\n')),
    location: oneLine(locationOf(session, link, say)),
    link,
  };
}

/** http(s) addresses only, percent-encoded so that they hold on one line; else nothing. */
export function webAddress(address: string | undefined): string | undefined {
  if (address === undefined || !/^https?:\/\//i.test(address)) return undefined;
  return URL.canParse(address) ? new URL(address).href : undefined;
}

/**
 * Text without what a calendar program or a terminal may choke on: control characters (RFC 5545
 * section 3.1), the line separators that some readers take for the end of a line, marks that turn
 * the direction of what follows, and halves of characters.
 */
export const printable = (text: string): string =>
  text
    .toWellFormed()
    .replace(/\r\n?/g, '\n')
    .replace(/[\u0085\u2028\u2029]/g, ' ')
    .replace(/[\u202a-\u202e\u2066-\u2069\ufeff]/g, '')
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must go.
    .replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g, '');

export const oneLine = (text: string): string =>
  printable(text)
    .replace(/[\t\n ]+/g, ' ')
    .trim();

function summaryKey({ booking, session }: HeldBooking) {
  if (isConfirmed({ booking, session })) return 'summary';
  return booking.status === 'waiting' && session.status !== 'cancelled'
    ? 'summaryWaiting'
    : 'summaryCancelled';
}

function descriptionLines(
  held: HeldBooking,
  link: string | undefined,
  say: CalendarWords,
  url: string | undefined,
): string[] {
  const { session } = held;
  const sample = session.sample ? [say('sample')] : [];
  if (!isConfirmed(held)) return [say('noSeat'), ...sample];
  const { captions, signLanguage, replay } = session.accessibility;
  const address = webAddress(url);
  return [
    ...sample,
    ...(session.format === 'on_site' ? [] : [link ? say('join', { link }) : say('joinLater')]),
    ...(session.format !== 'online' && session.place
      ? [say('onSite', { place: oneLine(session.place) })]
      : []),
    ...(captions ? [say('captions')] : []),
    ...(signLanguage ? [say('signLanguage')] : []),
    ...(replay ? [say('replay')] : []),
    address ? say('change', { url: address }) : say('changeByTalking'),
  ];
}

function locationOf(session: Session, link: string | undefined, say: CalendarWords): string {
  if (session.format !== 'online' && session.place) return session.place;
  return link ?? (session.format === 'on_site' ? '' : say('online'));
}
