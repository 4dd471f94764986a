import { randomUUID } from 'node:crypto';
import type { Activity } from 'botbuilder';
import { toActivities } from '#channels/render/to-activities.ts';
import { toIncoming } from '#channels/render/to-incoming.ts';
import type { Assistant, Incoming, Outgoing, TurnRecorder } from '#conversation/message.ts';
import type {
  ActivityLog,
  Fanout,
  LoggedActivity,
  LoggedConversation,
  StoredUpload,
} from '#shared/activity-log.ts';
import type { Clock } from '#shared/clock.ts';
import type { Logger } from '#shared/logger.ts';
import type { Transaction } from '#shared/transaction.ts';
import { type Refusal, refuse } from './answer.ts';
import type { Posted } from './client-activity.ts';
import type { Bot } from './from-bot.ts';
import { fromBot } from './from-bot.ts';
import { withoutText } from './without-text.ts';

export interface TurnParts {
  readonly assistant: Assistant;
  readonly log: ActivityLog;
  readonly fanout: Fanout;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly bot: Bot;
}

/** Runs turns: what a person did, and what the assistant answers, are kept by one transaction. */
export interface Turns {
  /** Greets, once however often it is asked. `as` is the id under which the client knows its user. */
  welcome(conversation: LoggedConversation, as?: string): Promise<void>;
  /** Answers the id of the activity; that of the first time when it was sent before. */
  take(
    conversation: LoggedConversation,
    posted: Posted,
    uploads?: readonly StoredUpload[],
  ): Promise<{ readonly id: string } | Refusal>;
}

export function createTurns(parts: TurnParts): Turns {
  const { log, fanout, clock } = parts;

  async function welcome(conversation: LoggedConversation, as?: string): Promise<void> {
    const record: TurnRecorder = async (tx, replies) => {
      await appendReplies(parts, conversation, { replies, ...(as ? { userId: as } : {}) }, tx);
    };
    try {
      await parts.assistant.handle(startOf(conversation), record);
      fanout.publish(conversation.id);
    } catch (error) {
      logFailure(parts, conversation, error);
    }
  }

  async function keepOnly(
    conversation: LoggedConversation,
    { activity, type }: Posted,
    uploads: readonly StoredUpload[],
  ): Promise<{ readonly id: string }> {
    for (const upload of uploads) await log.saveUpload(upload);
    const [kept] = await log.append(conversation.id, [activity], clock.now());
    if (type === 'endOfConversation') await log.markEnded(conversation.id, clock.now());
    fanout.publish(conversation.id);
    return { id: kept?.id ?? '' };
  }

  return {
    welcome,
    async take(conversation, posted, uploads = []) {
      const before = await findFirst(parts, conversation, posted);
      if (before) return { id: before };
      const incoming = readIncoming(conversation, posted);
      if (incoming?.kind === 'message')
        return answerIt(parts, conversation, posted, incoming, uploads);
      const kept = await keepOnly(conversation, posted, uploads);
      if (incoming?.kind === 'start') await welcome(conversation, posted.from);
      return kept;
    },
  };
}

async function answerIt(
  parts: TurnParts,
  conversation: LoggedConversation,
  posted: Posted,
  incoming: Incoming,
  uploads: readonly StoredUpload[],
): Promise<{ readonly id: string } | Refusal> {
  let kept: LoggedActivity | undefined;
  const record: TurnRecorder = async (tx, replies) => {
    for (const upload of uploads) await parts.log.saveUpload(upload, tx);
    const now = parts.clock.now();
    [kept] = await parts.log.append(conversation.id, [posted.activity], now, tx);
    const turn = { replies, userId: posted.from, ...(kept ? { replyToId: kept.id } : {}) };
    await appendReplies(parts, conversation, turn, tx);
  };
  try {
    await parts.assistant.handle(incoming, record);
  } catch (error) {
    logFailure(parts, conversation, error);
    return refuse('BotRejectedActivity');
  }
  if (kept) await tellErasure(parts, conversation, kept, posted.from);
  parts.fanout.publish(conversation.id);
  return { id: kept?.id ?? (await findFirst(parts, conversation, posted)) ?? incoming.activityId };
}

/** Pages that keep a conversation on the person's device forget it when they see this event. */
const ERASED = { type: 'event', name: 'declic/erased' };

/** Numbers have no holes: when nothing is left before this message, its turn has erased it all. */
async function tellErasure(
  { log, clock, bot }: TurnParts,
  { id }: LoggedConversation,
  kept: LoggedActivity,
  userId: string,
): Promise<void> {
  if (kept.seq === 1) return;
  const [first] = await log.read(id, 0, 1);
  if (first?.seq !== kept.seq) return;
  const event = { ...ERASED, conversation: { id } as Activity['conversation'] };
  await log.append(id, [fromBot(event, bot, userId)], clock.now());
}

async function appendReplies(
  { log, clock, bot }: TurnParts,
  conversation: LoggedConversation,
  turn: {
    readonly replies: readonly Outgoing[];
    readonly userId?: string;
    readonly replyToId?: string;
  },
  tx: Transaction,
): Promise<void> {
  const { replies, ...to } = turn;
  if (replies.length === 0) return;
  const place = { channel: 'directline', botId: bot.id, conversationId: conversation.id };
  const activities = toActivities(replies, { ...place, ...to });
  const addressee = turn.userId ?? conversation.userId;
  const kept = activities.map((activity) => fromBot(activity, bot, addressee));
  await log.append(conversation.id, kept, clock.now(), tx);
}

async function findFirst(
  { log }: TurnParts,
  conversation: LoggedConversation,
  { clientActivityId }: Posted,
): Promise<string | undefined> {
  if (clientActivityId === undefined) return undefined;
  return (await log.findByClientActivityId(conversation.id, clientActivityId))?.id;
}

function readIncoming(conversation: LoggedConversation, posted: Posted): Incoming | undefined {
  const { clientActivityId, activity } = posted;
  const incoming = toIncoming(activity as Partial<Activity>, {
    channel: 'directline',
    conversationId: conversation.id,
    activityId: clientActivityId ? `c:${clientActivityId}` : `s:${randomUUID()}`,
    userId: conversation.userId,
  });
  return incoming && { ...localeOf(conversation), ...incoming };
}

/** One start a conversation, so one id: whoever asks again asks for the same welcome. */
function startOf(conversation: LoggedConversation): Incoming {
  return {
    channel: 'directline',
    conversationId: conversation.id,
    activityId: 'start',
    userId: conversation.userId,
    kind: 'start',
    text: '',
    ...localeOf(conversation),
  };
}

function localeOf({ locale }: LoggedConversation): { readonly locale?: string } {
  return locale === undefined ? {} : { locale };
}

function logFailure({ logger }: TurnParts, { id }: LoggedConversation, error: unknown): void {
  logger.error({ conversationId: id, ...withoutText(error) }, 'a Direct Line turn failed');
}
