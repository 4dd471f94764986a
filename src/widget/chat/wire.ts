import { safeFile, safeLink } from './safe-url.ts';

/** A button under a message. */
export type Choice =
  | {
      readonly does: 'say';
      readonly title: string;
      readonly text: string;
      readonly value?: unknown;
    }
  | { readonly does: 'open'; readonly title: string; readonly url: string };

export interface Card {
  readonly title: string;
  readonly subtitle: string;
  readonly facts: readonly { readonly label: string; readonly text: string }[];
  readonly links: readonly { readonly title: string; readonly url: string }[];
}

export interface FileLink {
  readonly name: string;
  readonly type: string;
  readonly url: string;
}

/** One message as it came from the server, already safe to show. */
export interface Message {
  readonly id: string;
  readonly own: boolean;
  /** The id this widget, or another tab of it, gave to a message of the person. */
  readonly clientId: string | undefined;
  readonly speaker: string | undefined;
  readonly text: string;
  readonly locale: string | undefined;
  /** Milliseconds since 1970. */
  readonly at: number | undefined;
  /** What the pressed button carried, for a message of the person. */
  readonly value: unknown;
  readonly choices: readonly Choice[];
  readonly cards: readonly Card[];
  readonly files: readonly FileLink[];
}

export type Received =
  | { readonly kind: 'message'; readonly message: Message }
  | { readonly kind: 'typing' }
  /** The other side closed the conversation. */
  | { readonly kind: 'closed' }
  /** The person's data is erased on the server: what this device keeps must go too. */
  | { readonly kind: 'erased' };

/** Name of the event activity that the server sends after an erasure. */
export const ERASED_EVENT = 'declic/erased';

type Raw = Readonly<Record<string, unknown>>;
export interface ReadOptions {
  readonly userId: string;
  /** Address that relative links start from. */
  readonly base: string;
}

// Far above what the assistant sends: bounds for whoever pretends to be the server.
const MAX_TEXT = 20_000;
const MAX_LABEL = 300;
const MAX_PARTS = 20;

const isRaw = (raw: unknown): raw is Raw =>
  typeof raw === 'object' && raw !== null && !Array.isArray(raw);
const asRaw = (raw: unknown): Raw => (isRaw(raw) ? raw : {});
const list = (raw: unknown): readonly Raw[] =>
  Array.isArray(raw) ? raw.filter(isRaw).slice(0, MAX_PARTS) : [];
const text = (raw: unknown, max = MAX_LABEL): string =>
  typeof raw === 'string' ? raw.slice(0, max) : '';

const readChoice = (raw: Raw, base: string): Choice | undefined => {
  const title = text(raw.title) || text(raw.text);
  if (!title) return undefined;
  if (raw.type === 'openUrl') {
    const url = safeLink(raw.value, base);
    return url ? { does: 'open', title, url } : undefined;
  }
  const said = text(raw.displayText) || text(raw.text) || title;
  if (raw.type === 'messageBack') return { does: 'say', title, text: said, value: raw.value };
  if (raw.type === 'imBack' || raw.type === 'postBack') {
    return { does: 'say', title, text: text(raw.value) || said };
  }
  return undefined;
};

const readFacts = (blocks: readonly Raw[]): Card['facts'] =>
  blocks
    .filter((block) => block.type === 'FactSet')
    .flatMap((block) => list(block.facts))
    .map((fact) => ({ label: text(fact.title), text: text(fact.value, MAX_TEXT) }));

const readCard = (content: Raw, base: string): Card | undefined => {
  const blocks = list(content.body);
  const words = blocks
    .filter((block) => block.type === 'TextBlock')
    .map((block) => text(block.text, MAX_TEXT));
  const facts = readFacts(blocks);
  const links = list(content.actions).flatMap((action) => {
    const url = action.type === 'Action.OpenUrl' ? safeLink(action.url, base) : undefined;
    return url ? [{ title: text(action.title) || url, url }] : [];
  });
  const [title = '', ...rest] = words;
  if (!title && facts.length === 0 && links.length === 0) {
    const fallback = text(content.fallbackText, MAX_TEXT);
    return fallback ? { title: '', subtitle: fallback, facts: [], links: [] } : undefined;
  }
  return { title, subtitle: rest.join('\n'), facts, links };
};

const ADAPTIVE = 'application/vnd.microsoft.card.adaptive';

const readAttachments = (raw: unknown, base: string): Pick<Message, 'cards' | 'files'> => {
  const cards: Card[] = [];
  const files: FileLink[] = [];
  for (const attachment of list(raw)) {
    if (attachment.contentType === ADAPTIVE) {
      const card = readCard(asRaw(attachment.content), base);
      if (card) cards.push(card);
      continue;
    }
    const url = safeFile(attachment.contentUrl, base);
    const type = text(attachment.contentType);
    if (url) files.push({ name: text(attachment.name) || type, type, url });
  }
  return { cards, files };
};

/** The language tag if it has the form of one: it goes into an attribute. */
const readLocale = (raw: unknown): string | undefined =>
  typeof raw === 'string' && /^[a-z]{2,8}(-[a-z0-9]{1,8})*$/i.test(raw) ? raw : undefined;

const readMessage = (raw: Raw, id: string, { userId, base }: ReadOptions): Message => {
  const from = asRaw(raw.from);
  const own = from.id === userId || from.role === 'user';
  const at = typeof raw.timestamp === 'string' ? Date.parse(raw.timestamp) : Number.NaN;
  return {
    id,
    own,
    clientId: text(asRaw(raw.channelData).clientActivityID) || undefined,
    speaker: text(from.name, 60) || undefined,
    text: text(raw.text, MAX_TEXT),
    locale: readLocale(raw.locale),
    at: Number.isNaN(at) ? undefined : at,
    value: raw.value,
    choices: list(asRaw(raw.suggestedActions).actions).flatMap(
      (action) => readChoice(action, base) ?? [],
    ),
    ...readAttachments(raw.attachments, base),
  };
};

const isEmpty = (message: Message): boolean =>
  !message.text && message.choices.length + message.cards.length + message.files.length === 0;

/** Reads one activity; undefined for those that have nothing to show. */
export const readActivity = (raw: unknown, options: ReadOptions): Received | undefined => {
  if (!isRaw(raw)) return undefined;
  if (raw.type === 'endOfConversation') return { kind: 'closed' };
  if (raw.type === 'event') return raw.name === ERASED_EVENT ? { kind: 'erased' } : undefined;
  if (raw.type === 'typing') {
    return asRaw(raw.from).id === options.userId ? undefined : { kind: 'typing' };
  }
  if (raw.type !== 'message' || typeof raw.id !== 'string' || !raw.id) return undefined;
  const message = readMessage(raw, raw.id, options);
  return isEmpty(message) ? undefined : { kind: 'message', message };
};

/** What a stream frame or a page of activities holds. */
export interface Batch {
  readonly received: readonly Received[];
  /** Undefined: stay at the old one. */
  readonly watermark: string | undefined;
}

/** Reads a stream frame or the answer to GET activities; anything unreadable is an empty batch. */
export const readBatch = (raw: unknown, options: ReadOptions): Batch => {
  const { activities, watermark } = asRaw(raw);
  const received = Array.isArray(activities)
    ? activities.flatMap((activity) => readActivity(activity, options) ?? [])
    : [];
  const known = typeof watermark === 'string' || typeof watermark === 'number';
  return { received, watermark: known ? String(watermark) || undefined : undefined };
};
