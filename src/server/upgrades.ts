import type { IncomingMessage } from 'node:http';
import { STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Logger } from '#shared/logger.ts';
import { readCall } from './calls.ts';
import type { DirectLineHandler } from './handlers.ts';
import { DIRECT_LINE, isBelow, routeLabel } from './paths.ts';
import type { CheckLimits } from './rate-limits.ts';

export interface UpgradeOptions {
  readonly trustProxy: number;
  readonly directLine: DirectLineHandler;
  readonly checkLimits: CheckLimits;
  readonly isStopping: () => boolean;
  readonly logger: Logger;
}

/** WebSockets: handed to Direct Line, or refused; and all of them cut at the end. */
export interface Upgrades {
  accept(req: IncomingMessage, socket: Duplex, head: Buffer): void;
  /** Cuts what is still open. The HTTP server knows nothing of these sockets. */
  cut(): void;
}

export function createUpgrades(options: UpgradeOptions): Upgrades {
  const open = new Set<Duplex>();
  return {
    accept(req, socket, head) {
      open.add(socket);
      socket.once('close', () => open.delete(socket));
      socket.on('error', () => socket.destroy());
      const call = { ...readCall(req, options.trustProxy), method: 'UPGRADE' };
      const status = refusal(call, options);
      const route = routeLabel(call.path, new Set());
      options.logger.debug({ request: call.id, route, status: status ?? 101 }, 'socket');
      if (status) return refuse(socket, status);
      const work = async () =>
        options.directLine.upgrade(req, socket, head, { remoteAddress: call.address });
      work().catch((err: unknown) => {
        options.logger.error({ request: call.id, err }, 'A socket could not be opened.');
        refuse(socket, 500);
      });
    },
    cut() {
      for (const socket of open) socket.destroy();
    },
  };
}

function refusal(
  call: { readonly method: string; readonly path: string; readonly address: string },
  { isStopping, checkLimits }: UpgradeOptions,
): number | undefined {
  if (isStopping()) return 503;
  if (!isBelow(DIRECT_LINE, call.path)) return 404;
  return checkLimits(call) > 0 ? 429 : undefined;
}

function refuse(socket: Duplex, status: number): void {
  if (!socket.writable) return;
  const lines = [`HTTP/1.1 ${status} ${STATUS_CODES[status]}`, 'Connection: close'];
  socket.end(`${lines.join('\r\n')}\r\nContent-Length: 0\r\n\r\n`, () => socket.destroy());
}
