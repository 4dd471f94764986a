import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

/** A bare connection, for clients that do not behave. */
export interface Raw {
  readonly socket: Socket;
  /** Everything the server has said so far. */
  text(): string;
  /** Resolves once the server has said something that matches. */
  until(pattern: RegExp): Promise<string>;
  /** Resolves once the server has closed the connection. */
  closed: Promise<void>;
}

export async function openRaw(root: string): Promise<Raw> {
  const { hostname, port } = new URL(root);
  const socket = connect(Number(port), hostname);
  let text = '';
  socket.on('data', (chunk) => {
    text += chunk.toString('latin1');
  });
  socket.on('error', () => undefined);
  const closed = new Promise<void>((resolve) => socket.once('close', () => resolve()));
  await once(socket, 'connect');
  return {
    socket,
    text: () => text,
    async until(pattern) {
      while (!pattern.test(text)) await once(socket, 'data');
      return text;
    },
    closed,
  };
}

/** The first lines of a request, the body still to come. */
export function head(
  method: string,
  path: string,
  headers: Readonly<Record<string, string>>,
): string {
  const lines = Object.entries({ host: 'localhost', ...headers }).map(([k, v]) => `${k}: ${v}`);
  return `${method} ${path} HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\n`;
}

/** The headers that ask for a WebSocket. */
export const HANDSHAKE = {
  connection: 'Upgrade',
  upgrade: 'websocket',
  'sec-websocket-version': '13',
  'sec-websocket-key': 'dGhlIHNhbXBsZSBub25jZQ==',
} as const;
