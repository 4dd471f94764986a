import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { AppError } from '#shared/errors.ts';

/**
 * Starts to listen; port 0 takes any free one.
 * @throws AppError CONFIG_INVALID, in words, when the port or the address cannot be had.
 */
export function listen(server: Server, port: number, host?: string): Promise<AddressInfo> {
  return new Promise((resolve, reject) => {
    server.once('error', (cause: NodeJS.ErrnoException) => {
      reject(new AppError('CONFIG_INVALID', reasonOf(cause, port, host), { cause }));
    });
    server.listen({ port, ...(host ? { host } : {}) }, () => {
      server.removeAllListeners('error');
      resolve(server.address() as AddressInfo);
    });
  });
}

function reasonOf({ code, message }: NodeJS.ErrnoException, port: number, host = ''): string {
  if (code === 'EADDRINUSE') return `PORT: another program already listens on port ${port}.`;
  if (code === 'EACCES') return `PORT: this user may not listen on port ${port}.`;
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND') {
    return `HOST: ${host} is not an address of this machine.`;
  }
  return `The server cannot listen on port ${port}: ${message}`;
}
