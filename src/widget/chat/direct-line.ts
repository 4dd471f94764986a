import { safeStream } from './safe-url.ts';

/** How a call ended, in what the widget can do about it. */
export type Answer<Body> =
  | { readonly kind: 'ok'; readonly body: Body }
  /** Token expired or conversation unknown: this conversation cannot go on. */
  | { readonly kind: 'gone' }
  /** The server will not take this, however often it is asked. */
  | { readonly kind: 'refused'; readonly status: number }
  /** No network, time-out, overload: worth another try, after `waitMs` at least. */
  | { readonly kind: 'later'; readonly waitMs: number; readonly reached: boolean };

export interface Started {
  readonly conversationId: string;
  readonly token: string;
  /** Seconds that the token is good for; 0 when the server did not say. */
  readonly expiresIn: number;
  /** Empty when there is no socket to be had. */
  readonly streamUrl: string;
}

const TIMEOUT_MS = 20_000;
/** A longer wait than this is not believed. */
const MAX_WAIT_MS = 120_000;

const field = (body: unknown, name: string): unknown =>
  typeof body === 'object' && body !== null ? (body as Record<string, unknown>)[name] : undefined;

const string = (body: unknown, name: string): string => {
  const value = field(body, name);
  return typeof value === 'string' ? value : '';
};

const waitOf = (response: Response): number => {
  const seconds = Number(response.headers.get('retry-after'));
  return seconds > 0 ? Math.min(seconds * 1000, MAX_WAIT_MS) : 0;
};

const judge = async (response: Response): Promise<Answer<unknown>> => {
  const { status } = response;
  if (response.ok) return { kind: 'ok', body: await response.json() };
  if (status === 401 || status === 403 || status === 404) return { kind: 'gone' };
  if (status === 408 || status === 429 || status >= 500) {
    return { kind: 'later', waitMs: waitOf(response), reached: true };
  }
  return { kind: 'refused', status };
};

/** The calls of Direct Line 3.0 that the widget makes. They never throw. */
export class DirectLine {
  readonly #root: string;
  readonly #user: { readonly id: string };
  readonly #locale: string;

  /** `base`: the address that the widget came from. */
  constructor(base: string, userId: string, locale: string) {
    this.#root = `${base}/v3/directline`;
    this.#user = { id: userId };
    this.#locale = locale;
  }

  /** A token for a new conversation, then the conversation itself. */
  async start(): Promise<Answer<Started>> {
    const who = { user: this.#user, locale: this.#locale };
    const made = await this.#call('POST', '/tokens/generate', '', who);
    // Here a 403 says that this page may not open conversations, not that one has expired.
    if (made.kind === 'gone') return { kind: 'refused', status: 403 };
    if (made.kind !== 'ok') return made;
    const token = string(made.body, 'token');
    const begun = await this.#call('POST', '/conversations', token, who);
    return this.#started(begun, token);
  }

  async reconnect(id: string, token: string, watermark: string): Promise<Answer<Started>> {
    const path = `${this.#path(id)}?watermark=${encodeURIComponent(watermark)}`;
    return this.#started(await this.#call('GET', path, token), token);
  }

  async refresh(token: string): Promise<Answer<Started>> {
    return this.#started(await this.#call('POST', '/tokens/refresh', token), token);
  }

  /** Body of the answer: `{activities, watermark}`. An empty watermark reads from the beginning. */
  activities(id: string, token: string, watermark: string): Promise<Answer<unknown>> {
    const path = `${this.#path(id)}/activities?watermark=${encodeURIComponent(watermark)}`;
    return this.#call('GET', path, token);
  }

  post(id: string, token: string, activity: object): Promise<Answer<unknown>> {
    const body = { ...activity, from: { ...this.#user, role: 'user' }, locale: this.#locale };
    return this.#call('POST', `${this.#path(id)}/activities`, token, body);
  }

  #path(id: string): string {
    return `/conversations/${encodeURIComponent(id)}`;
  }

  #started(answer: Answer<unknown>, oldToken: string): Answer<Started> {
    if (answer.kind !== 'ok') return answer;
    const { body } = answer;
    const conversationId = string(body, 'conversationId');
    if (!conversationId) return { kind: 'later', waitMs: 0, reached: true };
    const streamUrl = safeStream(field(body, 'streamUrl'), this.#root) ?? '';
    const expiresIn = Number(field(body, 'expires_in')) || 0;
    return {
      kind: 'ok',
      body: { conversationId, token: string(body, 'token') || oldToken, expiresIn, streamUrl },
    };
  }

  async #call(
    method: string,
    path: string,
    token: string,
    body?: object,
  ): Promise<Answer<unknown>> {
    const cancel = new AbortController();
    const timer = setTimeout(() => cancel.abort(), TIMEOUT_MS);
    try {
      const response = await fetch(this.#root + path, {
        method,
        cache: 'no-store',
        credentials: 'omit',
        signal: cancel.signal,
        headers: {
          ...(token && { authorization: `Bearer ${token}` }),
          ...(body && { 'content-type': 'application/json' }),
        },
        body: body ? JSON.stringify(body) : null,
      });
      return await judge(response);
    } catch {
      return { kind: 'later', waitMs: 0, reached: false };
    } finally {
      clearTimeout(timer);
    }
  }
}
