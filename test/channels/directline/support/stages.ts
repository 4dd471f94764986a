import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Assistant, Incoming, Outgoing } from '#conversation/message.ts';
import type { ActivityLog, Fanout } from '#shared/activity-log.ts';
import type { Clock } from '#shared/clock.ts';
import { silentLogger } from '#shared/logger.ts';
import type { Transaction } from '#shared/transaction.ts';
import { openStorage, type Storage } from '#storage/open-storage.ts';
import { emptyPostgres } from '#test/storage/databases.ts';
import { createMemoryFanout, createMemoryLog } from './memory-log.ts';

/** What the assistant of a test answers; throwing is being broken. */
export type Script = (incoming: Incoming) => Promise<readonly Outgoing[]>;

/** Where an endpoint keeps its conversations during a test. */
export interface Stage {
  readonly log: ActivityLog;
  readonly fanout: Fanout;
  /** An assistant that answers after the script, one turn a transaction, each activity once. */
  createAssistant(script: Script): Assistant;
  /** Forgets what a user has said, inside the turn that runs. */
  erase(userId: string): Promise<void>;
  close(): Promise<void>;
}

export interface StageKind {
  readonly name: string;
  open(clock: Clock): Promise<Stage>;
}

const inMemory: StageKind = {
  name: 'in memory',
  async open() {
    const fanout = createMemoryFanout();
    const recorded = new Map<string, readonly Outgoing[]>();
    const log = createMemoryLog();
    return {
      log,
      erase: (userId) => log.forgetUser(userId),
      fanout,
      createAssistant: (script) => ({
        async handle(incoming, record) {
          const key = JSON.stringify([incoming.conversationId, incoming.activityId]);
          const before = recorded.get(key);
          if (before) return { replies: before, duplicate: true };
          const replies = await script(incoming);
          recorded.set(key, replies);
          await record?.({ kind: 'transaction' }, replies);
          return { replies, duplicate: false };
        },
      }),
      close: () => fanout.close(),
    };
  },
};

/** Over the real storage: a turn is a transaction. */
function overStorage(storage: Storage, clock: Clock, remove: () => Promise<void>): Stage {
  let running: Transaction | undefined;
  return {
    log: storage.activityLog,
    fanout: storage.fanout,
    erase: (userId) => storage.activityLog.forgetUser(userId, running),
    createAssistant: (script) => ({
      handle: (incoming, record) =>
        storage.turns.run({ ...incoming, at: clock.now() }, async (open) => {
          if (open.recorded) return { replies: open.recorded, duplicate: true };
          running = open.tx;
          const replies = await script(incoming);
          await open.save({ version: 1, json: '{}' }, replies);
          await record?.(open.tx, replies);
          return { replies, duplicate: false };
        }),
    }),
    async close() {
      await storage.close();
      await remove();
    },
  };
}

const onSqlite: StageKind = {
  name: 'on SQLite',
  async open(clock) {
    const dataDir = mkdtempSync(join(tmpdir(), 'declic-directline-'));
    const options = { databaseUrl: undefined, dataDir, clock, logger: silentLogger };
    return overStorage(await openStorage(options), clock, async () => {
      rmSync(dataDir, { recursive: true });
    });
  },
};

const onPostgres: StageKind = {
  name: 'on PostgreSQL',
  async open(clock) {
    const { url, drop } = await emptyPostgres();
    const options = { databaseUrl: url, dataDir: '', clock, logger: silentLogger };
    return overStorage(await openStorage(options), clock, drop);
  },
};

export const STAGES: readonly StageKind[] = [inMemory, onSqlite];
/** For what depends on how a database keeps things and brings news of them. */
export const ALL_STAGES: readonly StageKind[] = [...STAGES, onPostgres];
