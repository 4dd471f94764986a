import type { Socket } from 'node:net';
import { isLoopback, networkOf } from './client-address.ts';

/**
 * Drops connections of one network beyond `most`, so that nobody holds them all. Only without a
 * proxy in front, whose single address stands for everybody.
 */
export function createConnectionCap(most: number): (socket: Socket) => void {
  const counts = new Map<string, number>();
  return (socket) => {
    const address = (socket.remoteAddress ?? '').replace(/^::ffff:/i, '');
    if (address === '' || isLoopback(address)) return;
    const network = networkOf(address);
    const count = (counts.get(network) ?? 0) + 1;
    counts.set(network, count);
    socket.once('close', () => {
      const left = (counts.get(network) ?? 1) - 1;
      if (left > 0) counts.set(network, left);
      else counts.delete(network);
    });
    if (count > most) socket.destroy();
  };
}
