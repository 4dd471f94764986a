import type { TurnStore } from '#conversation/turn-store.ts';
import type { UnreadDesk, UnreadMessages } from '#conversation/unread-messages.ts';
import type { Bookings } from '#programme/booking.ts';
import type { CallbackDesk, Callbacks } from '#programme/callback.ts';
import type { PersonalData } from '#programme/personal-data.ts';
import type { BookingRegister, SessionAdmin } from '#programme/session-admin.ts';
import type { ActivityLog, Fanout } from '#shared/activity-log.ts';
import type { Clock } from '#shared/clock.ts';
import { AppError } from '#shared/errors.ts';
import type { Logger } from '#shared/logger.ts';
import type { Transaction } from '#shared/transaction.ts';
import { checkAnswers } from './check-answers.ts';
import { createLocalFanout } from './local-fanout.ts';
import { openPostgres } from './open-postgres.ts';
import { openSqlite } from './open-sqlite.ts';
import { opened } from './open-transaction.ts';
import { createPostgresFanout } from './postgres-fanout.ts';
import { holdSeats } from './seats.ts';
import { createActivityLog } from './sql-activity-log.ts';
import { createBookingRegister } from './sql-booking-register.ts';
import { createBookings } from './sql-bookings.ts';
import { createCallbackDesk, createCallbacks } from './sql-callbacks.ts';
import type { SqlDatabase } from './sql-database.ts';
import { createPersonalData } from './sql-personal-data.ts';
import { createSessionAdmin } from './sql-session-admin.ts';
import { createTurnStore } from './sql-turn-store.ts';
import { createUnreadDesk, createUnreadMessages } from './sql-unread-messages.ts';

/** Everything that is kept, behind the ports of the other rooms. */
export interface Storage {
  readonly kind: 'sqlite' | 'postgres';
  readonly turns: TurnStore;
  /** Services of one turn, bound to its transaction and its time. */
  services(
    tx: Transaction,
    at: Date,
  ): {
    readonly bookings: Bookings;
    readonly callbacks: Callbacks;
    readonly personalData: PersonalData;
  };
  /** Where the messages of one turn that are not understood go, bound like its services. */
  unreadMessages(tx: Transaction, at: Date): UnreadMessages;
  readonly sessions: SessionAdmin;
  readonly register: BookingRegister;
  readonly callbacks: CallbackDesk;
  readonly unread: UnreadDesk;
  readonly activityLog: ActivityLog;
  readonly fanout: Fanout;
  /** A cheap query. Rejects when the database does not answer within three seconds. */
  ready(): Promise<void>;
  /** Waits for what is under way. Nothing may be asked afterwards. */
  close(): Promise<void>;
}

export interface StorageOptions {
  /** `postgres://…`; empty or undefined: the SQLite file `<dataDir>/declic.db`. */
  readonly databaseUrl: string | undefined;
  readonly dataDir: string;
  readonly clock: Clock;
  readonly logger: Logger;
}

const ANSWER_WITHIN_MS = 3_000;

async function isAnswering(database: SqlDatabase): Promise<void> {
  const { promise: late, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(
    () => reject(new AppError('STORAGE_FAILED', 'No answer in time.')),
    ANSWER_WITHIN_MS,
  );
  try {
    await Promise.race([checkAnswers(database.reader), late]);
  } finally {
    clearTimeout(timer);
  }
}

function assemble(database: SqlDatabase, fanout: Fanout): Storage {
  const seats = holdSeats(database.kind);
  return {
    kind: database.kind,
    turns: createTurnStore(database),
    services(tx, at) {
      const { db, conversation } = opened(tx);
      const context = { db, at, holdSeats: seats, conversation };
      return {
        bookings: createBookings(context),
        callbacks: createCallbacks(db, at),
        personalData: createPersonalData(context),
      };
    },
    unreadMessages: (tx, at) => createUnreadMessages(opened(tx), database.kind, at),
    sessions: createSessionAdmin(database),
    register: createBookingRegister(database),
    callbacks: createCallbackDesk(database),
    unread: createUnreadDesk(database),
    activityLog: createActivityLog(database),
    fanout,
    ready: () => isAnswering(database),
    async close() {
      await fanout.close();
      await database.close();
    },
  };
}

async function openOnPostgres(databaseUrl: string, logger: Logger): Promise<Storage> {
  const database = await openPostgres(databaseUrl, logger);
  try {
    return assemble(database, await createPostgresFanout(databaseUrl, database.writer, logger));
  } catch (error) {
    await database.close();
    throw error;
  }
}

/** Opens the database, creating or migrating it first. Rejects with `STORAGE_FAILED`. */
export async function openStorage(options: StorageOptions): Promise<Storage> {
  const { databaseUrl, dataDir, logger } = options;
  if (databaseUrl === undefined || databaseUrl === '') {
    return assemble(await openSqlite(dataDir), createLocalFanout(logger));
  }
  if (!/^postgres(ql)?:\/\//.test(databaseUrl)) {
    // Never the address itself: it may hold a password.
    throw new AppError('CONFIG_INVALID', 'DATABASE_URL must begin with postgres://.');
  }
  return openOnPostgres(databaseUrl, logger);
}
