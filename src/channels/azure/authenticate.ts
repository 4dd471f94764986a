import type { Activity, ConfigurationBotFrameworkAuthentication } from 'botbuilder';
import type { Clock } from '#shared/clock.ts';
import type { Logger } from '#shared/logger.ts';
import type { Refusal } from './answer-json.ts';
import { isLoopbackUrl } from './loopback-url.ts';
import { tokenFault } from './token-fault.ts';
import { withDeadline } from './with-deadline.ts';

export type Authentication = Awaited<
  ReturnType<ConfigurationBotFrameworkAuthentication['authenticateRequest']>
>;

export type AuthenticationOutcome =
  | { readonly kind: 'accepted'; readonly authentication: Authentication }
  | { readonly kind: 'refused'; readonly refusal: Refusal };

export interface AuthenticateOptions {
  readonly sdk: ConfigurationBotFrameworkAuthentication;
  /** Absent: no token is asked for (never in production). */
  readonly appId: string | undefined;
  readonly issuers: ReadonlySet<string>;
  readonly tenants: ReadonlySet<string>;
  readonly clock: Clock;
  readonly logger: Logger;
  /** How long the keys of the issuer may take to come. */
  readonly withinMs: number;
}

const unauthorized = (why: string): Refusal => ({
  status: 401,
  code: 'Unauthorized',
  message: `The token is refused: ${why}.`,
  headers: { 'WWW-Authenticate': 'Bearer' },
});

const badServiceUrl = (message: string): Refusal => ({ status: 400, code: 'BadArgument', message });

/** Refuses a token on its looks, before its bearer may send a body. */
export function refuseOnSight(
  header: string | undefined,
  { appId, clock, ...rules }: AuthenticateOptions,
): Refusal | undefined {
  if (appId === undefined) return undefined;
  const fault = tokenFault(header, { ...rules, now: clock.now() });
  return fault === undefined ? undefined : unauthorized(fault);
}

/** Whether the caller is the channel that it says it is, and where its replies may go. */
export async function authenticate(
  activity: Activity,
  header: string | undefined,
  options: AuthenticateOptions,
): Promise<AuthenticationOutcome> {
  const unsafe = options.appId === undefined ? unsafeWithoutToken : unsafeWithToken;
  const refusal = unsafe(activity);
  if (refusal) return { kind: 'refused', refusal };
  try {
    const asked = options.sdk.authenticateRequest(activity, header ?? '');
    return { kind: 'accepted', authentication: await withDeadline(options.withinMs, asked) };
  } catch (error) {
    return { kind: 'refused', refusal: refusalFor(error, options.logger) };
  }
}

/**
 * The SDK compares serviceUrl with the token's only when there is one, and lets the name of the
 * channel choose other, older rules.
 */
function unsafeWithToken({ serviceUrl, channelId }: Activity): Refusal | undefined {
  if (channelId === 'AseChannel') return unauthorized('its channel is not accepted');
  return serviceUrl ? undefined : badServiceUrl('serviceUrl is required.');
}

/**
 * Without a token anyone may call; the bot must not be made to call addresses of the caller's
 * choice in return, except programs on the same machine: the Emulator, the Agents Playground.
 */
function unsafeWithoutToken(activity: Activity): Refusal | undefined {
  if (activity.deliveryMode === 'expectReplies') return undefined;
  if (!activity.serviceUrl) return badServiceUrl('serviceUrl is required.');
  if (isLoopbackUrl(activity.serviceUrl)) return undefined;
  return badServiceUrl('Without MICROSOFT_APP_ID, serviceUrl must be on this machine.');
}

/** Forgeries throw many kinds of errors in the SDK; only a missing answer of the issuer is our problem. */
function refusalFor(error: unknown, logger: Logger): Refusal {
  const { name, statusCode } = error as { name?: string; statusCode?: number };
  const forged = ['JsonWebTokenError', 'NotBeforeError', 'TokenExpiredError'].includes(name ?? '');
  if (forged || statusCode === 401 || statusCode === 403) {
    return unauthorized('it was not signed for this bot by this channel');
  }
  logger.error({ err: error }, 'The keys that sign the tokens of channels could not be read.');
  return {
    status: 503,
    code: 'ServiceUnavailable',
    message: 'The token cannot be checked now.',
    headers: { 'Retry-After': '5' },
  };
}
