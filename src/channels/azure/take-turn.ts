import type { Activity, TurnContext } from 'botbuilder';
import type { Assistant, Outgoing } from '#conversation/message.ts';
import { AppError } from '#shared/errors.ts';
import type { Logger } from '#shared/logger.ts';
import { toActivities } from '../render/to-activities.ts';
import { type IncomingIds, toIncoming } from '../render/to-incoming.ts';
import type { Deliveries } from './deliveries.ts';
import { incomingIds } from './incoming-ids.ts';

export interface TurnOptions {
  readonly assistant: Assistant;
  readonly deliveries: Deliveries;
  /** What to say, in their language when it is known, when the assistant is broken. */
  readonly apology: (locale: string | undefined) => string;
  readonly logger: Logger;
}

/**
 * One activity: the turn, then the delivery of its replies. `onDelivery` is called in between.
 * @throws AppError CHANNEL_FAILED when the replies, committed, could not all be delivered.
 */
export async function takeTurn(
  context: TurnContext,
  { assistant, deliveries, apology, logger }: TurnOptions,
  onDelivery: () => void,
): Promise<void> {
  const { activity } = context;
  const ids = incomingIds(activity);
  const incoming = toIncoming(activity, ids);
  if (!incoming || isFromBot(activity)) return;
  const replies = await assistant.handle(incoming).then(
    (outcome) => outcome.replies,
    (err: unknown) => {
      logger.error({ err, channel: ids.channel }, 'A turn broke; nothing of it was kept.');
      return undefined;
    },
  );
  onDelivery();
  const activities = replies
    ? render(activity, ids, replies)
    : [{ type: 'message', text: apology(incoming.locale), textFormat: 'plain' }];
  await send(context, ids, { activities, isRecorded: replies !== undefined, deliveries });
}

/** Two bots that answer each other would never stop. */
function isFromBot({ from, recipient, type }: Activity): boolean {
  return type === 'message' && (from.role === 'bot' || from.id === recipient?.id);
}

function render(
  activity: Activity,
  ids: IncomingIds,
  replies: readonly Outgoing[],
): Partial<Activity>[] {
  return toActivities(replies, {
    channel: activity.channelId,
    botId: activity.recipient?.id ?? 'bot',
    ...(activity.recipient?.name ? { botName: activity.recipient.name } : {}),
    userId: ids.userId,
    conversationId: activity.conversation.id,
    ...(activity.id === undefined ? {} : { replyToId: activity.id }),
  });
}

/** An apology is of no turn: a retry that succeeds must be able to say what it has to say. */
async function send(
  context: TurnContext,
  ids: IncomingIds,
  what: {
    readonly activities: readonly Partial<Activity>[];
    readonly isRecorded: boolean;
    readonly deliveries: Deliveries;
  },
): Promise<void> {
  const sendOne = (index: number) => context.sendActivity(what.activities[index] ?? {});
  const { length: count } = what.activities;
  if (context.activity.deliveryMode === 'expectReplies') {
    for (let index = 0; index < count; index++) await sendOne(index);
    return;
  }
  try {
    if (what.isRecorded) {
      await what.deliveries.deliver({
        conversation: `${ids.channel}\n${ids.conversationId}`,
        activity: ids.activityId,
        count,
        send: sendOne,
      });
    } else await sendOne(0);
  } catch (cause) {
    throw new AppError('CHANNEL_FAILED', `${ids.channel} did not take the replies.`, { cause });
  }
}
