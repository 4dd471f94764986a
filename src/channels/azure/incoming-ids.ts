import type { Activity } from 'botbuilder';
import type { IncomingIds } from '../render/to-incoming.ts';

/** Channels that we serve ourselves, where an id is a promise that Azure's channels cannot keep. */
const OWN_CHANNELS = new Set(['directline', 'whatsapp', 'terminal']);

/**
 * Who says what where. Azure's Direct Line lets clients choose their user id: kept under another
 * name than ours, so that nobody becomes a person of our website by calling themselves like them.
 * Only openings may lack an id; those of one conversation are then one opening.
 */
export function incomingIds(activity: Activity): IncomingIds {
  const { channelId } = activity;
  return {
    channel: OWN_CHANNELS.has(channelId) ? `azure-${channelId}` : channelId,
    conversationId: activity.conversation.id,
    activityId: activity.id ?? 'start',
    userId: personOf(activity),
  };
}

/** Members are added by anybody, the channel itself included; the person is who was added. */
function personOf(activity: Activity): string {
  const added = Array.isArray(activity.membersAdded) ? activity.membersAdded : [];
  const person = added.find((member) => isPerson(member?.id, activity));
  return activity.type === 'conversationUpdate' && person ? person.id : activity.from.id;
}

function isPerson(id: unknown, { recipient, channelId }: Activity): boolean {
  if (typeof id !== 'string' || id === recipient?.id) return false;
  return !(channelId === 'msteams' && id.startsWith('28:'));
}
