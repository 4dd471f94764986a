import { once } from 'node:events';
import { WebSocket } from 'ws';

/** Activities are asserted field by field. */
// biome-ignore lint/suspicious/noExplicitAny: see above.
export type Seen = any;

/** A client's socket, and all that came through it. */
export interface OpenStream {
  readonly socket: WebSocket;
  readonly frames: string[];
  /** Resolves once `count` activities have come in all, with all of them. */
  activities(count: number): Promise<Seen[]>;
  /** The watermark of the last frame that had one. */
  watermark(): string | undefined;
  /** Resolves at the next frame for which `found` says yes, the ones that came before included. */
  until(found: (frame: string) => boolean): Promise<string>;
  closed: Promise<{ readonly code: number; readonly reason: string }>;
  close(): Promise<void>;
}

/** Opens a stream; rejects with the status when it is refused. */
export async function openStream(
  url: string,
  headers: Readonly<Record<string, string>> = {},
): Promise<OpenStream> {
  const socket = new WebSocket(url, { headers, perMessageDeflate: false });
  const frames: string[] = [];
  socket.on('message', (data) => {
    frames.push(data.toString());
    socket.emit('frame');
  });
  const closed = once(socket, 'close').then(([code, reason]) => ({ code, reason: String(reason) }));
  await new Promise<void>((resolve, reject) => {
    socket.once('open', resolve);
    socket.once('error', reject);
    socket.once('unexpected-response', (request, response) => {
      request.destroy();
      reject(new Refused(response.statusCode ?? 0));
    });
  });
  socket.on('error', () => undefined);
  const all = (): Seen[] =>
    frames.filter((it) => it !== '').flatMap((it) => JSON.parse(it).activities);
  return {
    socket,
    frames,
    closed,
    async activities(count) {
      while (all().length < count) await once(socket, 'frame');
      return all();
    },
    watermark: () =>
      frames.flatMap((it) => (it === '' ? [] : [JSON.parse(it).watermark])).findLast(Boolean),
    async until(found) {
      for (let at = 0; ; at += 1) {
        while (frames.length <= at) await once(socket, 'frame');
        if (found(frames[at]!)) return frames[at]!;
      }
    },
    async close() {
      if (socket.readyState === WebSocket.CLOSED) return;
      socket.close();
      await closed;
    },
  };
}

/** The server refused to open a socket. */
export class Refused extends Error {
  readonly status: number;

  constructor(status: number) {
    super(`refused with ${status}`);
    this.status = status;
  }
}

/** The status with which a stream is refused, or 101 when it is not. */
export async function statusOf(url: string, headers?: Record<string, string>): Promise<number> {
  try {
    await (await openStream(url, headers)).close();
    return 101;
  } catch (error) {
    if (error instanceof Refused) return error.status;
    throw error;
  }
}
