import type { Booking } from '#programme/booking.ts';
import { describeWhen } from '#programme/format-when.ts';
import type { Session } from '#programme/session.ts';
import type { BookingRecord } from '#programme/session-admin.ts';
import type { Command } from './command.ts';
import { createdWords } from './created-words.ts';
import { table } from './table.ts';
import type { TeamWords } from './team-words.ts';

const STATUSES: readonly Booking['status'][] = ['booked', 'waiting', 'cancelled'];

const list: Command = {
  options: { session: { type: 'string' }, status: { type: 'string' } },
  async run(desk, options) {
    const status = STATUSES.find((known) => known === options.status);
    if (options.status !== undefined && status === undefined) {
      desk.complain(desk.say('usage.unknownStatus', { status: String(options.status) }));
      return 2;
    }
    const sessionId = typeof options.session === 'string' ? options.session : undefined;
    return desk.withStorage(async ({ sessions, register }) => {
      if (sessionId !== undefined && (await sessions.find(sessionId)) === undefined) {
        desk.complain(desk.say('unknownSession', { id: sessionId }));
        return 1;
      }
      const filter = { ...(sessionId && { sessionId }), ...(status && { status }) };
      const bookings = await register.list(filter);
      if (desk.json) desk.printJson(bookings.map(bookingJson));
      else desk.print(bookingsTable(bookings, await sessions.list(), desk.say));
      return 0;
    });
  },
};

const needs: Command = {
  options: { session: { type: 'string' } },
  run: (desk, { session }) =>
    desk.withStorage(async ({ sessions, register }) => {
      const written = await register.needs(typeof session === 'string' ? session : undefined);
      const byId = new Map((await sessions.list()).map((each) => [each.id, each]));
      if (desk.json) {
        desk.printJson(
          written.map((it) => ({ session: it.sessionId, status: it.status, needs: it.needs })),
        );
      } else if (written.length === 0) desk.print(desk.say('noNeed'));
      else {
        const heading = (['session', 'status', 'needs'] as const).map((it) =>
          desk.say(`heading.${it}`),
        );
        const rows = written.map((it) => [
          sessionWords(byId.get(it.sessionId)) ?? it.sessionId,
          desk.say(`bookingStatus.${it.status}`),
          it.needs,
        ]);
        desk.print(table(heading, rows));
      }
      return 0;
    }),
};

export const bookingsCommands = new Map([
  ['list', list],
  ['needs', needs],
]);

const bookingJson = ({ id, sessionId, status, rank, channel, createdAt }: BookingRecord) => ({
  id,
  session: sessionId,
  status,
  rank: rank ?? null,
  channel,
  created: createdAt,
});

function bookingsTable(
  bookings: readonly BookingRecord[],
  sessions: readonly Session[],
  say: TeamWords,
): string {
  if (bookings.length === 0) return say('noBooking');
  const byId = new Map(sessions.map((session) => [session.id, session]));
  const heading = (['session', 'status', 'rank', 'channel', 'created', 'id'] as const).map((name) =>
    say(`heading.${name}`),
  );
  return table(
    heading,
    bookings.map(({ id, sessionId, status, rank, channel, createdAt }) => [
      sessionWords(byId.get(sessionId)) ?? sessionId,
      say(`bookingStatus.${status}`),
      String(rank ?? ''),
      channel,
      createdWords(createdAt, say),
      id,
    ]),
  );
}

function sessionWords(session: Session | undefined): string | undefined {
  if (session === undefined) return undefined;
  const { day, startTime } = describeWhen(session, undefined, 'fr');
  return `${day}, ${startTime} · ${session.title}`;
}
