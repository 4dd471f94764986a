import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Assistant } from '#conversation/message.ts';
import type { ActivityLog, Fanout } from '#shared/activity-log.ts';
import type { Clock } from '#shared/clock.ts';
import { AppError } from '#shared/errors.ts';
import type { Logger } from '#shared/logger.ts';
import { createActivityRoutes } from './activity-routes.ts';
import { type Answer, isRefusal, type Refusal, refuse, send } from './answer.ts';
import { createAuthorise } from './authorise.ts';
import type { Call, Desk, Handler } from './call.ts';
import { createConversationRoutes } from './conversation-routes.ts';
import { DEFAULT_LIMITS, type Limits } from './limits.ts';
import { createOrigins } from './origins.ts';
import { addressKey, createRateLimit } from './rate-limit.ts';
import { findRoute, type RouteName } from './routes.ts';
import { createStreams } from './streams.ts';
import { createTokenRoutes } from './token-routes.ts';
import { createTokens } from './tokens.ts';
import { createTurnQueue } from './turn-queue.ts';
import { createTurns } from './turns.ts';
import { createUpgrade, refuseUpgrade } from './upgrade.ts';
import { createUploadRoutes } from './upload-routes.ts';
import { withoutText } from './without-text.ts';

export interface DirectLineOptions {
  readonly assistant: Assistant;
  readonly log: ActivityLog;
  readonly fanout: Fanout;
  readonly clock: Clock;
  readonly logger: Logger;
  /** The origin under which people reach the service; it counts as allowed. */
  readonly publicUrl: string;
  /** Absent: nobody may do everything, and pages of allowed origins get their tokens all the same. */
  readonly secret: string | undefined;
  /** At least 32 bytes. Tokens outlive a restart only when it stays the same. */
  readonly signingKey: Uint8Array;
  readonly allowedOrigins: readonly string[];
  readonly botId?: string;
  readonly botName?: string;
  readonly limits?: Partial<Limits>;
}

/** A Direct Line 3.0 endpoint: all that lies below `/v3/directline`. */
export interface DirectLine {
  /**
   * Answers any request below /v3/directline; reads the body from the stream itself, bounded.
   * `remoteAddress` is the client's address (proxy already resolved). Never rejects.
   */
  handle(
    request: IncomingMessage,
    response: ServerResponse,
    context: { readonly remoteAddress: string },
  ): Promise<void>;
  /** Takes WebSocket upgrades below /v3/directline; refuses before 101 with a proper status. */
  upgrade(
    request: IncomingMessage,
    socket: Duplex,
    head: Buffer,
    context: { readonly remoteAddress: string },
  ): void;
  /** Finishes turns in flight, then closes sockets kindly (1012, service restart). */
  close(): Promise<void>;
}

/** @throws AppError CONFIG_INVALID when the signing key is too short to protect anything. */
export function createDirectLine(options: DirectLineOptions): DirectLine {
  if (options.signingKey.byteLength < 32) {
    throw new AppError('CONFIG_INVALID', 'The signing key must have at least 32 bytes.');
  }
  const running = new Set<Promise<unknown>>();
  const desk = createDesk(options, (work) => track(running, work));
  const { log, logger, clock, origins, limits } = desk;
  const handlers = createHandlers(desk);
  let closing = false;
  const upgrade = createUpgrade({ ...desk, isClosing: () => closing });
  const sweeping = setInterval(() => track(running, sweep()), limits.sweepEvery).unref();

  async function sweep(): Promise<void> {
    const now = clock.now().getTime();
    const uploads = new Date(now - limits.uploadAge);
    const conversations = new Date(now - limits.conversationAge);
    try {
      const gone = await log.sweep({ uploads, conversations });
      logger.info(gone, 'old Direct Line conversations and files swept');
    } catch (error) {
      logger.error(withoutText(error), 'old Direct Line conversations could not be swept');
    }
  }

  async function respond(
    request: IncomingMessage,
    address: string | undefined,
  ): Promise<Answer | Refusal> {
    if (request.method === 'OPTIONS') return { status: 204, headers: origins.preflight(request) };
    if (closing) return refuse('ServiceUnavailable', undefined, { 'retry-after': '5' });
    const route = findRoute(request.method ?? '', request.url ?? '');
    return isRefusal(route) ? route : handlers[route.name]({ request, route, address });
  }

  async function answer(
    ...[request, response, { remoteAddress }]: Parameters<DirectLine['handle']>
  ) {
    request.on('error', () => undefined);
    const result = await respond(request, addressKey(remoteAddress)).catch((error: unknown) => {
      logger.error(withoutText(error), 'a Direct Line request failed');
      return refuse('ServiceError');
    });
    send(response, result, origins.headers(request));
  }

  return {
    handle: (...request) => track(running, answer(...request)),
    upgrade(request, socket, head, { remoteAddress }) {
      upgrade(request, socket, head, remoteAddress).catch((error: unknown) => {
        logger.error(withoutText(error), 'a Direct Line stream could not be opened');
        refuseUpgrade(socket, refuse('ServiceError'), origins.headers(request));
      });
    },
    async close() {
      closing = true;
      clearInterval(sweeping);
      while (running.size > 0) await Promise.allSettled(running);
      await desk.streams.close();
    },
  };
}

function createDesk(options: DirectLineOptions, background: Desk['background']): Desk {
  const { clock, secret, signingKey } = options;
  const limits = { ...DEFAULT_LIMITS, ...options.limits };
  const bot = { id: options.botId ?? 'declic', name: options.botName ?? 'Déclic' };
  const tokens = createTokens(signingKey, clock);
  return {
    ...options,
    limits,
    bot,
    tokens,
    background,
    authorise: createAuthorise(tokens, secret),
    origins: createOrigins(options),
    turns: createTurns({ ...options, bot }),
    queue: createTurnQueue(),
    streams: createStreams({ ...options, limits }),
    rates: {
      starts: createRateLimit(limits.starts, clock),
      posts: createRateLimit(limits.posts, clock),
      uploaded: createRateLimit(limits.uploaded, clock),
    },
  };
}

function createHandlers(desk: Desk): Readonly<Record<RouteName, Handler>> {
  return {
    ...createTokenRoutes(desk),
    ...createConversationRoutes(desk),
    ...createActivityRoutes(desk),
    ...createUploadRoutes(desk),
    stream: async (_: Call) => refuse('UpgradeRequired', undefined, { upgrade: 'websocket' }),
  };
}

function track<T>(running: Set<Promise<unknown>>, work: Promise<T>): Promise<T> {
  running.add(work);
  const done = () => running.delete(work);
  work.then(done, done);
  return work;
}
