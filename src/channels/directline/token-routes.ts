import { randomBytes } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { type Answer, isRefusal, type Refusal, refuse, refuseForNow } from './answer.ts';
import type { Call, Desk, Handler } from './call.ts';
import {
  type AskedFor,
  type Person,
  readAskedFor,
  unvouchedPerson,
  vouchedPerson,
} from './people.ts';
import { readJson } from './read-body.ts';
import { TOKEN_SECONDS, type TokenClaims } from './tokens.ts';

/** tokens/generate and tokens/refresh. */
export function createTokenRoutes(desk: Desk): { generate: Handler; refresh: Handler } {
  const { authorise, tokens } = desk;

  /** Without a secret, a page of an allowed origin may ask: the website's own widget does. */
  async function isVouching({ request, address }: Call): Promise<boolean | Refusal> {
    if (request.headers.authorization === undefined && desk.origins.allows(request)) {
      const wait = desk.rates.starts.take(address);
      return wait > 0 ? refuseForNow(wait) : false;
    }
    const caller = await authorise(request);
    if (isRefusal(caller)) return caller;
    if (caller.kind === 'secret') return true;
    return refuse('Forbidden', 'A token opens one conversation and makes no others.');
  }

  async function generate(call: Call): Promise<Answer | Refusal> {
    const vouching = await isVouching(call);
    if (typeof vouching === 'object') return vouching;
    const asked = await readAsked(desk, call.request);
    if (isRefusal(asked)) return asked;
    const person = vouching ? vouchedPerson(asked.userId) : unvouchedPerson(asked.userId);
    if (isRefusal(person)) return person;
    const origin = vouching ? undefined : call.request.headers.origin;
    const trustedOrigins = origin === undefined ? asked.trustedOrigins : [origin];
    const id = await createConversation(desk, { ...asked, trustedOrigins }, person);
    return grant(claimsFor(id, { ...asked, trustedOrigins }, person));
  }

  return {
    generate,
    /** An older token stays good until its own end: other tabs may still hold it. */
    async refresh({ request }) {
      const caller = await authorise(request);
      if (isRefusal(caller)) return caller;
      if (caller.kind === 'token') return grant(caller.claims);
      return refuse('BadArgument', 'A secret never expires: there is nothing to refresh.');
    },
  };

  async function grant(claims: TokenClaims): Promise<Answer> {
    const token = await tokens.issue(claims);
    return { status: 200, json: { conversationId: claims.conv, token, expires_in: TOKEN_SECONDS } };
  }
}

export async function readAsked(
  { limits }: Desk,
  request: IncomingMessage,
): Promise<AskedFor | Refusal> {
  const bounds = { characters: limits.activityCharacters, timeout: limits.bodyTimeout };
  const body = await readJson(request, bounds);
  return isRefusal(body) ? body : readAskedFor(body.value);
}

/** Makes a conversation with an id that nobody can guess (144 random bits). */
export async function createConversation(
  { log, clock }: Desk,
  asked: AskedFor,
  person: Person,
): Promise<string> {
  const id = randomBytes(18).toString('base64url');
  await log.create({
    id,
    userId: person.userId,
    userName: asked.userName,
    locale: asked.locale,
    trustedOrigins: asked.trustedOrigins,
    createdAt: clock.now(),
    startedAt: undefined,
    endedAt: undefined,
  });
  return id;
}

export function claimsFor(conv: string, asked: AskedFor, { embedded }: Person): TokenClaims {
  return {
    conv,
    ...(embedded === undefined ? {} : { user: embedded }),
    ...(embedded === undefined || asked.userName === undefined ? {} : { name: asked.userName }),
    ...(asked.trustedOrigins.length > 0 ? { origins: asked.trustedOrigins } : {}),
  };
}
