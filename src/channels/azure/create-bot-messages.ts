import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Activity } from 'botbuilder';
import type { Assistant } from '#conversation/message.ts';
import type { Clock } from '#shared/clock.ts';
import type { Logger } from '#shared/logger.ts';
import { answerJson, answerRefusal, type Refusal } from './answer-json.ts';
import {
  type AuthenticateOptions,
  type Authentication,
  authenticate,
  refuseOnSight,
} from './authenticate.ts';
import { type BotIdentity, type Credentials, PUBLIC_AZURE, sdkSettings, trust } from './azure.ts';
import { BotAdapter } from './bot-adapter.ts';
import { boundedHttpClient } from './bounded-http-client.ts';
import { createDeliveries } from './deliveries.ts';
import { parseActivity } from './parse-activity.ts';
import { readJsonObject } from './read-json-object.ts';
import { type TurnOptions, takeTurn } from './take-turn.ts';
import { ThriftyAuthentication } from './thrifty-authentication.ts';

/** In milliseconds, save the size in bytes. Azure Bot Service waits 15 s for an answer. */
const LIMITS = {
  bodyBytes: 262_144,
  bodyWithin: 10_000,
  keysWithin: 5_000,
  deliveryAnsweredWithin: 10_000,
  deliveryAttemptWithin: 8_000,
  deliveryGivenUpAfter: 60_000,
};

export interface BotMessagesOptions extends BotIdentity {
  readonly assistant: Assistant;
  readonly logger: Logger;
  readonly clock: Clock;
  readonly production: boolean;
  /** What to say when the assistant is broken, in a language when it is known. */
  readonly apology: (locale: string | undefined) => string;
  /** Whose tokens are taken and asked for: the public cloud, unless it is another. */
  readonly authority?: typeof PUBLIC_AZURE;
  /** Where the bot's own tokens come from, unless from Azure. */
  readonly credentials?: Credentials;
  readonly limits?: Partial<typeof LIMITS>;
}

export interface BotMessages {
  /** Answers any request to `/api/messages`, reading its body itself. Never rejects. */
  handle(req: IncomingMessage, res: ServerResponse): Promise<void>;
}

interface Parts {
  readonly adapter: BotAdapter;
  readonly authentication: AuthenticateOptions;
  readonly turn: TurnOptions;
  readonly limits: typeof LIMITS;
  /** In production nobody is answered without a token. */
  readonly open: boolean;
}

/** The endpoint of Azure Bot Service: Teams and every channel that Azure connects. */
export function createBotMessages(options: BotMessagesOptions): BotMessages {
  const { appId, production, logger } = options;
  if (appId === undefined) {
    const answers = production ? 'answers nobody' : 'answers anybody';
    logger.warn({}, `Without MICROSOFT_APP_ID, /api/messages ${answers}.`);
  }
  const parts = assemble(options);
  return {
    async handle(req, res) {
      try {
        await serve(req, res, parts);
      } catch (err) {
        logger.error({ err }, 'An activity could not be served.');
        answerRefusal(res, FAILED);
      }
    },
  };
}

function assemble(options: BotMessagesOptions): Parts {
  const limits = { ...LIMITS, ...options.limits };
  const authority = options.authority ?? PUBLIC_AZURE;
  const sdk = new ThriftyAuthentication(
    sdkSettings(options, authority),
    options.credentials,
    undefined,
    undefined,
    { httpClient: boundedHttpClient(limits.deliveryAttemptWithin) },
  );
  const { appId, clock, logger, production } = options;
  return {
    adapter: new BotAdapter(sdk),
    authentication: {
      ...trust(options, authority, production),
      ...{ sdk, appId, clock, logger, withinMs: limits.keysWithin },
    },
    turn: { ...options, deliveries: createDeliveries(limits.deliveryGivenUpAfter) },
    limits,
    open: appId !== undefined || !production,
  };
}

async function serve(req: IncomingMessage, res: ServerResponse, parts: Parts): Promise<void> {
  if (req.method !== 'POST') return answerRefusal(res, NOT_POST);
  if (!parts.open) return answerRefusal(res, CLOSED);
  const header = req.headers.authorization;
  const refusal = refuseOnSight(header, parts.authentication);
  if (refusal) return answerRefusal(res, refusal);
  const body = await readJsonObject(req, {
    maxBytes: parts.limits.bodyBytes,
    withinMs: parts.limits.bodyWithin,
  });
  if (body.kind === 'refused') return answerRefusal(res, body.refusal);
  const parsed = parseActivity(body.object);
  if (parsed.kind === 'refused') return answerRefusal(res, parsed.refusal);
  const caller = await authenticate(parsed.activity, header, parts.authentication);
  if (caller.kind === 'refused') return answerRefusal(res, caller.refusal);
  await answerTurn(res, parsed.activity, caller.authentication, parts);
}

/**
 * Answers when the turn is delivered, or once the channel would wait no longer: told that it
 * failed, the channel sends the activity again, and the delivery then goes on where it was.
 */
async function answerTurn(
  res: ServerResponse,
  activity: Activity,
  authentication: Authentication,
  { adapter, turn, limits }: Parts,
): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = () => answerRefusal(res, UNDELIVERED);
  const onDelivery = () => {
    timer = setTimeout(late, limits.deliveryAnsweredWithin);
  };
  try {
    const awaited = await adapter.run(authentication, activity, (context) =>
      takeTurn(context, turn, onDelivery),
    );
    if (awaited?.status === 501) answerRefusal(res, UNKNOWN_INVOKE);
    else answerJson(res, awaited?.status ?? 200, awaited?.body);
  } catch (err) {
    turn.logger.error({ err, channel: activity.channelId }, 'Replies could not be delivered.');
    late();
  } finally {
    clearTimeout(timer);
  }
}

const NOT_POST: Refusal = {
  status: 405,
  code: 'MethodNotAllowed',
  message: 'Only POST.',
  headers: { Allow: 'POST' },
};
const CLOSED: Refusal = {
  status: 404,
  code: 'ChannelNotConfigured',
  message: 'This bot has no MICROSOFT_APP_ID: its Azure channels are closed.',
};
const UNKNOWN_INVOKE: Refusal = {
  status: 501,
  code: 'NotImplemented',
  message: 'This bot knows no such invoke.',
};
const UNDELIVERED: Refusal = {
  status: 502,
  code: 'BotDeliveryFailed',
  message: 'The replies could not be delivered to serviceUrl; send the activity again.',
};
const FAILED: Refusal = {
  status: 500,
  code: 'InternalError',
  message: 'Something broke on our side.',
};
