import { describeWhen } from '#programme/format-when.ts';
import type { SessionAvailability } from '#programme/session.ts';
import { table } from './table.ts';
import type { TeamWords } from './team-words.ts';

/** Every field of a session, for programs: what is not known is null. */
export const sessionJson = (session: SessionAvailability) => ({
  ...session,
  link: session.link ?? null,
  place: session.place ?? null,
});

/** Sessions for people, on the clock of each session. */
export function sessionsTable(
  sessions: readonly SessionAvailability[],
  now: Date,
  say: TeamWords,
): string {
  if (sessions.length === 0) return say('noSession');
  const heading = (['date', 'hours', 'title', 'seats', 'waiting', 'status', 'id'] as const).map(
    (name) => say(`heading.${name}`),
  );
  return table(
    heading,
    sessions.map((session) => [
      describeWhen(session, undefined, 'fr').day,
      hours(session, say),
      session.title,
      say('seats', { left: session.seatsLeft, capacity: session.capacity }),
      String(session.waiting),
      statusWords(session, now, say),
      session.id,
    ]),
  );
}

function hours(session: SessionAvailability, say: TeamWords): string {
  const {
    startTime: start,
    endTime: end,
    endDay,
    zoneNote,
  } = describeWhen(session, undefined, 'fr');
  const words = endDay ? say('hoursUntil', { start, endDay, end }) : say('hours', { start, end });
  return zoneNote ? say('withZone', { hours: words, zone: zoneNote }) : words;
}

function statusWords(session: SessionAvailability, now: Date, say: TeamWords): string {
  const isPast = session.endsAt.getTime() <= now.getTime() && session.status !== 'cancelled';
  const status = say(`sessionStatus.${isPast ? 'past' : session.status}`);
  return session.sample ? say('sessionStatus.sample', { status }) : status;
}
