import type { ChatState } from './chat-state.ts';
import { PAGE } from './chat-state.ts';
import type { ConnectionHandlers, Status } from './connection.ts';
import { Connection } from './connection.ts';
import { DirectLine } from './direct-line.ts';
import { Memory } from './memory.ts';
import { Outbox } from './outbox.ts';
import { Timeline } from './timeline.ts';
import { watchDevice } from './wakefulness.ts';
import type { Choice, Message, Received } from './wire.ts';

const TYPING_MS = 12_000;
const TROUBLE_MS = 2_500;
const QUIET_MS = 400;
const TEXT_SIZES = 3;

type Timer = ReturnType<typeof setTimeout> | undefined;

/** The conversation as the view sees it, and what a person can do in it. */
export class ChatStore {
  #state: ChatState;
  readonly #base: string;
  readonly #locale: string;
  readonly #memory = new Memory();
  readonly #timeline = new Timeline();
  readonly #outbox: Outbox;
  #connection: Connection | undefined;
  #listener: (() => void) | undefined;
  #visible = true;
  #unread = 0;
  /** What is on the screen is on the device no more: it goes at the next occasion. */
  #erased = false;
  #tellUnread: (count: number) => void = () => {};
  #timers: { typing: Timer; trouble: Timer; quiet: Timer } = {
    typing: undefined,
    trouble: undefined,
    quiet: undefined,
  };

  /** `base`: where the widget came from, without a slash at the end. Nothing happens before `start`. */
  constructor(base: string, locale: string) {
    this.#base = base;
    this.#locale = locale;
    this.#outbox = new Outbox(
      this.#memory,
      async (activity) =>
        (await this.#connection?.post(activity)) ?? { kind: 'later', waitMs: 0, reached: false },
      () => this.#outboxChanged(),
    );
    this.#state = {
      items: [],
      pending: this.#outbox.pending,
      status: 'connecting',
      offline: !navigator.onLine,
      trouble: false,
      over: undefined,
      typing: false,
      live: true,
      hidden: 0,
      draft: this.#memory.draft(),
      textSize: this.#memory.textSize(),
    };
  }

  get state(): ChatState {
    return this.#state;
  }

  /** One listener: the view. */
  listen(listener: () => void): void {
    this.#listener = listener;
  }

  /** Takes up the conversation this device knows, or begins one. */
  start(): void {
    this.#connect();
    watchDevice({
      online: () => {
        this.#set({ offline: false });
        this.#wake();
      },
      offline: () => this.#set({ offline: true }),
      back: () => this.#wake(),
    });
  }

  /** `tell` hears how many messages came while the conversation was closed. */
  countUnread(tell: (count: number) => void): void {
    this.#tellUnread = tell;
  }

  /** Whether the person sees the conversation: what comes meanwhile is counted. */
  seen(visible: boolean): void {
    this.#visible = visible;
    this.#unread = 0;
    this.#tellUnread(0);
    if (!visible && this.#erased) this.#clear();
  }

  say(text: string): void {
    if (this.#state.over) this.startNew(true);
    this.#outbox.add(text);
    this.setDraft('');
  }

  readonly choose = (choice: Choice & { readonly does: 'say' }): void => {
    this.#outbox.add(choice.text, choice.value);
  };

  /** Asks the assistant to erase everything; it answers, and asks again before it does. */
  erase(word: string): void {
    if (this.#state.over) this.startNew(true);
    this.#outbox.add(word, { action: { do: 'way_out', way: 'erase' } });
  }

  retry(clientId: string): void {
    this.#outbox.retry(clientId);
    this.retryNow();
  }

  retryNow(): void {
    this.#connection?.nudge(false);
    this.#outbox.flush();
  }

  /** `keep`: the old messages stay above, if they may, and what was not sent goes along. */
  startNew(keep: boolean): void {
    this.#connection?.stop();
    this.#memory.saveSession(undefined);
    this.#outbox.hold();
    if (keep && !this.#erased) {
      this.#timeline.divide('newConversation');
      this.#outbox.carryOver();
    } else this.#clear();
    this.#erased = false;
    this.#set({ items: this.#timeline.items, over: undefined, typing: false });
    this.#connect();
  }

  setDraft(draft: string): void {
    this.#memory.saveDraft(draft);
    this.#set({ draft });
  }

  nextTextSize(): void {
    const textSize = (this.#state.textSize + 1) % TEXT_SIZES;
    this.#memory.saveTextSize(textSize);
    this.#set({ textSize });
  }

  showEarlier(): void {
    this.#quiet();
    this.#set({ hidden: Math.max(0, this.#state.hidden - PAGE) });
  }

  #connect(): void {
    const userId = this.#memory.userId();
    const api = new DirectLine(this.#base, userId, this.#locale);
    const read = { userId, base: `${this.#base}/` };
    const known = this.#memory.session();
    const handlers = this.#handlers(known !== undefined);
    this.#connection = new Connection(api, read, known, handlers);
    void this.#connection.run();
  }

  #handlers(resumed: boolean): ConnectionHandlers {
    return {
      received: (list, replay) => this.#received(list, replay),
      status: (status) => {
        if (status === 'ended') this.#ended(resumed);
        else this.#statusChanged(status);
      },
      session: (session) => {
        const kept = this.#memory.session();
        // Another tab may have begun a new conversation meanwhile: that one is the way back.
        if (!kept || kept.conversationId === session.conversationId)
          this.#memory.saveSession(session);
        this.#outbox.release();
      },
    };
  }

  #statusChanged(status: Status): void {
    clearTimeout(this.#timers.trouble);
    if (status === 'waiting' && !this.#state.trouble) {
      this.#timers.trouble = setTimeout(() => this.#set({ trouble: true }), TROUBLE_MS);
    }
    this.#set({ status, trouble: status === 'waiting' && this.#state.trouble });
    if (status === 'online') this.#outbox.flush();
  }

  #ended(resumed: boolean): void {
    this.#outbox.hold();
    this.#memory.saveSession(undefined);
    if (resumed && !this.#timeline.hasMessages) {
      this.#timeline.divide('previousLost');
      this.#outbox.carryOver();
      this.#set({ items: this.#timeline.items });
      this.#connect();
      return;
    }
    this.#over('ended');
  }

  #over(over: 'ended' | 'closed'): void {
    clearTimeout(this.#timers.trouble);
    this.#set({ over, status: 'ended', trouble: false, typing: false });
  }

  #received(list: readonly Received[], replay: boolean): void {
    if (replay) this.#quiet();
    const messages = list.flatMap((one) => (one.kind === 'message' ? [one.message] : []));
    this.#take(messages, replay);
    const last = list[list.length - 1];
    if (last?.kind === 'typing') this.#typing(true);
    if (list.some(({ kind }) => kind === 'erased')) this.#forget();
    else if (last?.kind === 'closed') this.#closed();
  }

  #take(messages: readonly Message[], replay: boolean): void {
    const fresh = this.#timeline.add(messages);
    for (const { own, clientId } of messages) if (own && clientId) this.#outbox.confirm(clientId);
    const answers = fresh.filter(({ own }) => !own).length;
    if (answers > 0) this.#typing(false);
    const { items } = this.#timeline;
    const many = fresh.length > PAGE;
    if (fresh.length > 0) {
      this.#set({ items, hidden: many ? items.length - PAGE : this.#state.hidden });
    }
    if (this.#visible || replay || answers === 0) return;
    this.#unread += answers;
    this.#tellUnread(this.#unread);
  }

  #forget(): void {
    this.#erased = true;
    this.#memory.forget();
    this.#outbox.clear();
    this.#timeline.divide('erased');
    this.#set({ items: this.#timeline.items, draft: '', textSize: 0 });
    this.#closed();
  }

  #closed(): void {
    this.#connection?.stop();
    this.#outbox.hold();
    this.#memory.saveSession(undefined);
    this.#over('closed');
  }

  #clear(): void {
    this.#timeline.clear();
    this.#outbox.clear();
    this.#set({ items: [], hidden: 0 });
  }

  #outboxChanged(): void {
    const { pending } = this.#outbox;
    this.#set({ pending });
    if (pending.some(({ state }) => state === 'sending')) this.#typing(true);
    else if (pending.some(({ state }) => state === 'waiting')) this.#typing(false);
  }

  #typing(typing: boolean): void {
    clearTimeout(this.#timers.typing);
    if (typing) this.#timers.typing = setTimeout(() => this.#typing(false), TYPING_MS);
    if (typing !== this.#state.typing) this.#set({ typing });
  }

  /** Nothing is announced for a moment: what appears now is not new. */
  #quiet(): void {
    clearTimeout(this.#timers.quiet);
    this.#timers.quiet = setTimeout(() => this.#set({ live: true }), QUIET_MS);
    this.#set({ live: false });
  }

  #wake(): void {
    this.#connection?.nudge(true);
    this.#outbox.flush();
  }

  #set(change: Partial<ChatState>): void {
    this.#state = { ...this.#state, ...change };
    this.#listener?.();
  }
}
