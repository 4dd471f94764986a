import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Assistant, Incoming, Outgoing } from '#conversation/message.ts';
import type { ActivityLog, Fanout } from '#shared/activity-log.ts';
import type { Clock } from '#shared/clock.ts';
import { silentLogger } from '#shared/logger.ts';
import { openStorage } from '#storage/open-storage.ts';
import { createMemoryFanout, createMemoryLog } from './memory-log.ts';

/** What the assistant of a test answers; throwing is being broken. */
export type Script = (incoming: Incoming) => Promise<readonly Outgoing[]>;

/** Where an endpoint keeps its conversations during a test. */
export interface Stage {
  readonly log: ActivityLog;
  readonly fanout: Fanout;
  /** An assistant that answers after the script, one turn a transaction, each activity once. */
  createAssistant(script: Script): Assistant;
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
    return {
      log: createMemoryLog(),
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

const onSqlite: StageKind = {
  name: 'on SQLite',
  async open(clock) {
    const dataDir = mkdtempSync(join(tmpdir(), 'declic-directline-'));
    const storage = await openStorage({
      databaseUrl: undefined,
      dataDir,
      clock,
      logger: silentLogger,
    });
    return {
      log: storage.activityLog,
      fanout: storage.fanout,
      createAssistant: (script) => ({
        handle: (incoming, record) =>
          storage.turns.run({ ...incoming, at: clock.now() }, async (open) => {
            if (open.recorded) return { replies: open.recorded, duplicate: true };
            const replies = await script(incoming);
            await open.save({ version: 1, json: '{}' }, replies);
            await record?.(open.tx, replies);
            return { replies, duplicate: false };
          }),
      }),
      async close() {
        await storage.close();
        rmSync(dataDir, { recursive: true });
      },
    };
  },
};

export const STAGES: readonly StageKind[] = [inMemory, onSqlite];
