import type { ServerResponse } from 'node:http';

/** Answers JSON that nobody may keep. Does nothing once an answer has begun. */
export function sendJson(
  res: ServerResponse,
  status: number,
  body: object,
  headers: Readonly<Record<string, string>> = {},
): void {
  if (res.headersSent || res.destroyed) return;
  const text = JSON.stringify(body);
  res.writeHead(status, {
    'Content-Type': 'application/json; charset=utf-8',
    'Content-Length': Buffer.byteLength(text),
    'Cache-Control': 'no-store',
    ...headers,
  });
  res.end(res.req.method === 'HEAD' ? undefined : text);
}

export const NOT_FOUND = { code: 'NotFound', message: 'There is nothing here.' };

/** A refusal in the shape of the Bot Framework's, for programs (`code`) and people (`message`). */
export function sendError(
  res: ServerResponse,
  status: number,
  error: { readonly code: string; readonly message: string },
  headers: Readonly<Record<string, string>> = {},
): void {
  sendJson(res, status, { error }, headers);
}
