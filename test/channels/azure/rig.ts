import { createServer, type IncomingMessage, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type BotMessagesOptions, createBotMessages } from '#channels/azure/create-bot-messages.ts';
import type { Assistant, Incoming, Outgoing } from '#conversation/message.ts';

export interface Listening {
  readonly url: string;
  readonly port: number;
  close(): Promise<void>;
}

/** A server on a free port of the loopback. */
export async function listen(listener: RequestListener): Promise<Listening> {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    port,
    url: `http://127.0.0.1:${port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

export async function readBody(req: IncomingMessage): Promise<string> {
  let body = '';
  for await (const chunk of req) body += chunk;
  return body;
}

export interface Posted {
  readonly method: string;
  readonly path: string;
  readonly authorization: string | undefined;
  readonly activity: Record<string, unknown>;
}

/** A stand-in for the connector of a channel: keeps what it is sent, answers what it is told to. */
export async function startConnector() {
  const posted: Posted[] = [];
  let respond = async (_index: number): Promise<number> => 200;
  let count = 0;
  const listening = await listen(async (req, res) => {
    const activity = JSON.parse(await readBody(req)) as Record<string, unknown>;
    const status = await respond(count++);
    if (status === 200) {
      const { method = '', url: path = '' } = req;
      posted.push({ method, path, authorization: req.headers.authorization, activity });
    }
    res.writeHead(status, { 'Content-Type': 'application/json' });
    res.end(status === 200 ? '{"id":"sent"}' : '{"error":{"code":"ServiceError"}}');
  });
  return {
    ...listening,
    posted,
    texts: () => posted.map(({ activity }) => activity.text),
    /** Decides the status of each call from now on, counted from 0. */
    respondWith(decide: (index: number) => number | Promise<number>) {
      count = 0;
      respond = async (index) => decide(index);
    },
  };
}

export const say = (text: string): Outgoing => ({ key: 'test:said', text, locale: 'fr' });

/** An assistant that echoes in two messages, and knows an activity when it sees it again. */
export function fakeAssistant() {
  const heard: Incoming[] = [];
  const recorded = new Map<string, readonly Outgoing[]>();
  const assistant: Assistant = {
    async handle(incoming) {
      const key = `${incoming.conversationId} ${incoming.activityId}`;
      const known = recorded.get(key);
      if (known) return { replies: known, duplicate: true };
      heard.push(incoming);
      const replies = [say(`J’ai lu : ${incoming.text}`), say(`Et de ${heard.length}.`)];
      recorded.set(key, replies);
      return { replies, duplicate: false };
    },
  };
  return { assistant, heard };
}

interface LoggedLine {
  readonly level: string;
  readonly fields: Record<string, unknown>;
  readonly message: string;
}

/** The endpoint in a server of its own, with stand-ins where nothing else is given. */
export async function startBot(options: Partial<BotMessagesOptions> = {}) {
  const log: LoggedLine[] = [];
  const write = (level: string) => (fields: object, message: string) =>
    log.push({ level, fields: { ...fields }, message });
  const { assistant, heard } = fakeAssistant();
  const bot = createBotMessages({
    assistant,
    logger: {
      debug: write('debug'),
      info: write('info'),
      warn: write('warn'),
      error: write('error'),
    },
    clock: { now: () => new Date() },
    production: false,
    apology: (locale) => `Pardon (${locale}).`,
    ...options,
  });
  const listening = await listen((req, res) => void bot.handle(req, res));
  const send = (body: string | object, headers: Record<string, string> = {}) =>
    fetch(`${listening.url}/api/messages`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', ...headers },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    });
  return {
    ...listening,
    log,
    heard,
    send,
    errors: () => log.filter(({ level }) => level === 'error'),
  };
}

export type TestBot = Awaited<ReturnType<typeof startBot>>;
export type TestConnector = Awaited<ReturnType<typeof startConnector>>;

/** A message as a channel sends it. */
export function message(more: Record<string, unknown> = {}) {
  return {
    type: 'message',
    id: 'activity-1',
    channelId: 'emulator',
    serviceUrl: 'http://127.0.0.1:9',
    timestamp: '2026-01-06T09:00:00.000Z',
    conversation: { id: 'conversation-1' },
    from: { id: 'person-1', name: 'Awa' },
    recipient: { id: 'bot-1', name: 'Declic' },
    locale: 'fr-FR',
    text: 'bonjour',
    ...more,
  };
}

export async function errorOf(answer: Response) {
  const { error } = (await answer.json()) as { error: { code: string; message: string } };
  return error;
}
