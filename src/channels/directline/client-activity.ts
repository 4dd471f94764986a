import { isRefusal, type Refusal, refuse } from './answer.ts';
import { isObject } from './is-object.ts';

/** An activity on its way into the log. */
export type ActivityRecord = Readonly<Record<string, unknown>>;

export interface Posted {
  readonly activity: ActivityRecord;
  readonly type: string;
  /** The id under which the client knows its user. */
  readonly from: string;
  /** The same message sent again carries the same one. */
  readonly clientActivityId: string | undefined;
}

/** What the server says of an activity, whatever the client says. */
export interface Posting {
  readonly conversationId: string;
  readonly botId: string;
  /** The user that the token holds. */
  readonly user: { readonly id: string; readonly name: string | undefined } | undefined;
}

/** Types that only a channel or a bot may send: from a client they would pass for the server's word. */
const NOT_FROM_CLIENTS = new Set([
  'conversationUpdate',
  'contactRelationUpdate',
  'installationUpdate',
  'deleteUserData',
  'handoff',
  'invoke',
  'trace',
]);
const LONGEST_ID = 256;
const OVERWRITTEN = ['id', 'timestamp', 'serviceUrl', 'callerId', 'recipient'];

/**
 * Takes an activity over from a client. What the protocol leaves to the client stays as it came,
 * `channelData` to the last character; who speaks, where and when is the server's to say.
 */
export function takeOver(body: unknown, posting: Posting): Posted | Refusal {
  if (!isObject(body)) return refuse('BadArgument', 'An activity must be a JSON object.');
  const { type, from: sender } = body;
  if (typeof type !== 'string' || type === '' || type.length > LONGEST_ID) {
    return refuse('MissingProperty', 'An activity must have a type.');
  }
  if (NOT_FROM_CLIENTS.has(type)) {
    return refuse('BadArgument', 'Clients may not send activities of this type.');
  }
  const clientActivityId = readClientActivityId(body.channelData);
  if (!hasGoodTypes(body) || clientActivityId === null) {
    return refuse('BadArgument', 'A member of the activity has a type or value it cannot have.');
  }
  const from = readSender(sender, posting);
  if (isRefusal(from)) return from;
  const kept = Object.entries(body).filter(([name]) => !OVERWRITTEN.includes(name));
  const activity = {
    ...Object.fromEntries(kept),
    channelId: 'directline',
    conversation: { id: posting.conversationId },
    from,
    recipient: { id: posting.botId, role: 'bot' },
  };
  return { activity, type, from: from.id, clientActivityId };
}

function readSender(
  sender: unknown,
  { user, botId }: Posting,
): { readonly id: string; readonly name?: string; readonly role: 'user' } | Refusal {
  const { id: claimed, name: called } = isObject(sender) ? sender : {};
  const name = user?.name ?? (typeof called === 'string' ? called.slice(0, LONGEST_ID) : '');
  const id = user?.id ?? claimed;
  if (typeof id !== 'string' || id === '' || id.length > LONGEST_ID) {
    return refuse('MissingProperty', 'from.id must say which user sends the activity.');
  }
  if (id === botId) return refuse('BadArgument', 'from.id is that of the bot.');
  return { id, ...(name === '' ? {} : { name }), role: 'user' };
}

function hasGoodTypes({ text, attachments, entities }: Readonly<Record<string, unknown>>): boolean {
  const isList = (value: unknown) =>
    value == null || (Array.isArray(value) && value.every(isObject));
  return (text == null || typeof text === 'string') && isList(attachments) && isList(entities);
}

/** Null when it is one that cannot be looked up: databases refuse NUL, and index no long texts. */
function readClientActivityId(channelData: unknown): string | undefined | null {
  const id = isObject(channelData) ? channelData.clientActivityID : undefined;
  if (typeof id !== 'string' || id === '') return undefined;
  return id.length > LONGEST_ID || /\p{Cc}|\p{Cs}/u.test(id) ? null : id;
}
