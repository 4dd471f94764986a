import { type IncomingMessage, STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer } from 'ws';
import type { ActivityLog } from '#shared/activity-log.ts';
import { isRefusal, type Refusal, refuse, toAnswer } from './answer.ts';
import type { Limits } from './limits.ts';
import type { Origins } from './origins.ts';
import { addressKey } from './rate-limit.ts';
import { findRoute, type Route } from './routes.ts';
import type { Streams } from './streams.ts';
import type { StreamTicket, Tokens } from './tokens.ts';

/** Turns requests for a stream into sockets, or refuses them before anything is switched. */
export type Upgrade = (
  request: IncomingMessage,
  socket: Duplex,
  head: Buffer,
  remoteAddress: string,
) => Promise<void>;

export function createUpgrade(parts: {
  readonly tokens: Tokens;
  readonly log: ActivityLog;
  readonly origins: Origins;
  readonly streams: Streams;
  readonly limits: Limits;
  readonly isClosing: () => boolean;
}): Upgrade {
  const { origins, streams, limits } = parts;
  const server = new WebSocketServer({
    noServer: true,
    clientTracking: false,
    maxPayload: limits.clientFrame,
    perMessageDeflate: false,
  });

  async function admit(
    request: IncomingMessage,
    address: string | undefined,
  ): Promise<StreamTicket | Refusal> {
    if (parts.isClosing()) return refuse('ServiceUnavailable');
    const route = findStream(request);
    if (isRefusal(route)) return route;
    const ticket = await readTicket(route);
    return isRefusal(ticket) ? ticket : (streams.isFull(address) ?? ticket);
  }

  function findStream(request: IncomingMessage): Route | Refusal {
    const route = findRoute(request.method ?? '', request.url ?? '');
    if (isRefusal(route)) return route;
    if (route.name !== 'stream') return refuse('NotFound');
    const foreign = request.headers.origin !== undefined && !origins.allows(request);
    return foreign ? refuse('Forbidden', 'This site may not use the endpoint.') : route;
  }

  async function readTicket({ id, query }: Route): Promise<StreamTicket | Refusal> {
    const ticket = await parts.tokens.readTicket(query.get('t') ?? '');
    if (isRefusal(ticket)) return ticket;
    if (ticket.conv !== id) return refuse('Forbidden');
    const conversation = await parts.log.find(id);
    return conversation ? ticket : refuse('NotFound', 'No such conversation.');
  }

  return async (request, socket, head, remoteAddress) => {
    socket.on('error', () => socket.destroy());
    const address = addressKey(remoteAddress);
    const ticket = await admit(request, address);
    if (socket.destroyed) return;
    if (isRefusal(ticket)) {
      refuseUpgrade(socket, ticket, origins.headers(request));
      return;
    }
    server.handleUpgrade(request, socket, head, (open) => {
      streams.accept(open, { conversationId: ticket.conv, after: ticket.after, address });
    });
  };
}

/** There is no ServerResponse during an upgrade: the answer is written by hand. */
export function refuseUpgrade(
  socket: Duplex,
  refusal: Refusal,
  extra: Readonly<Record<string, string>>,
): void {
  const { status, json, headers } = toAnswer(refusal);
  const body = JSON.stringify(json);
  const lines = Object.entries({
    'content-type': 'application/json; charset=utf-8',
    'content-length': String(Buffer.byteLength(body)),
    'cache-control': 'no-store',
    connection: 'close',
    ...extra,
    ...headers,
  }).map(([name, value]) => `${name}: ${value}`);
  const head = [`HTTP/1.1 ${status} ${STATUS_CODES[status]}`, ...lines].join('\r\n');
  socket.end(`${head}\r\n\r\n${body}`, () => socket.destroy());
}
