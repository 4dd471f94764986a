import type { Outgoing } from '#conversation/message.ts';
import type { OpenTurn } from '#conversation/turn-store.ts';
import type { Session } from '#programme/session.ts';
import type { NewSession } from '#programme/session-admin.ts';
import type { LoggedConversation } from '#shared/activity-log.ts';
import { openPostgres } from '#storage/open-postgres.ts';
import { openSqlite } from '#storage/open-sqlite.ts';
import type { Storage, StorageOptions } from '#storage/open-storage.ts';
import type { SqlDatabase } from '#storage/sql-database.ts';
import { NOW } from './databases.ts';

export const HOUR = 3_600_000;
export const DAY = 24 * HOUR;
export const later = (milliseconds: number): Date => new Date(NOW.getTime() + milliseconds);

export const newSession = (changes: Partial<NewSession> = {}): NewSession => ({
  title: 'Découvrir les métiers',
  startsAt: later(DAY),
  endsAt: later(DAY + 3 * HOUR),
  timeZone: 'Europe/Paris',
  capacity: 2,
  format: 'online',
  link: 'https://example.org/salle',
  place: undefined,
  accessibility: { captions: true, signLanguage: false, replay: true },
  sample: false,
  ...changes,
});

export async function addSession(
  storage: Storage,
  changes: Partial<NewSession> = {},
): Promise<Session> {
  const [session] = await storage.sessions.add([newSession(changes)]);
  return session!;
}

export interface Who {
  readonly channel: string;
  readonly conversationId: string;
  readonly userId: string;
}

/** Someone with a conversation of their own. */
export const someone = (name: string): Who => ({
  channel: 'directline',
  conversationId: `conversation-of-${name}`,
  userId: `dl_${name}`,
});

export const reply = (text: string): Outgoing => ({ key: 'test:reply', text, locale: 'fr' });

let activities = 0;
export const newActivityId = (): string => {
  activities += 1;
  return `activity-${activities}`;
};

type Services = ReturnType<Storage['services']>;

/** One new turn that does `work` and saves. */
export function turn<T>(
  storage: Storage,
  who: Who,
  work: (services: Services, open: OpenTurn) => Promise<T>,
  at: Date = NOW,
): Promise<T> {
  return storage.turns.run({ ...who, activityId: newActivityId(), at }, async (open) => {
    const result = await work(storage.services(open.tx, at), open);
    await open.save({ version: 1, json: '{}' }, [reply('fait')]);
    return result;
  });
}

/** Books, and accepts to wait. */
export const book = (storage: Storage, who: Who, sessionId: string, at: Date = NOW) =>
  turn(
    storage,
    who,
    ({ bookings }, { personId }) =>
      bookings.book(personId, sessionId, { channel: who.channel, acceptWaiting: true }),
    at,
  );

export const cancel = (storage: Storage, who: Who, at: Date = NOW) =>
  turn(storage, who, ({ bookings }, { personId }) => bookings.cancel(personId), at);

export const view = (storage: Storage, who: Who, at: Date = NOW) =>
  turn(storage, who, ({ bookings }, { personId }) => bookings.view(personId), at);

export const loggedConversation = (
  id: string,
  changes: Partial<LoggedConversation> = {},
): LoggedConversation => ({
  id,
  userId: 'dl_someone',
  userName: 'Quelqu’un',
  locale: 'fr-FR',
  trustedOrigins: ['https://example.org'],
  createdAt: NOW,
  startedAt: undefined,
  endedAt: undefined,
  ...changes,
});

/** The same database without its ports, for what only a test may do. Close it before the storage. */
export const rawDatabase = (options: StorageOptions): Promise<SqlDatabase> =>
  options.databaseUrl === undefined
    ? openSqlite(options.dataDir)
    : openPostgres(options.databaseUrl, options.logger);

/** What a promise was rejected with. */
export async function rejection(promise: Promise<unknown>): Promise<unknown> {
  try {
    await promise;
  } catch (error) {
    return error;
  }
  throw new Error('It was expected to reject.');
}

/** Resolves once `count` callers wait on it. */
export function barrier(count: number): () => Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  let arrived = 0;
  return () => {
    arrived += 1;
    if (arrived >= count) resolve();
    return promise;
  };
}
