import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import type { Clock } from '#shared/clock.ts';
import type { Logger } from '#shared/logger.ts';
import { createProxyWarning, logAnswer, readCall } from './calls.ts';
import type { DirectLineHandler } from './handlers.ts';
import type { InFlight } from './in-flight.ts';
import { DIRECT_LINE, isBelow, isPlain, routeLabel } from './paths.ts';
import type { CheckLimits } from './rate-limits.ts';
import type { Router } from './router.ts';
import { NOT_FOUND, sendError } from './send-json.ts';

export interface ReceiveOptions {
  readonly trustProxy: number;
  readonly directLine: DirectLineHandler;
  readonly route: Router;
  readonly checkLimits: CheckLimits;
  /** On every answer. */
  readonly headers: Readonly<Record<string, string>>;
  /** Paths that the log may name. */
  readonly knownPaths: { has(path: string): boolean };
  readonly inFlight: InFlight;
  readonly isStopping: () => boolean;
  /** How long a body that nobody wants may still come after the answer. */
  readonly lingerMs: number;
  readonly logger: Logger;
  readonly clock: Clock;
}

/** What happens to every request before anything reads it: id, headers, log, limits, then its room. */
export function createReceiver(options: ReceiveOptions): RequestListener {
  const warnOfProxy = createProxyWarning(options.trustProxy, options.logger);
  return (req, res) => {
    const call = readCall(req, options.trustProxy);
    warnOfProxy(req);
    logAnswer(res, call, { ...options, route: routeLabel(call.path, options.knownPaths) });
    void options.inFlight.track(new Promise<void>((done) => res.once('close', done)));
    for (const [name, value] of Object.entries(options.headers)) res.setHeader(name, value);
    res.setHeader('X-Request-Id', call.id);
    if (options.isStopping()) res.setHeader('Connection', 'close');
    res.once('finish', () => hangUpUnlessComplete(req, options.lingerMs));
    const wait = options.checkLimits(call);
    if (wait > 0) refuseForNow(res, wait);
    else if (isBelow(DIRECT_LINE, call.path)) handOver(req, res, call.address, options);
    else if (isPlain(call.path)) options.route(req, res);
    else sendError(res, 404, NOT_FOUND);
  };
}

/** Readable by the pages of any site: a widget that cannot read why would simply try again. */
function refuseForNow(res: ServerResponse, seconds: number): void {
  sendError(
    res,
    429,
    { code: 'TooManyRequests', message: `Too many requests: try again in ${seconds} s.` },
    {
      'Retry-After': String(seconds),
      'Access-Control-Allow-Origin': '*',
      'Access-Control-Expose-Headers': 'Retry-After',
      Connection: 'close',
    },
  );
}

/** Hanging up at once could lose the answer; never hanging up lets a body drip for minutes. */
function hangUpUnlessComplete(req: IncomingMessage, lingerMs: number): void {
  if (req.complete) return;
  setTimeout(() => {
    if (!req.complete) req.destroy();
  }, lingerMs).unref();
}

/** A turn goes on when its client has gone away, so it is waited for like an answer. */
function handOver(
  req: IncomingMessage,
  res: ServerResponse,
  remoteAddress: string,
  { directLine, inFlight, logger }: ReceiveOptions,
): void {
  const work = (async () => directLine.handle(req, res, { remoteAddress }))();
  inFlight.track(work).catch((err: unknown) => {
    logger.error({ request: res.getHeader('X-Request-Id'), err }, 'A request failed.');
    if (res.headersSent) res.destroy();
    sendError(res, 500, { code: 'InternalError', message: 'Something broke on our side.' });
  });
}
