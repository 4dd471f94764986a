import type { ComponentChildren, FunctionComponent } from 'preact';
import { useMemo } from 'preact/hooks';
import type { ChatState } from '../chat-state.ts';
import type { ChatStore } from '../chat-store.ts';
import type { ChoiceUse } from '../choice-use.ts';
import { choiceUses } from '../choice-use.ts';
import type { Item } from '../timeline.ts';
import { pendingItem } from '../timeline.ts';
import { html } from './html.ts';
import type { MessageProps } from './message.ts';
import { MessageView } from './message.ts';
import { dayName, sameDay } from './times.ts';
import type { Scrolling } from './use-scroll.ts';
import { words } from './words.ts';

/** Messages of one speaker within this time are one group. */
const GROUP_MS = 300_000;

type MessageItem = Item & { readonly kind: 'message' };

const isMessage = (item: Item | undefined): item is MessageItem => item?.kind === 'message';

const joins = (item: MessageItem, next: Item | undefined): boolean => {
  if (!isMessage(next) || next.message.own !== item.message.own) return false;
  if (next.message.speaker !== item.message.speaker) return false;
  const [at, then] = [item.message.at, next.message.at];
  return at === undefined || then === undefined || then - at < GROUP_MS;
};

/** The day, where it changes; nothing for a conversation of one and the same day. */
const dayLine = (item: MessageItem, before: Item | undefined, now: number): ComponentChildren => {
  const { at } = item.message;
  if (at === undefined) return null;
  const previous = isMessage(before) ? before.message.at : undefined;
  const changed = previous === undefined ? !sameDay(at, now) : !sameDay(at, previous);
  return changed && html`<p class="divider" key=${`day-${item.key}`}>${dayName(at, now)}</p>`;
};

interface Drawing extends Pick<MessageProps, 'choose' | 'retry'> {
  readonly uses: ReadonlyMap<string, ChoiceUse>;
  readonly now: number;
}

const drawItem = (
  item: Item,
  before: Item | undefined,
  next: Item | undefined,
  { uses, now, choose, retry }: Drawing,
): readonly ComponentChildren[] => {
  if (!isMessage(item)) {
    return [html`<p class="divider" key=${item.key}>${words.notice[item.says]}</p>`];
  }
  return [
    dayLine(item, before, now),
    html`<${MessageView}
      key=${item.key}
      message=${item.message}
      sending=${item.sending}
      joined=${joins(item, next)}
      use=${uses.get(item.key)}
      choose=${choose}
      retry=${retry}
    />`,
  ];
};

/** One flat list: only in one and the same list does an element stay itself by its key. */
const drawItems = (
  items: readonly Item[],
  first: number,
  drawing: Drawing,
): readonly ComponentChildren[] =>
  items
    .slice(first)
    .flatMap((item, index) =>
      drawItem(item, items[first + index - 1], items[first + index + 1], drawing),
    );

export interface LogProps {
  readonly store: ChatStore;
  readonly state: ChatState;
  readonly scrolling: Scrolling;
}

/** What was said, oldest first. */
export const Log: FunctionComponent<LogProps> = ({ store, state, scrolling }) => {
  const { items, pending, live, hidden, over } = state;
  const { log, onScroll } = scrolling;
  const showEarlier = (): void => {
    // The button goes away with the last page: the focus stays in the conversation.
    log.current?.focus();
    store.showEarlier();
  };
  const lines = useMemo(() => {
    const retry = (clientId: string): void => {
      log.current?.focus();
      store.retry(clientId);
    };
    const uses = choiceUses(items, pending, over !== undefined);
    const all = [...items, ...pending.map(pendingItem)];
    return drawItems(all, hidden, { choose: store.choose, retry, uses, now: Date.now() });
  }, [items, pending, over, hidden, store, log]);
  return html`<div
    class="log"
    role="log"
    tabindex="0"
    aria-label=${words.panel.history}
    aria-live=${live ? 'polite' : 'off'}
    aria-relevant="additions"
    ref=${log}
    onScroll=${onScroll}
  >
    ${
      hidden > 0 &&
      html`<button type="button" class="text-button earlier" onClick=${showEarlier}>
        ${words.panel.earlier}
      </button>`
    }
    ${lines}
  </div>`;
};
