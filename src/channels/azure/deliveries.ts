import { withDeadline } from './with-deadline.ts';

/** The replies to one activity, sent one after the other. */
export interface Delivery {
  /** Unique among all channels. */
  readonly conversation: string;
  /** The activity that is answered, unique in the conversation. */
  readonly activity: string;
  readonly count: number;
  /** Sends the reply of that index. */
  send(index: number): Promise<unknown>;
}

export interface Deliveries {
  /**
   * Sends what was not sent yet. Asked again for the same activity it joins the sending under
   * way, resumes where it failed, and sends nothing once everything has arrived; until a restart,
   * after which a channel that retries gets everything again. Rejects with what `send` rejects with.
   */
  deliver(delivery: Delivery): Promise<void>;
}

interface Progress {
  sent: number;
  running: Promise<void> | undefined;
}

/** Activities whose progress is remembered: retries of a channel come within minutes. */
const REMEMBERED = 5_000;

/** Keeps the replies of one conversation in order, and channels' retries from doubling them. */
export function createDeliveries(giveUpMs: number): Deliveries {
  const known = new Map<string, Progress>();
  const lastOf = new Map<string, Promise<void>>();

  async function sendRest(delivery: Delivery, progress: Progress): Promise<void> {
    await lastOf.get(delivery.conversation)?.catch(() => {});
    while (progress.sent < delivery.count) {
      await withDeadline(giveUpMs, Promise.resolve(delivery.send(progress.sent)));
      progress.sent += 1;
    }
  }

  return {
    deliver(delivery) {
      const progress = remember(known, `${delivery.conversation}\n${delivery.activity}`);
      if (progress.running) return progress.running;
      const running = sendRest(delivery, progress).finally(() => {
        progress.running = undefined;
        if (lastOf.get(delivery.conversation) === running) lastOf.delete(delivery.conversation);
      });
      progress.running = running;
      lastOf.set(delivery.conversation, running);
      return running;
    },
  };
}

function remember(known: Map<string, Progress>, key: string): Progress {
  const progress = known.get(key) ?? { sent: 0, running: undefined };
  known.delete(key);
  known.set(key, progress);
  const oldest = known.keys().next().value;
  if (known.size > REMEMBERED && oldest !== undefined) known.delete(oldest);
  return progress;
}
