import { tzlib_get_ical_block, tzlib_get_timezones } from 'timezones-ical-library';

// Asked first, because the library prints to the console about a name that it does not have.
const NAMES: ReadonlySet<string> = new Set(tzlib_get_timezones());

/**
 * The VTIMEZONE of an IANA zone, named exactly as the zone is, or nothing when there is none.
 * RFC 5545 section 3.6.5.
 */
export function vtimezone(zone: string): string | undefined {
  if (!NAMES.has(zone)) return undefined;
  const [block] = tzlib_get_ical_block(zone);
  // The library answers for an alias with the zone it points to (America/Guadeloupe comes back as
  // America/Puerto_Rico), and a TZID that no VTIMEZONE declares makes Outlook refuse the file.
  return block?.replace(/^(TZID|X-LIC-LOCATION):.*$/gm, `$1:${zone}\r`).replace(/\r+\n/g, '\r\n');
}
