import type { Outgoing, OutgoingCard, OutgoingChoice } from './message.ts';
import type { Card, Choice, Reply } from './reply.ts';
import type { ConversationState } from './state.ts';
import type { Words } from './words.ts';

/** The most messages in one turn, and the most characters in one: phones and WhatsApp first. */
export const MOST_MESSAGES = 3;
export const LONGEST_MESSAGE = 320;

/**
 * Puts replies into words. A sentence that was said in the last turn is not said the same way:
 * answers, beside the messages, the replies marked with how they were said.
 */
export function render(
  replies: readonly Reply[],
  state: ConversationState,
  words: Words,
): { readonly messages: readonly Outgoing[]; readonly said: Reply[] } {
  const before = new Map(state.last.map((reply) => [identity(reply), reply.again === true]));
  const said = replies.map((reply): Reply => {
    const saidBefore = before.get(identity(reply));
    return saidBefore === false ? { ...reply, again: true } : withoutAgain(reply);
  });
  return { messages: said.map((reply) => toMessage(reply, state, words)), said };
}

const withoutAgain = ({ again: _, ...reply }: Reply): Reply => reply;

function toMessage(reply: Reply, state: ConversationState, words: Words): Outgoing {
  const { locale } = state;
  return {
    key: reply.key,
    text: reply.again ? inOtherWords(reply, locale, words) : say(reply, locale, words),
    locale,
    ...(reply.choices?.length ? { choices: renderChoices(reply.choices, state, words) } : {}),
    ...(reply.card ? { card: renderCard(reply.card, state, words) } : {}),
    ...(reply.file ? { file: reply.file } : {}),
  };
}

const identity = ({ key, values }: Reply): string => JSON.stringify([key, values ?? {}]);

const say = (reply: Reply, locale: string, words: Words): string =>
  words.say(locale, reply.key, reply.values);

/** `<key>Again` where the writers gave one; else the sentence, owned as said before. */
function inOtherWords(reply: Reply, locale: string, words: Words): string {
  const again = `${reply.key}Again`;
  if (words.has(locale, again)) return words.say(locale, again, reply.values);
  const text = say(reply, locale, words);
  const owned = words.say(locale, 'common:asISaid', { text });
  return owned.length <= LONGEST_MESSAGE ? owned : text;
}

const renderChoices = (
  choices: readonly Choice[],
  { locale }: ConversationState,
  words: Words,
): readonly OutgoingChoice[] =>
  choices.map(({ title, action }) => ({
    title: words.say(locale, title.key, title.values),
    action,
  }));

function renderCard(card: Card, { locale }: ConversationState, words: Words): OutgoingCard {
  return {
    title: words.say(locale, card.title.key, card.title.values),
    ...(card.subtitle
      ? { subtitle: words.say(locale, card.subtitle.key, card.subtitle.values) }
      : {}),
    lines: card.lines.map(({ label, text }) => ({
      label: words.say(locale, label.key, label.values),
      text: words.say(locale, text.key, text.values),
    })),
    links: card.links.map(({ title, url }) => ({
      title: words.say(locale, title.key, title.values),
      url,
    })),
  };
}

/** At most three messages: plain neighbours are joined, the shortest pair first. */
export function atMostThree(replies: readonly Outgoing[]): readonly Outgoing[] {
  const messages = [...replies];
  while (messages.length > MOST_MESSAGES) {
    const at = shortestPair(messages);
    if (at === undefined) break;
    const [first, second] = messages.slice(at, at + 2) as [Outgoing, Outgoing];
    messages.splice(at, 2, { ...second, text: `${first.text}\n\n${second.text}` });
  }
  return messages;
}

/** Where the shortest pair of neighbours begins of which the first is only words. */
function shortestPair(messages: readonly Outgoing[]): number | undefined {
  const pairs = messages
    .slice(0, -1)
    .map((message, at) => ({
      at,
      plain: !(message.choices || message.card || message.file),
      length: message.text.length + (messages[at + 1]?.text.length ?? 0),
    }))
    .filter(({ plain }) => plain);
  return pairs.sort((a, b) => a.length - b.length)[0]?.at;
}
