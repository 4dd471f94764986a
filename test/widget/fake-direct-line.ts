import { randomUUID } from 'node:crypto';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import type { WebSocket } from 'ws';
import { WebSocketServer } from 'ws';
import type { WidgetAssets } from '#widget/build.ts';

export type Activity = Record<string, unknown>;
/** What the bot answers to an activity of the person. */
export type Script = (activity: Activity) => readonly Activity[];
export type Route =
  | 'asset'
  | 'generate'
  | 'start'
  | 'refresh'
  | 'reconnect'
  | 'activities'
  | 'post';

interface Conversation {
  readonly id: string;
  readonly userId: string;
  readonly log: Activity[];
  readonly sockets: Set<WebSocket>;
}

interface Fault {
  readonly status: number | 'cut';
  readonly headers: Readonly<Record<string, string>>;
  /** Runs the call and only then fails: the answer is lost on the way. */
  readonly afterwards: boolean;
}

export interface Call {
  readonly route: Route;
  readonly path: string;
  readonly watermark: string | null;
  readonly body: Activity;
  readonly headers: IncomingMessage['headers'];
}

export interface FakeOptions {
  readonly assets: WidgetAssets;
  readonly script?: Script;
  readonly welcome?: readonly Activity[];
  /** More pages of the site, as HTML by path. */
  readonly pages?: Readonly<Record<string, string>>;
  readonly styles?: Readonly<Record<string, string>>;
  /** False: pages come without a security policy. */
  readonly policy?: boolean;
  /** Seconds; 1800 unless told. */
  readonly expiresIn?: number;
  readonly socketsRefused?: boolean;
}

