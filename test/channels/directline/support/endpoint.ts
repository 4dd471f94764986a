import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  createDirectLine,
  type DirectLine,
  type DirectLineOptions,
} from '#channels/directline/direct-line.ts';
import type { Incoming, Outgoing } from '#conversation/message.ts';
import type { Clock } from '#shared/clock.ts';
import type { Logger } from '#shared/logger.ts';
import { type Asked, ask, type Heard } from './ask.ts';
import { type OpenStream, openStream } from './open-stream.ts';
import type { Script, Stage, StageKind } from './stages.ts';

export const SECRET = 'a-secret-that-only-the-site-knows-0123456789';
export const SITE = 'https://site.example';
export const SIGNING_KEY = new Uint8Array(32).map((_, at) => at * 7 + 1);

/** A clock that stands still until it is told to move. */
export interface TestClock extends Clock {
  advance(milliseconds: number): void;
}

export function createTestClock(): TestClock {
  let time = Date.UTC(2026, 10, 24, 9);
  return {
    now: () => new Date(time),
    advance(milliseconds) {
      time += milliseconds;
    },
  };
}

export const say = (text: string, more: Partial<Outgoing> = {}): Outgoing => ({
  key: 'test:said',
  text,
  locale: 'fr',
  ...more,
});

/** Greets at the start, and repeats what it hears. */
export const echo: Script = async ({ kind, text }) => [
  kind === 'start' ? say('Bienvenue.') : say(`Vous dites : ${text}`),
];

/** An endpoint behind a real HTTP server of its own, with what tests need at hand. */
export interface Endpoint {
  readonly root: string;
  readonly stage: Stage;
  readonly clock: TestClock;
  readonly handled: Incoming[];
  readonly logged: { readonly level: string; readonly fields: object; readonly message: string }[];
  /** The paths that were asked for, all of them. */
  requests(): readonly string[];
  /** What the assistant answers from now on. */
  script: Script;
  directLine: DirectLine;
  ask(path: string, asked?: Asked): Promise<Heard>;
  /** A token made with the secret. */
  generate(body?: object): Promise<{ conversationId: string; token: string }>;
  /** A conversation that has been greeted, and its token. */
  converse(body?: object): Promise<Conversing>;
  stream(url: string, headers?: Record<string, string>): Promise<OpenStream>;
  /** As if the process had been started again over the same storage. */
  restart(): Promise<void>;
  stop(): Promise<void>;
}

export interface Conversing {
  readonly conversationId: string;
  readonly token: string;
  readonly streamUrl: string;
  readonly path: string;
  post(text: string, more?: object): Promise<Heard>;
  read(watermark?: string): Promise<Heard>;
}

export async function startEndpoint(
  kind: StageKind,
  options: Partial<DirectLineOptions> = {},
): Promise<Endpoint> {
  const clock = createTestClock();
  const stage = await kind.open(clock);
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const root = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const base = `${root}/v3/directline`;
  const handled: Incoming[] = [];
  const logged: Endpoint['logged'] = [];
  const streams: OpenStream[] = [];
  const requests: string[] = [];
  server.on('request', ({ url }) => requests.push(String(url)));

  const make = (): DirectLine =>
    createDirectLine({
      assistant: stage.createAssistant(async (incoming) => {
        handled.push(incoming);
        return endpoint.script(incoming);
      }),
      log: stage.log,
      fanout: stage.fanout,
      clock,
      logger: createLogger(logged),
      publicUrl: root,
      secret: SECRET,
      signingKey: SIGNING_KEY,
      allowedOrigins: [SITE],
      ...options,
    });

  const endpoint: Endpoint = {
    root,
    stage,
    clock,
    handled,
    logged,
    requests: () => requests,
    script: echo,
    directLine: undefined as unknown as DirectLine,
    ask: (path, asked) => ask(base + path, asked),
    async generate(body) {
      const asked = { method: 'POST', token: SECRET, body };
      return (await ask(`${base}/tokens/generate`, asked)).json;
    },
    async converse(body) {
      const { token } = await endpoint.generate(body);
      const started = await ask(`${base}/conversations`, { method: 'POST', token });
      await untilGreeted(stage, started.json.conversationId);
      return conversing(endpoint, started.json);
    },
    async stream(url, headers) {
      const stream = await openStream(url, headers);
      streams.push(stream);
      return stream;
    },
    async restart() {
      await endpoint.directLine.close();
      endpoint.directLine = make();
    },
    async stop() {
      for (const stream of streams) stream.socket.terminate();
      await endpoint.directLine.close();
      server.closeAllConnections();
      server.close();
      await stage.close();
    },
  };
  endpoint.directLine = make();
  delegate(server, endpoint);
  return endpoint;
}

function delegate(server: Server, endpoint: Endpoint): void {
  const from = (value: string | string[] | undefined) => ({
    remoteAddress: String(value ?? '127.0.0.1'),
  });
  server.on('request', (request, response) => {
    const context = from(request.headers['x-test-address']);
    void endpoint.directLine.handle(request, response, context);
  });
  server.on('upgrade', (request, socket, head) => {
    const context = from(request.headers['x-test-address']);
    endpoint.directLine.upgrade(request, socket, head, context);
  });
}

function conversing(
  endpoint: Endpoint,
  {
    conversationId,
    token,
    streamUrl,
  }: { conversationId: string; token: string; streamUrl: string },
): Conversing {
  const path = `/conversations/${conversationId}`;
  return {
    conversationId,
    token,
    streamUrl,
    path,
    post(text, more = {}) {
      const body = { type: 'message', from: { id: 'u1' }, text, ...more };
      return endpoint.ask(`${path}/activities`, { method: 'POST', token, body });
    },
    read(watermark) {
      const query = watermark === undefined ? '' : `?watermark=${watermark}`;
      return endpoint.ask(`${path}/activities${query}`, { token });
    },
  };
}

/** The greeting is given in the background: a test that counts messages waits for it first. */
export async function untilGreeted({ log, fanout }: Stage, conversationId: string): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    const look = () => {
      log.lastSeq(conversationId).then((seq) => {
        if (seq === 0) return;
        stop();
        resolve();
      }, reject);
    };
    const stop = fanout.subscribe(conversationId, look);
    look();
  });
}

function createLogger(logged: Endpoint['logged']): Logger {
  const at = (level: string) => (fields: object, message: string) => {
    logged.push({ level, fields, message });
  };
  return { debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') };
}
