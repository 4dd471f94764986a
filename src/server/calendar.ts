import type { ServerResponse } from 'node:http';
import type { CalendarAnswer } from './handlers.ts';
import { NOT_FOUND, sendError } from './send-json.ts';

/** What stands between a link and its `.ics`; anything else is no link of ours. */
const LINK = /^([\w.~-]{1,900})\.ics$/;

/**
 * Sends a calendar file. The link is the only key to it, so it is neither kept by proxies, nor
 * told to other sites, nor found by search engines.
 */
export async function sendCalendar(
  res: ServerResponse,
  file: string,
  calendar: (token: string) => Promise<CalendarAnswer>,
): Promise<void> {
  const token = LINK.exec(file)?.[1];
  if (token === undefined) return sendError(res, 404, NOT_FOUND);
  const { status, headers, body } = await calendar(token);
  const content = Buffer.from(body);
  const ofFile =
    status === 200 ? { 'Content-Disposition': 'attachment; filename="declic.ics"' } : {};
  const all = new Headers({
    'Content-Type': 'text/calendar; charset=utf-8',
    'Cache-Control': 'private, no-store',
    'X-Robots-Tag': 'noindex',
    'Referrer-Policy': 'no-referrer',
    ...ofFile,
  });
  for (const [name, value] of Object.entries(headers)) all.set(name, value);
  for (const [name, value] of all) res.setHeader(name, value);
  res.setHeader('Content-Length', content.length);
  res.writeHead(status);
  res.end(res.req.method === 'HEAD' ? undefined : content);
}