/** The policy that the widget promises to work under. */
export const strictPolicy = (host: string): string =>
  [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self'",
    `connect-src 'self' ws://${host}`,
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ');

const readBody = async (request: IncomingMessage): Promise<Activity> => {
  let text = '';
  for await (const chunk of request) text += chunk;
  return text ? (JSON.parse(text) as Activity) : {};
};

/** A Direct Line server that does what a test tells it: restarts, cuts lines, loses answers, expires tokens. */
export class FakeDirectLine {
  readonly calls: Call[] = [];
  readonly conversations: Conversation[] = [];
  welcome: readonly Activity[];
  script: Script;
  /** Sockets are answered with 503. */
  socketsRefused: boolean;
  /** Sockets stay open, and nothing comes through. */
  socketsDead = false;
  readonly #options: FakeOptions;
  readonly #faults = new Map<Route, Fault[]>();
  readonly #gates = new Map<Route, Promise<void>>();
  #tokens = new Map<string, string>();
  #server: Server | undefined;
  #connections = new Set<Socket>();
  #port = 0;

  static async start(options: FakeOptions): Promise<FakeDirectLine> {
    const fake = new FakeDirectLine(options);
    await fake.listen();
    return fake;
  }

  constructor(options: FakeOptions) {
    this.#options = options;
    this.welcome = options.welcome ?? [];
    this.script = options.script ?? (() => []);
    this.socketsRefused = options.socketsRefused ?? false;
  }

  get host(): string {
    return `127.0.0.1:${this.#port}`;
  }

  get url(): string {
    return `http://${this.host}`;
  }

  /** The last conversation begun. */
  get conversation(): Conversation {
    const last = this.conversations[this.conversations.length - 1];
    if (!last) throw new Error('no conversation was begun');
    return last;
  }

  /** The texts of the person that the server took, in order. */
  get heard(): readonly unknown[] {
    return this.conversations.flatMap(({ log }) =>
      log.filter(({ role }) => role === 'user').map(({ activity }) => (activity as Activity).text),
    );
  }

  called(route: Route): readonly Call[] {
    return this.calls.filter((call) => call.route === route);
  }

  async listen(): Promise<void> {
    const server = createServer((request, response) => {
      this.#answer(request, response).catch((error: unknown) => {
        console.error(error);
        response.destroy();
      });
    });
    const sockets = new WebSocketServer({ noServer: true });
    server.on('connection', (socket) => {
      this.#connections.add(socket);
      socket.on('close', () => this.#connections.delete(socket));
    });
    server.on('upgrade', (request, socket, head) => {
      const found = this.conversations.find(({ id }) => request.url?.includes(`/${id}/stream`));
      if (!found || this.socketsRefused) {
        socket.end('HTTP/1.1 503 Service Unavailable\r\nconnection: close\r\n\r\n');
        return;
      }
      sockets.handleUpgrade(request, socket, head, (opened) =>
        this.#stream(found, opened, request),
      );
    });
    this.#server = server;
    await new Promise<void>((resolve) => server.listen(this.#port, '127.0.0.1', resolve));
    this.#port = (server.address() as AddressInfo).port;
  }

  /** Goes down at once, with every line; conversations are kept, as on a disk. */
  async down(): Promise<void> {
    for (const { sockets } of this.conversations) sockets.clear();
    const closed = new Promise<void>(
      (resolve) => this.#server?.close(() => resolve()) ?? resolve(),
    );
    for (const socket of this.#connections) socket.destroy();
    await closed;
  }

  dropSockets(): void {
    for (const { sockets } of this.conversations) {
      for (const socket of sockets) socket.terminate();
      sockets.clear();
    }
  }

  /** The next `times` calls of this route fail like this. */
  fail(route: Route, status: Fault['status'], times = 1, more: Partial<Fault> = {}): void {
    const fault = { status, headers: {}, afterwards: false, ...more };
    const faults = this.#faults.get(route) ?? [];
    this.#faults.set(route, [...faults, ...Array.from({ length: times }, () => fault)]);
  }

  /** The faults of this route that have not happened yet will not. */
  mend(route: Route): void {
    this.#faults.delete(route);
  }

  /** Calls of this route wait until the function given back is called. */
  hold(route: Route): () => void {
    let release: () => void = () => {};
    const gate = new Promise<void>((resolve) => {
      release = () => {
        this.#gates.delete(route);
        resolve();
      };
    });
    this.#gates.set(route, gate);
    return release;
  }

  expireTokens(): void {
    this.#tokens = new Map();
  }

  forget(): void {
    this.dropSockets();
    this.conversations.length = 0;
  }

  /** The bot says something of its own accord, in the last conversation. */
  say(...activities: readonly Activity[]): void {
    for (const activity of activities) this.#append(this.conversation, 'bot', activity);
  }

  /** Puts a frame on the line as it is. */
  frame(text: string): void {
    for (const socket of this.conversation.sockets) socket.send(text);
  }

  #stream(conversation: Conversation, socket: WebSocket, request: IncomingMessage): void {
    const from = Number(new URL(request.url ?? '', this.url).searchParams.get('watermark') ?? 0);
    conversation.sockets.add(socket);
    socket.on('close', () => conversation.sockets.delete(socket));
    if (conversation.log.length > from) this.#send(conversation, socket, from);
  }

  #send(conversation: Conversation, socket: WebSocket, from: number): void {
    if (this.socketsDead) return;
    socket.send(JSON.stringify(this.#page(conversation, from)));
  }

  #page(conversation: Conversation, from: number): Activity {
    const activities = conversation.log.slice(from).map(({ activity }) => activity);
    return { activities, watermark: String(conversation.log.length) };
  }

  #append(conversation: Conversation, role: 'bot' | 'user', activity: Activity): string {
    const { log } = conversation;
    const id = `${conversation.id}|${String(log.length + 1).padStart(7, '0')}`;
    const whole: Activity = {
      type: 'message',
      id,
      timestamp: new Date(Date.now() + log.length).toISOString(),
      channelId: 'directline',
      conversation: { id: conversation.id },
      from:
        role === 'bot' ? { id: 'declic', name: 'Déclic', role } : { id: conversation.userId, role },
      ...(role === 'bot' && { locale: 'fr' }),
      ...activity,
    };
    if (whole.type === 'typing') {
      for (const socket of conversation.sockets) {
        socket.send(JSON.stringify({ activities: [whole], watermark: String(log.length) }));
      }
      return id;
    }
    log.push({ role, activity: whole });
    for (const socket of conversation.sockets) this.#send(conversation, socket, log.length - 1);
    return id;
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', this.url);
    const body = await readBody(request);
    response.setHeader('access-control-allow-origin', request.headers.origin ?? '*');
    response.setHeader('access-control-allow-headers', 'authorization, content-type');
    if (request.method === 'OPTIONS') {
      response.writeHead(204).end();
      return;
    }
    const [route, id] = this.#route(request.method ?? '', url.pathname);
    this.calls.push({
      route,
      path: url.pathname,
      watermark: url.searchParams.get('watermark'),
      body,
      headers: request.headers,
    });
    await this.#gates.get(route);
    const fault = this.#faults.get(route)?.shift();
    if (fault && !fault.afterwards) return this.#breakOff(response, fault);
    const answer = route === 'asset' ? undefined : this.#directLine(route, id, url, body, request);
    if (fault) return this.#breakOff(response, fault);
    if (answer) {
      response.writeHead(answer.status, {
        'content-type': 'application/json',
        'cache-control': 'no-store',
      });
      response.end(JSON.stringify(answer.body));
    } else this.#asset(response, url.pathname);
  }

  #route(method: string, path: string): [Route, string] {
    const parts = path.replace('/v3/directline', '').split('/');
    if (!path.startsWith('/v3/directline')) return ['asset', ''];
    if (parts[1] === 'tokens') return [parts[2] === 'generate' ? 'generate' : 'refresh', ''];
    const id = decodeURIComponent(parts[2] ?? '');
    if (!id) return ['start', ''];
    if (parts[3] === 'activities') return [method === 'POST' ? 'post' : 'activities', id];
    return ['reconnect', id];
  }

  #breakOff(response: ServerResponse, { status, headers }: Fault): void {
    if (status === 'cut') {
      response.destroy();
      return;
    }
    response.writeHead(status, { 'content-type': 'application/json', ...headers });
    response.end(JSON.stringify({ error: { code: 'Fault', message: 'as the test wants' } }));
  }

  #directLine(route: Route, id: string, url: URL, body: Activity, request: IncomingMessage) {
    if (route === 'generate') return this.#generate(body);
    const token = request.headers.authorization?.replace('Bearer ', '') ?? '';
    const owner = this.#tokens.get(token);
    if (!owner) return { status: 403, body: { error: { code: 'TokenExpired', message: '' } } };
    if (route === 'refresh') return { status: 200, body: this.#grant(owner) };
    const conversation = this.conversations.find((known) => known.id === owner);
    if (route === 'start') return this.#begin(owner, body);
    if (!conversation || id !== owner)
      return { status: 404, body: { error: { code: 'BadArgument' } } };
    const from = Number(url.searchParams.get('watermark') || 0);
    if (route === 'activities') return { status: 200, body: this.#page(conversation, from) };
    if (route === 'reconnect')
      return {
        status: 200,
        body: { ...this.#grant(owner), streamUrl: this.#streamUrl(owner, from) },
      };
    return { status: 200, body: { id: this.#post(conversation, body) } };
  }

  #generate(body: Activity) {
    const user = body.user as { id: string };
    const owner = randomUUID();
    this.#users.set(owner, user.id);
    return { status: 200, body: this.#grant(owner) };
  }

  readonly #users = new Map<string, string>();

  #grant(owner: string): Activity {
    const token = randomUUID();
    this.#tokens.set(token, owner);
    return { conversationId: owner, token, expires_in: this.#options.expiresIn ?? 1800 };
  }

  #begin(owner: string, _body: Activity) {
    const conversation: Conversation = {
      id: owner,
      userId: this.#users.get(owner) ?? '',
      log: [],
      sockets: new Set(),
    };
    this.conversations.push(conversation);
    for (const activity of this.welcome) this.#append(conversation, 'bot', activity);
    return { status: 201, body: { ...this.#grant(owner), streamUrl: this.#streamUrl(owner, 0) } };
  }

  #streamUrl(owner: string, from: number): string {
    return `ws://${this.host}/v3/directline/conversations/${owner}/stream?watermark=${from}&t=x`;
  }

  /** The same client id twice is one message, as on the real server. */
  #post(conversation: Conversation, body: Activity): string {
    const clientId = (body.channelData as Activity | undefined)?.clientActivityID;
    const known = conversation.log
      .map(({ activity }) => activity as Activity)
      .find(
        (activity) => (activity.channelData as Activity | undefined)?.clientActivityID === clientId,
      );
    if (known && clientId) return String(known.id);
    const id = this.#append(conversation, 'user', body);
    for (const answer of this.script(body)) this.#append(conversation, 'bot', answer);
    return id;
  }

  #asset(response: ServerResponse, path: string): void {
    const { pages = {}, styles = {}, assets, policy = true } = this.#options;
    const asset =
      (pages[path] && { body: pages[path], contentType: 'text/html; charset=utf-8' }) ||
      (styles[path] && { body: styles[path], contentType: 'text/css' }) ||
      assets.get(path);
    if (!asset) {
      response.writeHead(404).end();
      return;
    }
    response.writeHead(200, {
      'content-type': asset.contentType,
      ...(policy && { 'content-security-policy': strictPolicy(this.host) }),
      'x-content-type-options': 'nosniff',
    });
    response.end(asset.body);
  }
}
