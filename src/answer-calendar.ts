import { calendarFile } from '#programme/calendar-file.ts';
import { calendarTexts } from '#programme/calendar-words.ts';
import type { SignedCalendarLinks } from '#programme/signed-calendar-links.ts';
import type { CalendarAnswer } from '#server/handlers.ts';
import type { Clock } from '#shared/clock.ts';
import type { Storage } from '#storage/open-storage.ts';

/**
 * Answers a signed calendar link with the file of the booking as it is now: a seat that was given
 * back answers a cancellation at the same address. Unknown, forged and erased ones are all a 404.
 */
export function answerCalendar(parts: {
  readonly storage: Pick<Storage, 'register'>;
  readonly links: SignedCalendarLinks;
  readonly publicUrl: string;
  readonly clock: Clock;
}): (token: string) => Promise<CalendarAnswer> {
  const organizer = {
    name: calendarTexts('fr').say('organizer'),
    email: `no-reply@${new URL(parts.publicUrl).hostname}`,
  };
  return async (token) => {
    const uid = parts.links.read(token);
    const held =
      uid === undefined ? undefined : await parts.storage.register.findByCalendarUid(uid);
    if (held === undefined) return NOT_FOUND;
    const { text, fileName, method } = calendarFile(held, {
      words: calendarTexts('fr').say,
      organizer,
      url: parts.publicUrl,
      now: parts.clock.now(),
    });
    return {
      status: 200,
      headers: {
        'Content-Type': `text/calendar; charset=utf-8; method=${method}`,
        'Content-Disposition': `attachment; filename="${fileName}"`,
      },
      body: text,
    };
  };
}

const NOT_FOUND: CalendarAnswer = {
  status: 404,
  headers: { 'Content-Type': 'application/json; charset=utf-8' },
  body: JSON.stringify({ error: { code: 'NotFound', message: 'There is no such calendar file.' } }),
};
