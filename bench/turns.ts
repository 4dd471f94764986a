import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { START } from '#test/support/service.ts';

/**
 * Whole turns of the service (recognition, dialog, durable database, botbuilder) against a bare
 * botbuilder echo bot: same machine, same client, same run. `npm run bench:turns`.
 * `DATABASE_URL` measures PostgreSQL instead of SQLite.
 */
const PEOPLE = 50;
const SECONDS = 8;
const ROUNDS = 3;

/** What each person goes through, over and over: words and buttons, as in life. */
const WORDS = [
  'bonjour',
  'c pa pour moi jai pas le bac',
  "c'est payant ?",
  'je peux participer ?',
  'je suis au chomage',
  "j'ai 34 ans",
  'a Lille',
  'oui',
  'les dates svp',
  'je veux mon inscription',
  'c est en ligne ou sur place',
  'menu',
];

const agent = new Agent({ keepAlive: true, maxSockets: PEOPLE });

const echo = await start(['bench/echo-bot.ts'], {}, /^(\d+)$/m);
const dataDir = mkdtempSync(join(tmpdir(), 'declic-bench-'));
const port = await freePort();
const began = performance.now();
const declic = await start(
  START,
  {
    PORT: String(port),
    DATA_DIR: dataDir,
    LOG_LEVEL: 'error',
    DATABASE_URL: process.env.DATABASE_URL ?? '',
  },
  /is running/,
);
await post(port, activity('first', 0));
const firstAnswer = performance.now() - began;

const echoPort = Number(echo.printed.match(/\d+/)?.[0]);
await drive(echoPort, 2);
await drive(port, 2);
const rounds: { echo: Result; declic: Result }[] = [];
for (let round = 0; round < ROUNDS; round += 1) {
  rounds.push({ echo: await drive(echoPort, SECONDS), declic: await drive(port, SECONDS) });
}

console.log(`\n${PEOPLE} people at once, ${SECONDS} s a measurement, ${ROUNDS} rounds\n`);
console.log('round   echo turns/s   declic turns/s   ratio   declic p50 ms   p99 ms   errors');
for (const [index, { echo: base, declic: ours }] of rounds.entries()) {
  const cells = [
    String(index + 1).padEnd(6),
    base.perSecond.toFixed(0).padStart(14),
    ours.perSecond.toFixed(0).padStart(16),
    (ours.perSecond / base.perSecond).toFixed(2).padStart(7),
    ours.p50.toFixed(1).padStart(15),
    ours.p99.toFixed(1).padStart(8),
    String(ours.errors).padStart(8),
  ];
  console.log(cells.join(' '));
}
const ratios = rounds.map((it) => it.declic.perSecond / it.echo.perSecond).sort((a, b) => a - b);
console.log(
  `\nmedian ratio        ${ratios[Math.floor(ratios.length / 2)]?.toFixed(2)} (aim: 0.30)`,
);
console.log(`start to 1st answer ${(firstAnswer / 1000).toFixed(2)} s (aim: 2 s)`);
console.log(`memory after load   ${memoryOf(declic.child)} MB (aim: 250 MB)`);

echo.child.kill();
declic.child.kill();
agent.destroy();
rmSync(dataDir, { recursive: true, force: true });

interface Result {
  readonly perSecond: number;
  readonly p50: number;
  readonly p99: number;
  readonly errors: number;
}

/** Every person sends the next message as soon as the last was answered. */
async function drive(to: number, seconds: number): Promise<Result> {
  const end = performance.now() + seconds * 1000;
  const times: number[] = [];
  let errors = 0;
  const run = `${Math.random()}`;
  await Promise.all(
    Array.from({ length: PEOPLE }, async (_, person) => {
      for (let turn = 0; performance.now() < end; turn += 1) {
        const sent = performance.now();
        const status = await post(to, activity(`${run}-${person}`, turn));
        times.push(performance.now() - sent);
        if (status !== 200) errors += 1;
      }
    }),
  );
  times.sort((a, b) => a - b);
  const at = (share: number): number => times[Math.floor(times.length * share)] ?? 0;
  return { perSecond: times.length / seconds, p50: at(0.5), p99: at(0.99), errors };
}

function activity(person: string, turn: number): string {
  return JSON.stringify({
    type: 'message',
    id: `${person}-${turn}`,
    text: WORDS[turn % WORDS.length],
    locale: 'fr-FR',
    from: { id: `user-${person}` },
    recipient: { id: 'bot' },
    conversation: { id: `conversation-${person}` },
    channelId: 'emulator',
    serviceUrl: 'http://localhost:1',
    deliveryMode: 'expectReplies',
  });
}

function post(to: number, body: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const headers = {
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(body),
    };
    const sent = request(
      { port: to, host: '127.0.0.1', path: '/api/messages', method: 'POST', agent, headers },
      (response) => {
        response.resume();
        response.on('end', () => resolve(response.statusCode ?? 0));
      },
    );
    sent.on('error', reject);
    sent.end(body);
  });
}

async function start(
  args: readonly string[],
  env: Readonly<Record<string, string>>,
  ready: RegExp,
): Promise<{ child: ChildProcess; printed: string }> {
  const child = spawn(process.execPath, args, {
    env: { PATH: process.env.PATH ?? '', ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let printed = '';
  for await (const chunk of child.stdout ?? []) {
    printed += String(chunk);
    if (ready.test(printed)) break;
  }
  return { child, printed };
}

/** Resident memory, as the kernel counts it. */
function memoryOf(child: ChildProcess): string {
  const status = readFileSync(`/proc/${child.pid}/status`, 'utf8');
  return (Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024).toFixed(0);
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, () => resolve()));
  const address = server.address();
  server.close();
  return typeof address === 'object' && address !== null ? address.port : 0;
}
