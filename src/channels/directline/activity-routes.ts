import { randomUUID } from 'node:crypto';
import type { StoredUpload } from '#shared/activity-log.ts';
import { type Answer, isRefusal, type Refusal, refuse, refuseForNow } from './answer.ts';
import { type Call, type Desk, type Entry, enter, type Handler } from './call.ts';
import { type Posted, takeOver } from './client-activity.ts';
import { ensureStarted } from './conversation-routes.ts';
import { readJson } from './read-body.ts';
import { startTyping } from './typing.ts';
import { readWatermark } from './watermark.ts';

/** GET and POST conversations/{id}/activities. */
export function createActivityRoutes(desk: Desk): { read: Handler; post: Handler } {
  return {
    async read(call) {
      const entry = await enter(desk, call);
      if (isRefusal(entry)) return entry;
      return readPage(desk, entry.conversation.id, call.route.query.get('watermark'));
    },
    async post(call) {
      const entry = await enterToWrite(desk, call);
      if (isRefusal(entry)) return entry;
      const { activityCharacters: characters, bodyTimeout: timeout } = desk.limits;
      const body = await readJson(call.request, { characters, timeout });
      if (isRefusal(body)) return body;
      const posted = takeOver(body.value, postingOf(desk, entry));
      return isRefusal(posted) ? posted : deliver(desk, entry, posted);
    },
  };
}

async function readPage(desk: Desk, id: string, mark: string | null): Promise<Answer> {
  const last = await desk.log.lastSeq(id);
  const after = readWatermark(mark, last);
  const page = await desk.log.read(id, after, desk.limits.readPage);
  const watermark = String(page.at(-1)?.seq ?? after);
  return { status: 200, json: { activities: page.map(({ activity }) => activity), watermark } };
}

/** Lets in a caller that wants to say something, unless it says too much. */
export async function enterToWrite(desk: Desk, call: Call): Promise<Entry | Refusal> {
  const entry = await enter(desk, call);
  if (isRefusal(entry)) return entry;
  if (entry.conversation.endedAt) return refuse('ConversationEnded');
  if (entry.caller.kind === 'secret') return entry;
  const { id } = entry.conversation;
  const wait = desk.rates.posts.take(id);
  if (wait > 0) return refuseForNow(wait);
  return desk.queue.waiting(id) >= desk.limits.turnsWaiting ? refuseForNow(1) : entry;
}

export function postingOf({ bot }: Desk, { caller, conversation }: Entry) {
  const claims = caller.kind === 'token' ? caller.claims : undefined;
  const user = claims?.user === undefined ? undefined : { id: claims.user, name: claims.name };
  return { conversationId: conversation.id, botId: bot.id, user };
}

/** Has an activity handled in its conversation's turn and answers its id, or why there is none. */
export async function deliver(
  desk: Desk,
  { conversation }: Entry,
  posted: Posted,
  uploads: readonly StoredUpload[] = [],
): Promise<Answer | Refusal> {
  const { id } = conversation;
  if (posted.type === 'typing') return { status: 200, json: { id: `${id}|${randomUUID()}` } };
  if (!conversation.startedAt) await ensureStarted(desk, conversation, {}, posted.from);
  const turn = desk.queue.run(id, async () => {
    const current = await desk.log.find(id);
    if (current === undefined) return refuse('NotFound', 'No such conversation.');
    if (current.endedAt) return refuse('ConversationEnded');
    const stopTyping = startTyping(desk, id);
    return desk.turns.take(current, posted, uploads).finally(stopTyping);
  });
  desk.background(turn);
  const result = await withTimeout(turn, desk.limits.turnTimeout);
  return isRefusal(result) ? result : { status: 200, json: result };
}

/** The turn goes on by itself; sent again with the same clientActivityID it is not done twice. */
function withTimeout<T>(work: Promise<T>, timeout: number): Promise<T | Refusal> {
  return new Promise((resolve, reject) => {
    const late = refuse('BotRejectedActivity', 'The assistant takes too long. Try again.');
    const timer = setTimeout(() => resolve(late), timeout);
    work.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}
