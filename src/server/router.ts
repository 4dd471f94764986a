import type { IncomingMessage, ServerResponse } from 'node:http';
import { pino } from 'pino';
import type { Logger } from '#shared/logger.ts';
import { type PreparedAssets, sendAsset } from './assets.ts';
import { sendCalendar } from './calendar.ts';
import type { Assets, BotMessagesHandler, CalendarAnswer } from './handlers.ts';
import { type InFlight, within } from './in-flight.ts';
import {
  createRestify,
  type RestifyRequest,
  type RestifyResponse,
  type RestifyServerOptions,
} from './restify.ts';
import { NOT_FOUND, sendError, sendJson } from './send-json.ts';

const READY_WITHIN_MS = 2_000;

export interface RouterOptions {
  readonly botMessages: BotMessagesHandler;
  readonly calendar: (token: string) => Promise<CalendarAnswer>;
  readonly assets: Assets;
  readonly preparedAssets: Promise<PreparedAssets>;
  /** Resolves when the service can do its work: the database answers. */
  readonly ready: () => Promise<void>;
  readonly isStopping: () => boolean;
  readonly inFlight: InFlight;
  readonly logger: Logger;
}

/** Answers one request by the routes; 404, 405 and 500 included. */
export type Router = (req: IncomingMessage, res: ServerResponse) => void;

/**
 * The routes, in restify. Its own HTTP server never listens: requests are handed to it, because
 * it would not let us set time-outs and sizes on that server.
 */
export function createRouter(options: RouterOptions): Router {
  const router = createRestify({
    name: '',
    log: pino({ level: 'silent' }) as unknown as NonNullable<RestifyServerOptions['log']>,
    maxParamLength: 1024,
  });
  router.on('restifyError', answerError(options.logger));
  router.post('/api/messages', async (req, res) =>
    options.inFlight.track(options.botMessages.handle(req, res)),
  );
  for (const method of ['get', 'head'] as const) {
    router[method]('/healthz', async (_req, res) => sendJson(res, 200, { status: 'ok' }));
    router[method]('/readyz', async (_req, res) => answerReady(res, options));
    router[method]('/calendar/:file', async (req, res) =>
      sendCalendar(res, req.params.file, options.calendar),
    );
    for (const path of options.assets.keys()) {
      router[method](path, async (req, res) => {
        const asset = (await options.preparedAssets).get(path);
        if (asset) sendAsset(req, res, asset);
      });
    }
  }
  return (req, res) => router.server.emit('request', req, res);
}

/** Whether to send people here: not while stopping, not while the database is silent. */
async function answerReady(res: ServerResponse, options: RouterOptions): Promise<void> {
  if (options.isStopping()) return sendJson(res, 503, { status: 'stopping' });
  const ready = await within(READY_WITHIN_MS, options.ready()).catch((err: unknown) => {
    options.logger.error({ err }, 'The service is not ready.');
    return false;
  });
  sendJson(res, ready ? 200 : 503, { status: ready ? 'ready' : 'unavailable' });
}

/** The answers that restify would word itself; nothing of an error's words reaches the client. */
function answerError(logger: Logger) {
  return (
    _req: RestifyRequest,
    res: RestifyResponse & { _sent?: boolean },
    err: Error & { statusCode?: number },
    done: () => void,
  ): void => {
    const status = err.statusCode ?? 500;
    if (status >= 500) {
      logger.error({ request: res.getHeader('X-Request-Id'), err }, 'A request failed.');
    }
    if (res.headersSent) res.destroy();
    else sendError(res, ...refusalFor(status));
    res._sent = true;
    done();
  };
}

function refusalFor(status: number): [number, { code: string; message: string }] {
  if (status === 404) return [404, NOT_FOUND];
  if (status === 405) {
    return [405, { code: 'MethodNotAllowed', message: 'This cannot be done with this address.' }];
  }
  if (status < 500) return [400, { code: 'BadArgument', message: 'The request cannot be read.' }];
  return [500, { code: 'InternalError', message: 'Something broke on our side.' }];
}
