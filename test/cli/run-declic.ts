import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const DECLIC = fileURLToPath(new URL('../../src/cli/declic.ts', import.meta.url));

export interface Run {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** Runs the team's tool as a process of its own, on a data directory. */
export const runDeclic = (dataDir: string, ...words: string[]): Promise<Run> =>
  runCommand(DECLIC, dataDir, words);

/** Runs a command of ours as a process of its own, with no settings but those given. */
export function runCommand(
  file: string,
  dataDir: string,
  words: readonly string[],
  settings: Readonly<Record<string, string>> = {},
  input = '',
): Promise<Run> {
  const { promise, resolve, reject } = Promise.withResolvers<Run>();
  const { PATH, HOME } = process.env;
  const child = spawn(process.execPath, [file, ...words], {
    env: { PATH, HOME, DATA_DIR: dataDir, TZ: 'UTC', ...settings },
  });
  let out = '';
  let err = '';
  child.stdout.setEncoding('utf8').on('data', (text) => {
    out += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text) => {
    err += text;
  });
  child.stdin.end(input);
  child.on('error', reject).on('close', (code) => resolve({ code, out, err }));
  return promise;
}

/** A directory for the time of the work. */
export async function inTemporaryDirectory<T>(work: (directory: string) => Promise<T>): Promise<T> {
  const directory = await mkdtemp(join(tmpdir(), 'declic-'));
  try {
    return await work(directory);
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}
