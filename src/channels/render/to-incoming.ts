import type { Activity } from 'botbuilder';
import type { Incoming } from '#conversation/message.ts';
import { readText } from './read-text.ts';
import { clientInfo, isLocale, isTimeZone } from './where-they-are.ts';

/** What the channel knows for sure about an activity, whatever the activity itself claims. */
export interface IncomingIds {
  readonly channel: string;
  readonly conversationId: string;
  readonly activityId: string;
  readonly userId: string;
}

/**
 * Reads a Bot Framework activity as a message for the assistant. Fields of a wrong type are
 * treated as absent. Answers undefined for whatever calls for no answer: reactions, edits,
 * receipts, typing, members of a group who come and go, types that are not known (A2014).
 */
export function toIncoming(activity: Partial<Activity>, ids: IncomingIds): Incoming | undefined {
  if (activity.type === 'message') {
    return {
      ...ids,
      kind: 'message',
      text: readText(activity, ids.channel),
      ...whatElse(activity),
    };
  }
  if (opensConversation(activity)) {
    return { ...ids, kind: 'start', text: '', ...whereTheyAre(activity) };
  }
  return undefined;
}

function whatElse(activity: Partial<Activity>): Partial<Incoming> {
  const action = pressedAction(activity.value);
  return {
    ...(action === undefined ? {} : { action }),
    ...whereTheyAre(activity),
    ...(hasUpload(activity) ? { hasAttachment: true } : {}),
  };
}

function pressedAction(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, 'action')) {
    return undefined;
  }
  return (value as { readonly action: unknown }).action;
}

function whereTheyAre(activity: Partial<Activity>): Pick<Incoming, 'locale' | 'timeZone'> {
  const info = clientInfo(activity);
  const locale = [activity.locale, info.locale].find(isLocale);
  const timeZone = [activity.localTimezone, info.timezone].find(isTimeZone);
  return { ...(locale ? { locale } : {}), ...(timeZone ? { timeZone } : {}) };
}

/** Teams adds to many messages an HTML copy of their own text, which nobody uploaded. */
function hasUpload({ attachments }: Partial<Activity>): boolean {
  if (!Array.isArray(attachments)) return false;
  return attachments.some((it) => it?.contentType !== 'text/html' || it.contentUrl !== undefined);
}

function opensConversation(activity: Partial<Activity>): boolean {
  if (activity.type === 'event') return activity.name === 'webchat/join';
  if (activity.type !== 'conversationUpdate' || isGroup(activity)) return false;
  const { membersAdded } = activity;
  if (!Array.isArray(membersAdded)) return false;
  return membersAdded.some(
    (member) => typeof member?.id === 'string' && !isBot(member.id, activity),
  );
}

/** A whole team must not be welcomed again whenever somebody joins it. */
function isGroup({ conversation }: Partial<Activity>): boolean {
  const type = conversation?.conversationType;
  return conversation?.isGroup === true || type === 'channel' || type === 'groupChat';
}

/** In Teams, `28:` begins the id of every bot; recipient.id alone is not reliable there. */
function isBot(memberId: string, activity: Partial<Activity>): boolean {
  if (memberId === activity.recipient?.id) return true;
  return activity.channelId === 'msteams' && memberId.startsWith('28:');
}
