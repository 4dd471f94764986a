import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Clock, systemClock } from '#shared/clock.ts';
import type { Logger } from '#shared/logger.ts';
import { prepareAssets } from './assets.ts';
import { answerClientError } from './client-error.ts';
import { createConnectionCap } from './connection-cap.ts';
import type { Assets, BotMessagesHandler, CalendarAnswer, DirectLineHandler } from './handlers.ts';
import { createInFlight, within } from './in-flight.ts';
import { listen } from './listen.ts';
import { ALLOWANCES, type Allowances, createRateLimits } from './rate-limits.ts';
import { createReceiver } from './receive.ts';
import { createRouter } from './router.ts';
import { securityHeaders } from './security-headers.ts';
import { createUpgrades } from './upgrades.ts';

/**
 * How long and how large a request may be, in milliseconds and bytes. A photo sent from a slow
 * phone takes a minute or two; proxies keep idle connections up to a minute.
 */
const HTTP_LIMITS = {
  headersTimeout: 10_000,
  requestTimeout: 180_000,
  keepAliveTimeout: 65_000,
  connectionsCheckingInterval: 5_000,
  maxHeaderSize: 16_384,
};
const LINGER_MS = 2_000;
const MOST_HEADERS = 100;
const MOST_CONNECTIONS = 5_000;
const MOST_CONNECTIONS_OF_ONE_NETWORK = 500;

export interface ServerOptions {
  readonly directLine: DirectLineHandler;
  readonly botMessages: BotMessagesHandler;
  readonly calendar: (token: string) => Promise<CalendarAnswer>;
  readonly assets: Assets;
  /** Resolves when the database answers. */
  readonly ready: () => Promise<void>;
  readonly logger: Logger;
  readonly production: boolean;
  /** Origin of the service, as people reach it. */
  readonly publicUrl: string;
  readonly trustProxy: number;
  readonly clock?: Clock;
  readonly allowances?: Allowances;
  readonly httpLimits?: Partial<typeof HTTP_LIMITS>;
  /** How long a stop waits for turns in flight. */
  readonly graceMs?: number;
  readonly lingerMs?: number;
}

export interface RunningServer {
  readonly server: http.Server;
  /** Listens once everything is ready to be sent; answers where. Port 0 takes any free one. */
  start(port: number, host?: string): Promise<AddressInfo>;
  /** Takes no new connection, finishes what is in flight within the grace, closes. Safe to repeat. */
  stop(): Promise<void>;
}

/** The HTTP server: every surface of the service behind one port. */
export function createServer(options: ServerOptions): RunningServer {
  const { logger, directLine, publicUrl, clock = systemClock, graceMs = 10_000 } = options;
  let stopping: Promise<void> | undefined;
  const inFlight = createInFlight();
  const preparedAssets = prepareAssets(options.assets, publicUrl);
  const common = {
    ...options,
    clock,
    inFlight,
    isStopping: () => stopping !== undefined,
    lingerMs: options.lingerMs ?? LINGER_MS,
    checkLimits: createRateLimits(options.allowances ?? ALLOWANCES, clock),
  };
  const upgrades = createUpgrades(common);
  const server = http.createServer(
    { ...HTTP_LIMITS, ...options.httpLimits, shouldUpgradeCallback: asksForWebSocket },
    createReceiver({
      ...common,
      headers: securityHeaders(options.production),
      knownPaths: new Set([...options.assets.keys(), '/api/messages', '/healthz', '/readyz']),
      route: createRouter({ ...common, preparedAssets }),
    }),
  );
  server.maxConnections = MOST_CONNECTIONS;
  server.maxHeadersCount = MOST_HEADERS;
  server.on('upgrade', upgrades.accept);
  server.on('clientError', answerClientError);
  if (options.trustProxy === 0) {
    server.on('connection', createConnectionCap(MOST_CONNECTIONS_OF_ONE_NETWORK));
  }

  async function close(): Promise<void> {
    const closed = new Promise<void>((done) => server.close(() => done()));
    const closing = within(graceMs, (async () => directLine.close())()).catch((err: unknown) =>
      logger.error({ err }, 'Direct Line did not close.'),
    );
    const left = await inFlight.settled(graceMs);
    if (left > 0) logger.warn({ left }, 'Stopped before everything had been answered.');
    await closing;
    upgrades.cut();
    server.closeAllConnections();
    await closed;
  }

  return {
    server,
    async start(port, host) {
      await preparedAssets;
      return listen(server, port, host);
    },
    stop() {
      stopping ??= close();
      return stopping;
    },
  };
}

/** Other upgrades (HTTP/2 in clear, which curl offers) are ignored, as if they were not asked for. */
function asksForWebSocket(req: http.IncomingMessage): boolean {
  return req.headers.upgrade?.toLowerCase() === 'websocket';
}
