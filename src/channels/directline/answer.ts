import type { ServerResponse } from 'node:http';

/** What a request is answered with when it is granted. */
export interface Answer {
  readonly status: number;
  readonly json?: object;
  readonly bytes?: Uint8Array;
  readonly headers?: Readonly<Record<string, string>>;
}

/**
 * The closed list of refusals. Clients act on the status and on the code, which never change;
 * the words may. TokenExpired, BotRejectedActivity and MissingProperty are the names that the
 * documentation of Direct Line 3.0 fixes.
 */
const REFUSALS = {
  BadSyntax: [400, 'The body is not what it must be.'],
  BadArgument: [400, 'A value in the request cannot be used.'],
  MissingProperty: [400, 'A required value is missing.'],
  ConversationEnded: [400, 'The conversation has ended.'],
  Unauthorized: [401, 'The Authorization header is missing or malformed.'],
  Forbidden: [403, 'The secret or token does not allow this.'],
  TokenExpired: [403, 'The token has expired.'],
  NotFound: [404, 'There is nothing here.'],
  MethodNotAllowed: [405, 'This method is not allowed here.'],
  RequestTimeout: [408, 'The body took too long to arrive.'],
  MessageSizeTooBig: [413, 'The body is too large.'],
  UpgradeRequired: [426, 'This address speaks WebSocket only.'],
  TooManyRequests: [429, 'Too many requests: wait a little.'],
  ServiceError: [500, 'Something went wrong on our side.'],
  BotRejectedActivity: [502, 'The message could not be handled. Nothing was done.'],
  ServiceUnavailable: [503, 'The service is restarting.'],
} as const satisfies Record<string, readonly [number, string]>;

export type RefusalCode = keyof typeof REFUSALS;

/** A request that is not granted: business as usual, so a value and never an exception. */
export interface Refusal {
  readonly refused: RefusalCode;
  readonly status: number;
  readonly message: string;
  readonly headers?: Readonly<Record<string, string>>;
}

export function refuse(
  refused: RefusalCode,
  message?: string,
  headers?: Readonly<Record<string, string>>,
): Refusal {
  const [status, usual] = REFUSALS[refused];
  return { refused, status, message: message ?? usual, ...(headers ? { headers } : {}) };
}

export function refuseForNow(seconds: number): Refusal {
  return refuse('TooManyRequests', undefined, { 'retry-after': String(Math.ceil(seconds)) });
}

export function isRefusal<T extends object>(value: T | Refusal): value is Refusal {
  return 'refused' in value;
}

export function toAnswer(result: Answer | Refusal): Answer {
  if (!isRefusal(result)) return result;
  const { refused: code, status, message, headers } = result;
  return { status, json: { error: { code, message } }, ...(headers ? { headers } : {}) };
}

/** Every answer: never cached, never sniffed; `extra` holds what lets pages read it. */
export function send(
  response: ServerResponse,
  result: Answer | Refusal,
  extra: Readonly<Record<string, string>>,
): void {
  if (response.headersSent || response.destroyed) return;
  const answer = toAnswer(result);
  const body = answer.bytes ?? (answer.json ? Buffer.from(JSON.stringify(answer.json)) : undefined);
  response.writeHead(answer.status, {
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    ...(answer.json ? { 'content-type': 'application/json; charset=utf-8' } : {}),
    ...(body ? { 'content-length': String(body.byteLength) } : {}),
    ...extra,
    ...answer.headers,
  });
  response.end(body);
}
