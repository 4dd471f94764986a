import { createHmac, timingSafeEqual } from 'node:crypto';
import { type Clock, systemClock } from '#shared/clock.ts';
import { AppError } from '#shared/errors.ts';
import type { CalendarLinks } from './calendar-links.ts';

/** Calendar links that this process can also read back. */
export interface SignedCalendarLinks extends CalendarLinks {
  /**
   * The calendar UID of a token (with or without `.ics` behind it), when it is one of ours, whole
   * and not too old. Nothing otherwise, whatever the token is made of.
   */
  read(token: string): string | undefined;
}

export interface CalendarLinkOptions {
  /** Origin of the service, with or without a final slash. */
  readonly publicUrl: string;
  /** At least 16 bytes that nobody can guess. */
  readonly key: Uint8Array | string;
  readonly clock?: Clock;
  /** How long a link lives after the last change of its booking. */
  readonly lifetimeDays?: number;
}

const VERSION = 1;
const PURPOSE = 'declic.calendar-link';
const MAC_BYTES = 32;
const HEADER_BYTES = 3;
const DAY = 24 * 60 * 60 * 1000;
const LEAST_KEY_BYTES = 16;

/**
 * Addresses `<publicUrl>/calendar/<token>.ics`. A token is base64url of: version (1 byte), last day
 * it is good for (2 bytes, days since 1970), calendar UID, HMAC-SHA256 of the rest. It is the same
 * each time for the same state of a booking. Knowing a UID is of no help in making one.
 * Throws CONFIG_INVALID when the key is too short.
 */
export function createCalendarLinks(options: CalendarLinkOptions): SignedCalendarLinks {
  const { clock = systemClock, lifetimeDays = 400 } = options;
  const key = Buffer.from(options.key);
  if (key.length < LEAST_KEY_BYTES) {
    throw new AppError('CONFIG_INVALID', 'The key that signs calendar links is too short.');
  }
  const base = options.publicUrl.replace(/\/+$/, '');
  const sign = (body: Uint8Array): Buffer =>
    createHmac('sha256', key).update(PURPOSE).update(body).digest();
  return {
    linkFor({ calendarUid, updatedAt }) {
      const body = Buffer.alloc(HEADER_BYTES + Buffer.byteLength(calendarUid));
      body.writeUInt8(VERSION, 0);
      body.writeUInt16BE(Math.ceil(updatedAt.getTime() / DAY) + lifetimeDays, 1);
      body.write(calendarUid, HEADER_BYTES);
      const token = Buffer.concat([body, sign(body)]).toString('base64url');
      return `${base}/calendar/${token}.ics`;
    },
    read(token) {
      const bytes = decode(token.replace(/\.ics$/, ''));
      if (bytes === undefined) return undefined;
      const body = bytes.subarray(0, -MAC_BYTES);
      if (!timingSafeEqual(sign(body), bytes.subarray(-MAC_BYTES))) return undefined;
      if (body.readUInt8(0) !== VERSION) return undefined;
      if (clock.now().getTime() > body.readUInt16BE(1) * DAY) return undefined;
      return body.toString('utf8', HEADER_BYTES);
    },
  };
}

/** Only the one way of writing these bytes: base64url readers overlook stray characters and bits. */
function decode(token: string): Buffer | undefined {
  const bytes = Buffer.from(token, 'base64url');
  if (bytes.length <= HEADER_BYTES + MAC_BYTES) return undefined;
  return bytes.toString('base64url') === token ? bytes : undefined;
}
