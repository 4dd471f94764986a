import type { Pending, SendingState } from './outbox.ts';
import type { Message } from './wire.ts';

export type DividerKind = 'newConversation' | 'previousLost' | 'erased';

/** One line of the conversation, in the order of arrival. `key` never changes. */
export type Item =
  | {
      readonly kind: 'message';
      readonly key: string;
      readonly message: Message;
      /** Only while it is on its way. */
      readonly sending?: SendingState;
    }
  | { readonly kind: 'divider'; readonly key: string; readonly says: DividerKind };

/** A message on its way, as a line: with the key it keeps once it has arrived. */
export const pendingItem = ({ clientId, text, at, value, state }: Pending): Item => ({
  kind: 'message',
  key: clientId,
  sending: state,
  message: {
    id: clientId,
    own: true,
    clientId,
    speaker: undefined,
    text,
    locale: undefined,
    at,
    value,
    choices: [],
    cards: [],
    files: [],
  },
});

/** A server that erased a conversation may count its ids anew; it never gives a time again. */
const nameOf = ({ id, at }: Message): string => `${id} ${at ?? ''}`;

/** The messages of the conversation, each once, whatever way and however often it came. */
export class Timeline {
  #items: readonly Item[] = [];
  readonly #seen = new Set<string>();

  get items(): readonly Item[] {
    return this.#items;
  }

  get hasMessages(): boolean {
    return this.#items.some(({ kind }) => kind === 'message');
  }

  /** Adds those not seen yet; gives them back. A message of the person is one by its client id. */
  add(messages: readonly Message[]): readonly Message[] {
    const fresh = messages.filter((message) => {
      const names = [
        nameOf(message),
        ...(message.own && message.clientId ? [`c:${message.clientId}`] : []),
      ];
      const known = names.some((name) => this.#seen.has(name));
      for (const name of names) this.#seen.add(name);
      return !known;
    });
    if (fresh.length > 0) {
      const items = fresh.map((message) => ({
        kind: 'message' as const,
        key: (message.own && message.clientId) || nameOf(message),
        message,
      }));
      this.#items = [...this.#items, ...items];
    }
    return fresh;
  }

  divide(says: DividerKind): void {
    this.#items = [...this.#items, { kind: 'divider', key: `${says}-${this.#items.length}`, says }];
  }

  clear(): void {
    this.#items = [];
    this.#seen.clear();
  }
}
