import type { Answer, DirectLine, Started } from './direct-line.ts';
import type { Session } from './memory.ts';
import { backoff, Pause } from './pace.ts';
import { Stream } from './stream.ts';
import type { ReadOptions, Received } from './wire.ts';
import { readBatch } from './wire.ts';

export type Status =
  | 'connecting'
  | 'online'
  /** Lost; trying again by itself. */
  | 'waiting'
  /** This page may not open conversations, or the server will have none of it. */
  | 'refused'
  /** Token expired or conversation unknown. */
  | 'ended';

export interface ConnectionHandlers {
  /** `replay`: the past of a conversation taken up again. */
  received(list: readonly Received[], replay: boolean): void;
  status(status: Status): void;
  session(session: Session): void;
}

/** Sockets that never opened before polling takes over for good. */
const SOCKETS_TRIED = 2;
/** A socket that lived this long was a good one: the next failure counts as the first. */
const GOOD_MS = 10_000;
const POLL_MS = { expecting: 1_000, idle: 4_000, hidden: 15_000 };
/** How long an answer is expected after a message went out. */
const EXPECT_MS = 30_000;
/** A confirmed message comes back in the stream at once; later than this, the stream is dead. */
const ECHO_MS = 6_000;
const REFUSED_MS = 60_000;
const REFRESH_AGAIN_MS = 20_000;
const REFRESH_DEFAULT_S = 1_800;
const REFRESH_LONGEST_MS = 12 * 3_600_000;

