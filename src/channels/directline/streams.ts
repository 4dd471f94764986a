import type { WebSocket } from 'ws';
import type { ActivityLog, Fanout } from '#shared/activity-log.ts';
import type { Clock } from '#shared/clock.ts';
import type { Logger } from '#shared/logger.ts';
import { type Refusal, refuseForNow } from './answer.ts';
import type { ActivityRecord } from './client-activity.ts';
import type { Limits } from './limits.ts';
import { createStreamSession, type StreamSession } from './stream-session.ts';
import { withoutText } from './without-text.ts';

/** The sockets of this instance. */
export interface Streams {
  /** Whether one more socket from this address is too many. */
  isFull(address: string | undefined): Refusal | undefined;
  accept(
    socket: WebSocket,
    stream: Pick<StreamSession, 'conversationId' | 'address'> & { readonly after: number },
  ): void;
  /** Sends the sockets of a conversation something that is not kept, such as a typing sign. */
  sendPassing(conversationId: string, activity: ActivityRecord): void;
  /** Delivers what is due, then asks the clients to come back later (1012, service restart). */
  close(): Promise<void>;
}

/** How long a client is given to answer a goodbye. */
const GOODBYE = 1000;

export function createStreams(parts: {
  readonly log: ActivityLog;
  readonly fanout: Fanout;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly limits: Limits;
}): Streams {
  const { log, fanout, clock, logger, limits } = parts;
  const sessions = new Set<StreamSession>();
  let closing = false;

  const of = (conversationId: string) =>
    [...sessions].filter((session) => session.conversationId === conversationId);

  /** Each beat also looks for news that were missed, and for conversations that are no more. */
  async function beat(session: StreamSession): Promise<void> {
    session.beat();
    if (clock.now().getTime() - session.openedAt > limits.streamAge) {
      session.socket.close(1000, 'open for too long');
      return;
    }
    try {
      const conversation = await log.find(session.conversationId);
      if (conversation === undefined) session.socket.close(1000, 'conversation gone');
      else await session.deliver();
    } catch (error) {
      logger.warn(withoutText(error), 'a stream could not be looked after');
    }
  }

  /** Several tabs may follow one conversation; beyond a few, the one open for longest must go. */
  function makeRoom(conversationId: string): void {
    const open = of(conversationId).filter(({ socket }) => socket.readyState === socket.OPEN);
    if (open.length >= limits.streamsPerConversation) open[0]?.socket.close(1000, 'collision');
  }

  async function goodbye(session: StreamSession): Promise<void> {
    const { socket } = session;
    if (socket.readyState === socket.CLOSED) return;
    const closed = new Promise<void>((resolve) => socket.once('close', () => resolve()));
    const cut = setTimeout(() => socket.terminate(), GOODBYE);
    await Promise.race([session.deliver(), closed]);
    socket.close(1012, 'service restart');
    await closed;
    clearTimeout(cut);
  }

  return {
    isFull(address) {
      const near = [...sessions].filter((session) => address && session.address === address);
      const full = sessions.size >= limits.streams || near.length >= limits.streamsPerAddress;
      return full ? refuseForNow(limits.keepAlive / 1000) : undefined;
    },
    accept(socket, { conversationId, after, address }) {
      makeRoom(conversationId);
      const place = { conversationId, address, openedAt: clock.now().getTime(), socket };
      const session = createStreamSession(parts, place, after);
      sessions.add(session);
      // One timer each, so that thousands of sockets are not looked after at the same moment.
      const beating = setInterval(() => void beat(session), limits.keepAlive).unref();
      const stop = fanout.subscribe(conversationId, () => void session.deliver());
      socket.on('error', () => socket.terminate());
      socket.on('close', () => {
        clearInterval(beating);
        stop();
        sessions.delete(session);
      });
      if (closing) void goodbye(session);
      else void session.deliver();
    },
    sendPassing(conversationId, activity) {
      const timestamp = clock.now().toISOString();
      for (const session of of(conversationId)) session.sendPassing(activity, timestamp);
    },
    async close() {
      closing = true;
      await Promise.all([...sessions].map(goodbye));
    },
  };
}
