import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const ROOT = join(import.meta.dirname, '..', '..');
/** As `npm start` does, but for the settings of whoever works here. */
export const START = (
  JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { scripts: { start: string } }
).scripts.start
  .split(' ')
  .slice(1)
  .filter((word) => !word.startsWith('--env-file'));
const READY_WITHIN_MS = 60_000;

/** A service in a process of its own, as `npm start` runs it, on a data folder of its own. */
export class ServiceProcess {
  readonly port: number;
  readonly dataDir: string;
  readonly #env: Readonly<Record<string, string>>;
  #child: ChildProcess | undefined;
  #output = '';

  private constructor(port: number, dataDir: string, env: Readonly<Record<string, string>>) {
    this.port = port;
    this.dataDir = dataDir;
    this.#env = { LOG_LEVEL: 'error', PORT: String(port), DATA_DIR: dataDir, ...env };
  }

  static async start(env: Readonly<Record<string, string>> = {}): Promise<ServiceProcess> {
    const dataDir = mkdtempSync(join(tmpdir(), 'declic-service-'));
    const service = new ServiceProcess(await freePort(), dataDir, env);
    await service.up();
    return service;
  }

  get url(): string {
    return `http://localhost:${this.port}`;
  }

  /** What it printed so far. */
  get output(): string {
    return this.#output;
  }

  /** Starts it (again) on the same data and port, and waits until it answers. */
  async up(): Promise<void> {
    const child = spawn(process.execPath, START, {
      cwd: ROOT,
      env: { PATH: process.env.PATH ?? '', ...this.#env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.#child = child;
    const keep = (chunk: Buffer): void => {
      this.#output += chunk.toString();
    };
    child.stdout?.on('data', keep);
    child.stderr?.on('data', keep);
    const end = Date.now() + READY_WITHIN_MS;
    while (!(await this.#answers())) {
      if (child.exitCode !== null) throw new Error(`The service stopped: ${this.#output}`);
      if (Date.now() > end) throw new Error(`The service does not answer: ${this.#output}`);
      await pause(50);
    }
  }

  async #answers(): Promise<boolean> {
    return fetch(`${this.url}/readyz`).then(
      (response) => response.ok,
      () => false,
    );
  }

  /** Ends the process and waits until it is gone. SIGKILL leaves it no time for anything. */
  async down(signal: 'SIGTERM' | 'SIGKILL' = 'SIGTERM'): Promise<number | null> {
    const child = this.#child;
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return null;
    const gone = new Promise<number | null>((resolve) => child.once('exit', resolve));
    child.kill(signal);
    return gone;
  }

  /** The team's command on the same data: `declic('bookings', 'list')`, parsed from its JSON. */
  async declic<T>(...args: readonly string[]): Promise<T> {
    const run = promisify(execFile);
    const { stdout } = await run(process.execPath, ['src/cli/declic.ts', ...args, '--json'], {
      cwd: ROOT,
      maxBuffer: 512 * 1024 * 1024,
      env: { PATH: process.env.PATH ?? '', ...this.#env },
    });
    return JSON.parse(stdout) as T;
  }

  async remove(): Promise<void> {
    await this.down();
    rmSync(this.dataDir, { recursive: true, force: true });
  }
}

/** A booking as the team's command lists it. */
export interface ListedBooking {
  readonly id: string;
  readonly session: string;
  readonly status: 'booked' | 'waiting' | 'cancelled';
  readonly rank?: number | null;
}

export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, () => resolve()));
  const address = server.address();
  await new Promise<void>((resolve) => server.close(() => resolve()));
  return typeof address === 'object' && address !== null ? address.port : 0;
}

export const pause = (ms: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, ms));
