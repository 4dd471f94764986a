import type { Insertable, Kysely, Selectable } from 'kysely';
import type { Session, SessionAvailability } from '#programme/session.ts';
import { type Schema, toDate } from './schema.ts';

type SessionRow = Selectable<Schema['sessions']>;

/** Named one by one: a column added by a newer version changes nothing for this one. */
export const SESSION_COLUMNS = [
  'sessions.id',
  'sessions.title',
  'sessions.starts_at',
  'sessions.ends_at',
  'sessions.time_zone',
  'sessions.capacity',
  'sessions.format',
  'sessions.link',
  'sessions.place',
  'sessions.captions',
  'sessions.sign_language',
  'sessions.replay',
  'sessions.status',
  'sessions.sample',
  'sessions.revision',
] as const;

export const toSession = (row: SessionRow): Session => ({
  id: row.id,
  title: row.title,
  startsAt: toDate(row.starts_at),
  endsAt: toDate(row.ends_at),
  timeZone: row.time_zone,
  capacity: row.capacity,
  format: row.format,
  link: row.link ?? undefined,
  place: row.place ?? undefined,
  accessibility: {
    captions: Boolean(row.captions),
    signLanguage: Boolean(row.sign_language),
    replay: Boolean(row.replay),
  },
  status: row.status,
  sample: Boolean(row.sample),
  revision: row.revision,
});

export const fromSession = (session: Session): Insertable<Schema['sessions']> => ({
  id: session.id,
  title: session.title,
  starts_at: session.startsAt,
  ends_at: session.endsAt,
  time_zone: session.timeZone,
  capacity: session.capacity,
  format: session.format,
  link: session.link ?? null,
  place: session.place ?? null,
  captions: session.accessibility.captions,
  sign_language: session.accessibility.signLanguage,
  replay: session.accessibility.replay,
  status: session.status,
  sample: session.sample,
  revision: session.revision,
});

/** A session with what is taken of it. */
export interface Occupancy {
  readonly session: Session;
  readonly booked: number;
  readonly waiting: number;
  /** Highest place of the waiting list, 0 when nobody waits: the next one is one more. */
  readonly lastPlace: number;
}

/**
 * Seats that someone new can have: none as long as others wait, even when one is free, because it
 * is theirs first. `book` and `move` follow the same number, so nobody is told of a seat and then
 * put on the list.
 */
export const seatsLeft = ({ session, booked, waiting }: Occupancy): number =>
  waiting > 0 ? 0 : Math.max(0, session.capacity - booked);

export const toAvailability = (occupancy: Occupancy): SessionAvailability => ({
  ...occupancy.session,
  seatsLeft: seatsLeft(occupancy),
  waiting: occupancy.waiting,
});

/** Sessions with their occupancy, soonest first; narrow it with `where`. */
export const selectOccupancy = (db: Kysely<Schema>) =>
  db
    .selectFrom('sessions')
    .select(SESSION_COLUMNS)
    .select((eb) => {
      const held = (status: 'booked' | 'waiting') =>
        eb
          .selectFrom('bookings')
          .whereRef('bookings.session_id', '=', 'sessions.id')
          .where('bookings.status', '=', status);
      return [
        held('booked').select(eb.fn.countAll<number>().as('n')).$asScalar().as('booked'),
        held('waiting').select(eb.fn.countAll<number>().as('n')).$asScalar().as('waiting'),
        held('waiting')
          .select((one) => one.fn.max('bookings.queue_place').as('n'))
          .$asScalar()
          .as('last_place'),
      ];
    })
    .orderBy('sessions.starts_at')
    .orderBy('sessions.id');

export type OccupancyRow = Awaited<
  ReturnType<ReturnType<typeof selectOccupancy>['execute']>
>[number];

export const toOccupancy = (row: OccupancyRow): Occupancy => ({
  session: toSession(row),
  booked: row.booked ?? 0,
  waiting: row.waiting ?? 0,
  lastPlace: row.last_place ?? 0,
});
