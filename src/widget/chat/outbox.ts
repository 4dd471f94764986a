import type { Answer } from './direct-line.ts';
import type { Memory, Unsent } from './memory.ts';
import { backoff } from './pace.ts';
import { randomId } from './random-id.ts';

export type SendingState =
  | 'sending'
  /** Not gone yet; goes by itself as soon as it can. */
  | 'waiting'
  /** The server has it; its echo has not come back in the stream. */
  | 'sent'
  /** Goes only if the person asks. */
  | 'refused';

export interface Pending extends Unsent {
  readonly state: SendingState;
}

/** After this many answers that say "not now", the person decides. */
const MAX_TRIES = 8;

const timeZone = (): string | undefined => {
  try {
    return Intl.DateTimeFormat().resolvedOptions().timeZone;
  } catch {
    return undefined;
  }
};

const activityOf = ({ clientId, text, value }: Unsent): object => ({
  type: 'message',
  text,
  textFormat: 'plain',
  ...(value !== undefined && { value }),
  localTimezone: timeZone(),
  channelData: { clientActivityID: clientId },
});

/**
 * The person's messages on their way: one after the other, in order, until the server has them.
 * A message sent twice keeps its id, by which the server knows it again.
 */
export class Outbox {
  #pending: readonly Pending[];
  readonly #memory: Memory;
  readonly #post: (activity: object) => Promise<Answer<unknown>>;
  readonly #changed: () => void;
  readonly #tries = new Map<string, number>();
  #busy = false;
  #held = true;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    memory: Memory,
    post: (activity: object) => Promise<Answer<unknown>>,
    changed: () => void,
  ) {
    this.#memory = memory;
    this.#post = post;
    this.#changed = changed;
    this.#pending = memory
      .unsent()
      .map((kept) => ({ ...kept, state: kept.refused ? 'refused' : 'waiting' }));
  }

  get pending(): readonly Pending[] {
    return this.#pending;
  }

  add(text: string, value?: unknown): void {
    const message = {
      clientId: randomId(),
      text,
      at: Date.now(),
      ...(value !== undefined && { value }),
    };
    this.#memory.keepUnsent(message);
    this.#pending = [...this.#pending, { ...message, state: 'waiting' }];
    this.#changed();
    this.flush();
  }

  /** The message has come back in the stream: it is part of the conversation now. */
  confirm(clientId: string): void {
    if (!this.#pending.some((message) => message.clientId === clientId)) return;
    this.#memory.dropUnsent(clientId);
    this.#pending = this.#pending.filter((message) => message.clientId !== clientId);
    this.#changed();
  }

  /** The person asks for another try. */
  retry(clientId: string): void {
    const found = this.#pending.find((message) => message.clientId === clientId);
    if (!found) return;
    const { refused: _, state: __, ...unsent } = found;
    this.#memory.keepUnsent(unsent);
    this.#set(clientId, 'waiting');
    this.#tries.clear();
    this.flush();
  }

  /** No conversation to send to: nothing goes out until `release`. */
  hold(): void {
    this.#held = true;
    clearTimeout(this.#timer);
  }

  release(): void {
    if (!this.#held) return;
    this.#held = false;
    this.flush();
  }

  /**
   * For a new conversation: what the person wrote goes along. A pressed button answered a question
   * of the old one, so only its words stay, and the person decides whether to send them.
   */
  carryOver(): void {
    this.#pending = this.#pending
      .filter(({ state }) => state !== 'sent')
      .map((message) => {
        if (message.value === undefined) return message;
        const { value: _, ...words } = message;
        this.#memory.keepUnsent({ ...words, refused: true });
        return { ...words, state: 'refused' as const };
      });
    this.#changed();
  }

  /** Forgets all of them. */
  clear(): void {
    for (const { clientId } of this.#pending) this.#memory.dropUnsent(clientId);
    this.#pending = [];
    this.#changed();
  }

  /** Sends what waits, now. */
  flush(): void {
    clearTimeout(this.#timer);
    if (!this.#busy && !this.#held) void this.#send();
  }

  async #send(): Promise<void> {
    this.#busy = true;
    let next = this.#next();
    while (next && !this.#held) {
      this.#set(next.clientId, 'sending');
      const goOn = this.#settle(next, await this.#post(activityOf(next)));
      next = goOn ? this.#next() : undefined;
    }
    this.#busy = false;
  }

  #next(): Pending | undefined {
    return this.#pending.find(({ state }) => state === 'waiting');
  }

  /** Whether the next message may be tried at once. */
  #settle(message: Pending, answer: Answer<unknown>): boolean {
    const { clientId } = message;
    if (!this.#pending.some((one) => one.clientId === clientId)) return true;
    if (answer.kind === 'ok') {
      this.#memory.dropUnsent(clientId);
      this.#set(clientId, 'sent');
      return true;
    }
    const tries = (this.#tries.get(clientId) ?? 0) + 1;
    const reached = answer.kind === 'later' && answer.reached;
    this.#tries.set(clientId, tries);
    if (answer.kind === 'refused' || (reached && tries >= MAX_TRIES)) {
      const { state: _, ...unsent } = message;
      this.#memory.keepUnsent({ ...unsent, refused: true });
      this.#set(clientId, 'refused');
      return true;
    }
    this.#set(clientId, 'waiting');
    const waitMs = answer.kind === 'later' ? answer.waitMs : 0;
    this.#timer = setTimeout(() => this.flush(), Math.max(waitMs, backoff(tries)));
    return false;
  }

  #set(clientId: string, state: SendingState): void {
    this.#pending = this.#pending.map((message) =>
      message.clientId === clientId ? { ...message, state } : message,
    );
    this.#changed();
  }
}