/** Keeps one conversation's stream alive: opens, resumes, falls back to polling, renews the token. */
export class Connection {
  #session: Session | undefined;
  readonly #api: DirectLine;
  readonly #read: ReadOptions;
  readonly #handlers: ConnectionHandlers;
  readonly #pause = new Pause();
  #stream: Stream | undefined;
  #replayed = false;
  #stopped = false;
  #failures = 0;
  #socketsFailed = 0;
  #expectUntil = 0;
  #echoTimer: ReturnType<typeof setTimeout> | undefined;
  #refreshTimer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    api: DirectLine,
    read: ReadOptions,
    session: Session | undefined,
    handlers: ConnectionHandlers,
  ) {
    this.#api = api;
    this.#read = read;
    this.#session = session;
    this.#handlers = handlers;
  }

  get session(): Session | undefined {
    return this.#session;
  }

  /** Runs until the conversation is over or `stop` is called. Never throws. */
  async run(): Promise<void> {
    this.#handlers.status('connecting');
    while (!this.#stopped) {
      const joined = await this.#join();
      if (this.#stopped) return;
      if (joined.kind === 'ok') await this.#follow(joined.body.streamUrl);
      else await this.#settle(joined);
    }
  }

  /** Tries again now instead of later. `renew`: also if the line looks alive. */
  nudge(renew: boolean): void {
    this.#failures = 0;
    this.#pause.cut();
    if (renew) this.#stream?.end();
  }

  stop(): void {
    this.#stopped = true;
    clearTimeout(this.#refreshTimer);
    clearTimeout(this.#echoTimer);
    this.#pause.cut();
    this.#stream?.end();
  }

  /** Sends one activity; `gone` ends the conversation. Only once there is a session. */
  async post(activity: object): Promise<Answer<unknown>> {
    const session = this.#session;
    if (!session) return { kind: 'later', waitMs: 0, reached: false };
    const answer = await this.#api.post(session.conversationId, session.token, activity);
    if (answer.kind === 'gone') this.#end();
    if (answer.kind === 'ok') this.#expectEcho();
    return answer;
  }

  #expectEcho(): void {
    this.#expectUntil = Date.now() + EXPECT_MS;
    if (!this.#stream) this.#pause.cut();
    clearTimeout(this.#echoTimer);
    this.#echoTimer = setTimeout(() => this.#stream?.end(), ECHO_MS);
  }

  async #join(): Promise<Answer<Started>> {
    if (!this.#session) {
      const started = await this.#api.start();
      this.#replayed = true;
      return this.#take(started);
    }
    const { conversationId, token } = this.#session;
    if (!this.#replayed) {
      const past = await this.#api.activities(conversationId, token, '');
      if (past.kind !== 'ok') return past;
      this.#deliver(past.body, true);
      this.#replayed = true;
    }
    return this.#take(await this.#api.reconnect(conversationId, token, this.#session.watermark));
  }

  #take(answer: Answer<Started>): Answer<Started> {
    if (answer.kind !== 'ok' || this.#stopped) return answer;
    const { conversationId, token, expiresIn } = answer.body;
    this.#keep({ conversationId, token, watermark: this.#session?.watermark ?? '' });
    this.#planRefresh(expiresIn || REFRESH_DEFAULT_S);
    return answer;
  }

  #keep(session: Session): void {
    this.#session = session;
    this.#handlers.session(session);
  }

  async #follow(streamUrl: string): Promise<void> {
    if (!streamUrl || this.#socketsFailed >= SOCKETS_TRIED) {
      await this.#poll();
      return;
    }
    const begun = Date.now();
    this.#stream = new Stream(streamUrl, {
      opened: () => {
        this.#socketsFailed = 0;
        this.#handlers.status('online');
      },
      frame: (body) => this.#deliver(body, false),
    });
    const opened = await this.#stream.over;
    this.#stream = undefined;
    if (this.#stopped) return;
    if (!opened) this.#socketsFailed += 1;
    if (opened && Date.now() - begun > GOOD_MS) this.#failures = 0;
    await this.#settle({ kind: 'later', waitMs: 0 });
  }

  async #poll(): Promise<void> {
    while (!this.#stopped && this.#session) {
      const { conversationId, token, watermark } = this.#session;
      const answer = await this.#api.activities(conversationId, token, watermark);
      if (this.#stopped) return;
      if (answer.kind === 'ok') {
        this.#failures = 0;
        this.#handlers.status('online');
        this.#deliver(answer.body, false);
        await this.#pause.wait(this.#pollMs());
      } else await this.#settle(answer);
    }
  }

  #pollMs(): number {
    if (document.hidden) return POLL_MS.hidden;
    return Date.now() < this.#expectUntil ? POLL_MS.expecting : POLL_MS.idle;
  }

  /** After a failure: the end, or a wait. */
  async #settle(
    answer: Exclude<Answer<unknown>, { kind: 'ok' | 'later' }> | { kind: 'later'; waitMs: number },
  ): Promise<void> {
    if (answer.kind === 'gone' || (answer.kind === 'refused' && this.#session)) {
      this.#end();
      return;
    }
    if (answer.kind === 'refused') {
      this.#handlers.status('refused');
      await this.#pause.wait(REFUSED_MS);
      return;
    }
    this.#failures += 1;
    this.#handlers.status('waiting');
    await this.#pause.wait(Math.max(backoff(this.#failures), answer.waitMs));
  }

  #end(): void {
    if (this.#stopped) return;
    this.stop();
    this.#handlers.status('ended');
  }

  #deliver(body: unknown, replay: boolean): void {
    if (this.#stopped || !this.#session) return;
    const { received, watermark } = readBatch(body, this.#read);
    if (received.length > 0) clearTimeout(this.#echoTimer);
    this.#handlers.received(received, replay);
    // After the messages are taken: a crash in between shows them again rather than never.
    if (watermark !== undefined && !this.#stopped) this.#keep({ ...this.#session, watermark });
  }

  #planRefresh(expiresInSeconds: number): void {
    const half = Math.min(expiresInSeconds * 500, REFRESH_LONGEST_MS);
    this.#refreshIn(half);
  }

  #refreshIn(ms: number): void {
    clearTimeout(this.#refreshTimer);
    this.#refreshTimer = setTimeout(() => void this.#refresh(), ms);
  }

  async #refresh(): Promise<void> {
    const session = this.#session;
    if (!session) return;
    const answer = await this.#api.refresh(session.token);
    if (this.#stopped) return;
    if (answer.kind === 'gone') this.#end();
    else if (answer.kind === 'ok') {
      this.#keep({ ...(this.#session as Session), token: answer.body.token });
      this.#planRefresh(answer.body.expiresIn || REFRESH_DEFAULT_S);
    } else this.#refreshIn(REFRESH_AGAIN_MS);
  }
}
