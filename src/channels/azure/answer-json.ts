import type { ServerResponse } from 'node:http';

/** Why a call is not served: a status, a code for programs, words for people. */
export interface Refusal {
  readonly status: number;
  readonly code: string;
  readonly message: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Answers once; does nothing when the answer has begun or the caller is gone. */
export function answerJson(
  res: ServerResponse,
  status: number,
  body: unknown,
  headers: Readonly<Record<string, string>> = {},
): void {
  if (res.headersSent || res.destroyed) return;
  const text = body === undefined ? '' : JSON.stringify(body);
  res.writeHead(status, {
    ...(text === '' ? {} : { 'Content-Type': 'application/json; charset=utf-8' }),
    'Content-Length': Buffer.byteLength(text),
    'Cache-Control': 'no-store',
    ...headers,
  });
  res.end(text);
}

/** A refusal in the shape of the Bot Framework's ErrorResponse. */
export function answerRefusal(res: ServerResponse, refusal: Refusal): void {
  const { status, code, message, headers } = refusal;
  answerJson(res, status, { error: { code, message } }, headers);
}
