import type { ComponentChildren, FunctionComponent } from 'preact';
import { useMemo } from 'preact/hooks';
import { fill } from '../../widget-words.ts';
import type { ChoiceUse } from '../choice-use.ts';
import type { SendingState } from '../outbox.ts';
import type { Choice, Message } from '../wire.ts';
import { cardView, fileView } from './attachments.ts';
import { Choices } from './choices.ts';
import { html } from './html.ts';
import { clockIcon } from './icons.ts';
import { richText } from './rich-text.ts';
import { clockTime } from './times.ts';
import { words } from './words.ts';

const RIGHT_TO_LEFT = /^(ar|fa|he|ur|ps|sd|ckb|dv|yi)\b/i;

/** Who speaks, for those who do not see on which side the bubble is. */
const speaker = (name: string): ComponentChildren =>
  html`<span class="unseen">${fill(words.panel.says, { name })} </span>`;

const timeView = (at: number | undefined): ComponentChildren =>
  at !== undefined &&
  html`<time class="time" datetime=${new Date(at).toISOString()}>${clockTime(at)}</time>`;

const directionOf = (locale: string | undefined): string => {
  if (!locale) return 'auto';
  return RIGHT_TO_LEFT.test(locale) ? 'rtl' : 'ltr';
};

/** Where a message of the person is on its way, when that is worth a word. */
const sendingView = (state: SendingState | undefined, retry: () => void): ComponentChildren =>
  (state === 'waiting' || state === 'refused') &&
  html`<p class="sending">
    ${clockIcon}<span>${state === 'waiting' ? words.message.waiting : words.message.failed}</span>
    <button type="button" class="text-button" onClick=${retry}>${words.message.retry}</button>
  </p>`;

export interface MessageProps {
  readonly message: Message;
  readonly sending: SendingState | undefined;
  /** Another message of the same speaker comes right after: the time is told there. */
  readonly joined: boolean;
  readonly use: ChoiceUse | undefined;
  readonly choose: (choice: Choice & { readonly does: 'say' }) => void;
  readonly retry: (clientId: string) => void;
}

/**
 * One message. A message of the person is drawn once and stays the same element when the server
 * confirms it: an element that is new in the log would be read out again.
 */
export const MessageView: FunctionComponent<MessageProps> = (props) => {
  const { message, sending, joined, use, choose, retry } = props;
  const { own, text, locale, cards, files, choices, at } = message;
  const name = own ? words.panel.you : (message.speaker ?? words.panel.bot);
  const named = !own && name !== words.panel.bot;
  const body = useMemo(() => richText(text), [text]);
  // On the parts, not on the whole: the side of a message follows the widget, not its language.
  const dir = own ? 'auto' : directionOf(locale);
  return html`<div
    class=${`message ${own ? 'own' : 'theirs'} ${sending ?? ''}${joined ? ' joined' : ''}`}
    lang=${own ? undefined : locale}
  >
    ${named && html`<p class="speaker" aria-hidden="true">${name}</p>`}
    ${text ? html`<p class="bubble" dir=${dir}>${speaker(name)}${body}</p>` : speaker(name)}
    ${cards.map((card) => cardView(card, dir))} ${files.map(fileView)}
    ${use && html`<${Choices} choices=${choices} dir=${dir} use=${use} choose=${choose} />`}
    ${sendingView(sending, () => retry(message.id))} ${!joined && timeView(at)}
  </div>`;
};
