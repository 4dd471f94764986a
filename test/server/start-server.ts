import type { AddressInfo } from 'node:net';
import { connect } from 'node:net';
import { createServer, type RunningServer, type ServerOptions } from '#server/create-server.ts';
import type { Asset } from '#server/handlers.ts';

/** What the log said, in order. */
export interface LoggedLine {
  readonly level: string;
  readonly fields: Record<string, unknown>;
  readonly message: string;
}

export interface TestServer extends RunningServer {
  readonly url: string;
  readonly port: number;
  readonly log: LoggedLine[];
}

export const PAGE = `<!doctype html><title>Declic</title><style>body{margin:0}</style>
<script>window.ready = true</script><script src="/widget.js"></script>${'<p>Bonjour.</p>'.repeat(50)}`;

export const ASSETS: ReadonlyMap<string, Asset> = new Map([
  ['/', { body: PAGE, contentType: 'text/html; charset=utf-8' }],
  ['/widget.js', { body: 'go();'.repeat(500), contentType: 'text/javascript; charset=utf-8' }],
  ['/logo.png', { body: Buffer.from([1, 2, 3]), contentType: 'image/png', immutable: true }],
]);

/** A real server on a free port of the loopback, with stand-ins where nothing else is given. */
export async function startServer(options: Partial<ServerOptions> = {}): Promise<TestServer> {
  const log: LoggedLine[] = [];
  const write = (level: string) => (fields: object, message: string) =>
    log.push({ level, fields: { ...fields }, message });
  const running = createServer({
    directLine: {
      handle: (_req, res, { remoteAddress }) => void res.end(`direct line for ${remoteAddress}`),
      upgrade: (_req, socket) => void socket.end('HTTP/1.1 426 Upgrade Required\r\n\r\n'),
      close: () => {},
    },
    botMessages: { handle: async (_req, res) => void res.end('{}') },
    calendar: async (token) => ({ status: 200, headers: {}, body: `BEGIN:VCALENDAR ${token}` }),
    assets: ASSETS,
    ready: async () => {},
    logger: {
      debug: write('debug'),
      info: write('info'),
      warn: write('warn'),
      error: write('error'),
    },
    production: false,
    publicUrl: 'http://localhost:3978',
    trustProxy: 0,
    graceMs: 5_000,
    ...options,
  });
  const { port }: AddressInfo = await running.start(0, '127.0.0.1');
  return { ...running, url: `http://127.0.0.1:${port}`, port, log };
}

/** Sends bytes as they are, and answers all that comes back until the server hangs up. */
export function sendRaw(port: number, bytes: string): Promise<string> {
  return new Promise((resolve, reject) => {
    let answer = '';
    const socket = connect(port, '127.0.0.1', () => socket.write(bytes));
    socket.on('data', (chunk) => {
      answer += chunk.toString('latin1');
    });
    socket.on('error', reject);
    socket.on('close', () => resolve(answer));
  });
}
