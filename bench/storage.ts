/**
 * Durable turns a second on SQLite, against a bare better-sqlite3 loop that does the same four
 * statements in the same number of durable transactions, in the same run. Then on PostgreSQL.
 *
 *     npx node bench/storage.ts [turns]
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import type { Outgoing } from '#conversation/message.ts';
import { systemClock } from '#shared/clock.ts';
import { silentLogger } from '#shared/logger.ts';
import { openStorage, type Storage } from '#storage/open-storage.ts';
import { startPostgres } from '#test/storage/embedded-postgres.ts';

const TURNS = Number(process.argv[2] ?? 10_000);
const CONVERSATIONS = 50;
const ROUNDS = 3;

const STATE = JSON.stringify({ said: 'x'.repeat(1_200) });
const REPLIES: Outgoing[] = [1, 2].map((n) => ({
  key: `bench:reply-${n}`,
  text: 'y'.repeat(300),
  locale: 'fr',
}));

const rate = (started: number): number => (TURNS / (performance.now() - started)) * 1_000;

function openBare(file: string): Database.Database {
  const db = new Database(file);
  for (const pragma of ['journal_mode = WAL', 'synchronous = FULL', 'secure_delete = ON']) {
    db.pragma(pragma);
  }
  db.exec(`
    create table conversations (id integer primary key, key text unique, state text, at integer);
    create table handled (conversation integer, activity text, replies text, at integer,
      primary key (conversation, activity));`);
  const insert = db.prepare('insert into conversations (key, at) values (?, 0)');
  for (let n = 0; n < CONVERSATIONS; n += 1) insert.run(`bench-${n}`);
  return db;
}

function bareLoop(dataDir: string, round: number): number {
  const db = openBare(join(dataDir, `bare-${round}.db`));
  const find = db.prepare<[string], { id: number }>(
    'select id, state from conversations where key = ?',
  );
  const handled = db.prepare('select replies from handled where conversation = ? and activity = ?');
  const save = db.prepare('update conversations set state = ?, at = ? where id = ?');
  const record = db.prepare('insert into handled values (?, ?, ?, ?)');
  const turn = db.transaction((n: number) => {
    const { id } = find.get(`bench-${n % CONVERSATIONS}`) ?? { id: 0 };
    handled.get(id, `a-${n}`);
    save.run(STATE, n, id);
    record.run(id, `a-${n}`, JSON.stringify(REPLIES), n);
  });
  const started = performance.now();
  for (let n = 0; n < TURNS; n += 1) turn.immediate(n);
  const result = rate(started);
  db.close();
  return result;
}

async function oneConversation(storage: Storage, round: number, number: number): Promise<void> {
  for (let n = number; n < TURNS; n += CONVERSATIONS) {
    const turn = {
      channel: 'directline',
      conversationId: `bench-${round}-${number}`,
      userId: `user-${round}-${number}`,
      activityId: `a-${n}`,
      at: new Date(n),
    };
    await storage.turns.run(turn, (open) => open.save({ version: 1, json: STATE }, REPLIES));
  }
}

async function turns(storage: Storage, round: number): Promise<number> {
  const started = performance.now();
  const numbers = Array.from({ length: CONVERSATIONS }, (_, number) => number);
  await Promise.all(numbers.map((number) => oneConversation(storage, round, number)));
  return rate(started);
}

const open = (databaseUrl: string | undefined, dataDir: string): Promise<Storage> =>
  openStorage({ databaseUrl, dataDir, clock: systemClock, logger: silentLogger });

async function benchSqlite(dataDir: string): Promise<void> {
  const storage = await open(undefined, dataDir);
  const ratios: number[] = [];
  for (let round = 1; round <= ROUNDS; round += 1) {
    const bare = bareLoop(dataDir, round);
    const ours = await turns(storage, round);
    ratios.push(ours / bare);
    console.log(
      `SQLite round ${round}: ${ours.toFixed(0)} turns/s, bare loop ${bare.toFixed(0)}/s, ` +
        `ratio ${(ours / bare).toFixed(2)}`,
    );
  }
  await storage.close();
  const median = ratios.sort((a, b) => a - b)[Math.floor(ROUNDS / 2)] ?? 0;
  console.log(`SQLite ratio, median of ${ROUNDS}: ${median.toFixed(2)}`);
}

async function benchPostgres(): Promise<void> {
  const server = await startPostgres();
  const storage = await open(server.urlOf('postgres'), '');
  for (let round = 1; round <= ROUNDS; round += 1) {
    console.log(`PostgreSQL round ${round}: ${(await turns(storage, round)).toFixed(0)} turns/s`);
  }
  await storage.close();
  await server.stop();
}

const dataDir = mkdtempSync(join(tmpdir(), 'declic-bench-'));
try {
  await benchSqlite(dataDir);
  await benchPostgres();
} finally {
  rmSync(dataDir, { recursive: true });
}
