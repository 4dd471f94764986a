import { DateTime, IANAZone } from 'luxon';

/** What a date and an hour written by hand come to in a time zone. */
export type LocalTime =
  | { readonly kind: 'instant'; readonly at: Date }
  /** The clocks jump over this hour: it does not exist that day. */
  | { readonly kind: 'missing' }
  /** The clocks go back: this hour comes twice that day. */
  | { readonly kind: 'ambiguous' };

/** Numbers as on a calendar and a clock; `month` 1 to 12. They must form a real date. */
export interface WallClock {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
}

const AREA_AND_PLACE = /^[A-Z][A-Za-z_]+\/[A-Z][\w/+-]+$/;

/** Whether this is an IANA zone named after a place: "+02:00" and "EST" do not follow any clock. */
export const isTimeZone = (zone: string): boolean =>
  AREA_AND_PLACE.test(zone) && IANAZone.isValidZone(zone);

/** The instant at which the clocks of a zone show this, when there is exactly one. */
export function instantAt(clock: WallClock, timeZone: string): LocalTime {
  const time = DateTime.fromObject({ ...clock }, { zone: timeZone });
  // Luxon moves an hour that does not exist to the next one that does.
  if (time.hour !== clock.hour || time.minute !== clock.minute) return { kind: 'missing' };
  if (time.getPossibleOffsets().length > 1) return { kind: 'ambiguous' };
  return { kind: 'instant', at: time.toJSDate() };
}
