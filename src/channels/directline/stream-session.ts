import type { WebSocket } from 'ws';
import type { ActivityLog, LoggedActivity } from '#shared/activity-log.ts';
import type { Logger } from '#shared/logger.ts';
import type { ActivityRecord } from './client-activity.ts';
import type { Limits } from './limits.ts';
import { withoutText } from './without-text.ts';

export interface SessionParts {
  readonly log: ActivityLog;
  readonly logger: Logger;
  readonly limits: Limits;
}

/** One open socket, fed from the log. */
export interface StreamSession {
  readonly conversationId: string;
  /** The key under which its address is counted, if it is. */
  readonly address: string | undefined;
  readonly openedAt: number;
  readonly socket: WebSocket;
  /** Sends whatever the log has that this socket has not seen. Settles when it is sent. */
  deliver(): Promise<void>;
  /** Sends an activity that is nowhere kept; skipped while the client is behind. */
  sendPassing(activity: ActivityRecord, timestamp: string): void;
  /** Says that the connection lives, or cuts it when the client does not read or answer. */
  beat(): void;
}

/** How many activities are held in memory for a client that reads slowly. */
const PAGE = 20;
/** Keep-alives that a silent or stuck client is given. */
const PATIENCE = 2;

export function createStreamSession(
  parts: SessionParts,
  place: Pick<StreamSession, 'conversationId' | 'address' | 'openedAt' | 'socket'>,
  after: number,
): StreamSession {
  const { log, limits } = parts;
  const { socket, conversationId } = place;
  let cursor = after;
  let lastTimestamp = '';
  let delivering: Promise<void> | undefined;
  let again = false;
  let pending = false;
  let silentBeats = 0;
  let stuckBeats = 0;
  let frames = 0;

  socket.on('message', () => {
    silentBeats = 0;
    frames += 1;
    if (frames > limits.clientFrames) socket.close(1008, 'too many messages');
  });
  socket.on('pong', () => {
    silentBeats = 0;
  });

  async function write(data: string): Promise<void> {
    pending = true;
    await new Promise<void>((resolve) => socket.send(data, () => resolve()));
    pending = false;
    stuckBeats = 0;
  }

  async function drain(): Promise<void> {
    while (socket.readyState === socket.OPEN) {
      const page = await log.read(conversationId, cursor, PAGE);
      if (page.length === 0) return;
      for (const frame of toFrames(page, limits.streamFrame)) await write(frame);
      lastTimestamp = page.at(-1)?.timestamp ?? lastTimestamp;
      cursor = page.at(-1)?.seq ?? cursor;
    }
  }

  async function drainAll(): Promise<void> {
    try {
      do {
        again = false;
        await drain();
      } while (again && socket.readyState === socket.OPEN);
    } catch (error) {
      parts.logger.error({ conversationId, ...withoutText(error) }, 'a stream cannot be fed');
      socket.close(1011, 'service error');
    } finally {
      delivering = undefined;
    }
  }

  return {
    ...place,
    deliver() {
      again = true;
      delivering ??= drainAll();
      return delivering;
    },
    sendPassing(activity, timestamp) {
      if (pending || socket.readyState !== socket.OPEN) return;
      const later = timestamp > lastTimestamp ? timestamp : lastTimestamp;
      socket.send(JSON.stringify({ activities: [{ ...activity, timestamp: later }] }));
    },
    beat() {
      frames = 0;
      silentBeats += 1;
      stuckBeats = pending ? stuckBeats + 1 : 0;
      const stuck = stuckBeats > PATIENCE || socket.bufferedAmount > limits.streamBuffer;
      if (stuck || silentBeats > PATIENCE) return socket.terminate();
      if (pending || socket.readyState !== socket.OPEN) return;
      socket.send('');
      socket.ping();
    },
  };
}

/** Cuts a page into frames of a bounded size, each with the watermark of its last activity. */
function toFrames(page: readonly LoggedActivity[], most: number): string[] {
  const frames: { readonly parts: string[]; size: number; watermark: number }[] = [];
  for (const { activity, seq } of page) {
    const json = JSON.stringify(activity);
    const frame = frames.at(-1);
    if (frame && frame.size + json.length <= most) {
      frame.parts.push(json);
      frame.size += json.length;
      frame.watermark = seq;
    } else {
      frames.push({ parts: [json], size: json.length, watermark: seq });
    }
  }
  return frames.map(
    ({ parts, watermark }) => `{"activities":[${parts.join(',')}],"watermark":"${watermark}"}`,
  );
}
