import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { silentLogger } from '#shared/logger.ts';
import { openStorage, type Storage, type StorageOptions } from '#storage/open-storage.ts';
import { type PostgresServer, startPostgres } from './embedded-postgres.ts';

/** A database of its own, empty and migrated. */
export interface TestStorage {
  readonly storage: Storage;
  /** How to open it: for a second instance, or after a restart. */
  readonly options: StorageOptions;
  /** Opens it once more, as another instance of the service. Closed with the rest. */
  again(): Promise<Storage>;
  /** Closes every instance and deletes the database. */
  close(): Promise<void>;
}

export const NOW = new Date('2026-01-05T09:00:00.000Z');

const TEMPLATE = 'declic_template';
// Nothing here outlives the tests: not waiting for the disk makes them quick.
const HASTE = ['-c', 'fsync=off', '-c', 'full_page_writes=off'];

let server: Promise<PostgresServer> | undefined;
let counter = 0;

const optionsFor = (databaseUrl: string | undefined, dataDir: string): StorageOptions => ({
  databaseUrl,
  dataDir,
  clock: { now: () => NOW },
  logger: silentLogger,
});

async function startWithTemplate(): Promise<PostgresServer> {
  const started = await startPostgres(HASTE);
  await started.run(`create database ${TEMPLATE}`);
  const storage = await openStorage(optionsFor(started.urlOf(TEMPLATE), ''));
  await storage.close();
  return started;
}

/** The PostgreSQL of this process, started when first asked for. */
export function postgresServer(): Promise<PostgresServer> {
  server ??= startWithTemplate();
  return server;
}

/** Stops it, if it was started. Mocha does it by itself at the end of a run. */
export async function stopPostgres(): Promise<void> {
  const running = server;
  server = undefined;
  await (await running)?.stop();
}

if (typeof after === 'function') after(stopPostgres);

async function openTest(options: StorageOptions, remove: () => unknown): Promise<TestStorage> {
  const instances: Storage[] = [];
  const again = async (): Promise<Storage> => {
    const instance = await openStorage(options);
    instances.push(instance);
    return instance;
  };
  return {
    storage: await again(),
    options,
    again,
    async close() {
      await Promise.all(instances.map((instance) => instance.close()));
      await remove();
    },
  };
}

/** A SQLite file in a temporary folder. */
export async function sqliteStorage(): Promise<TestStorage> {
  const dataDir = mkdtempSync(join(tmpdir(), 'declic-sqlite-'));
  return openTest(optionsFor(undefined, dataDir), () => rmSync(dataDir, { recursive: true }));
}

/** An address of an empty PostgreSQL database, without tables. */
export async function emptyPostgres(): Promise<{ url: string; drop(): Promise<void> }> {
  return newPostgres('');
}

async function newPostgres(origin: string) {
  const running = await postgresServer();
  counter += 1;
  const name = `declic_${process.pid}_${counter}`;
  await running.run(`create database ${name}${origin}`);
  return {
    url: running.urlOf(name),
    drop: () => running.run(`drop database ${name} with (force)`),
  };
}

/** A database of the PostgreSQL that runs for the tests, copied from a migrated one. */
export async function postgresStorage(): Promise<TestStorage> {
  const { url, drop } = await newPostgres(` template ${TEMPLATE}`);
  return openTest(optionsFor(url, ''), drop);
}

/** Every test of the contract runs on each. */
export const DATABASES = [
  { name: 'SQLite', open: sqliteStorage },
  { name: 'PostgreSQL', open: postgresStorage },
] as const;
