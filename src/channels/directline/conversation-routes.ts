import type { LoggedConversation } from '#shared/activity-log.ts';
import { type Answer, isRefusal, type Refusal, refuse, refuseForNow } from './answer.ts';
import { type Call, type Desk, enter, type Handler } from './call.ts';
import { type AskedFor, secretPerson } from './people.ts';
import { claimsFor, createConversation, readAsked } from './token-routes.ts';
import { TOKEN_SECONDS, type TokenClaims } from './tokens.ts';
import { readWatermark } from './watermark.ts';

/** POST conversations (start) and GET conversations/{id} (reconnect). */
export function createConversationRoutes(desk: Desk): { start: Handler; reconnect: Handler } {
  return {
    async start(call) {
      const caller = await desk.authorise(call.request);
      if (isRefusal(caller)) return caller;
      if (caller.kind === 'token') {
        const wait = desk.rates.starts.take(call.address);
        if (wait > 0) return refuseForNow(wait);
      }
      const asked = await readAsked(desk, call.request);
      if (isRefusal(asked)) return asked;
      return caller.kind === 'token'
        ? startKnown(desk, call, caller.claims, asked)
        : startNew(desk, call, asked);
    },
    async reconnect(call) {
      const entry = await enter(desk, call);
      if (isRefusal(entry)) return entry;
      const { caller, conversation } = entry;
      const claims = caller.kind === 'token' ? caller.claims : { conv: conversation.id };
      const mark = call.route.query.get('watermark');
      // Without a watermark only what comes later is asked for (documentation); an empty one is
      // what DirectLineJS sends before its first frame, when it has seen nothing at all.
      const last = await desk.log.lastSeq(conversation.id);
      await ensureStarted(desk, conversation, {}, claims.user);
      const after = mark === null ? last : readWatermark(mark, last);
      return grant(desk, call, { status: 200, claims, after });
    },
  };
}

async function startKnown(
  desk: Desk,
  call: Call,
  claims: TokenClaims,
  asked: AskedFor,
): Promise<Answer | Refusal> {
  const conversation = await desk.log.find(claims.conv);
  if (conversation === undefined) return refuse('NotFound', 'No such conversation.');
  const first = await ensureStarted(desk, conversation, asked, claims.user ?? asked.userId);
  return grant(desk, call, { status: first ? 201 : 200, claims, after: 0 });
}

async function startNew(desk: Desk, call: Call, asked: AskedFor): Promise<Answer | Refusal> {
  const person = secretPerson(asked.userId);
  const id = await createConversation(desk, asked, person);
  const conversation = await desk.log.find(id);
  if (conversation) await ensureStarted(desk, conversation, asked, asked.userId);
  return grant(desk, call, { status: 201, claims: claimsFor(id, asked, person), after: 0 });
}

/**
 * Marks a conversation started, once, and has the assistant greet. The greeting is not waited for:
 * a client that waits 20 s would start again. One that was lost with the process is made up for.
 * Answers whether this call started it.
 */
export async function ensureStarted(
  { log, clock, queue, turns, background }: Desk,
  conversation: LoggedConversation,
  asked: { readonly userName?: string | undefined; readonly locale?: string | undefined },
  as: string | undefined,
): Promise<boolean> {
  const { userName, locale } = asked;
  const start = { ...(userName ? { userName } : {}), ...(locale ? { locale } : {}) };
  const first =
    conversation.startedAt === undefined &&
    (await log.markStarted(conversation.id, start, clock.now()));
  if (first || (await log.lastSeq(conversation.id)) === 0) {
    const greeted = { ...conversation, locale: locale ?? conversation.locale };
    background(queue.run(conversation.id, () => turns.welcome(greeted, as)));
  }
  return first;
}

async function grant(
  { tokens, origins }: Desk,
  { request }: Call,
  { status, claims, after }: { status: 200 | 201; claims: TokenClaims; after: number },
): Promise<Answer> {
  const ticket = await tokens.issueTicket({ conv: claims.conv, after });
  const base = origins.base(request).replace(/^http/, 'ws');
  const streamUrl = `${base}/v3/directline/conversations/${claims.conv}/stream?watermark=${after}&t=${ticket}`;
  const token = await tokens.issue(claims);
  const json = { conversationId: claims.conv, token, expires_in: TOKEN_SECONDS, streamUrl };
  return { status, json };
}
