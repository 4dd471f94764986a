import type { Clock } from '#shared/clock.ts';
import type { Logger } from '#shared/logger.ts';
import type { Recognition, Understanding } from '#shared/recognition.ts';
import type { Transaction } from '#shared/transaction.ts';
import type { Engine } from './engine.ts';
import { hear } from './heard.ts';
import type { Assistant, Incoming } from './message.ts';
import { actionSchema, readState, storeState } from './state.ts';
import { readWithJob } from './told-job.ts';
import { readWithTopic } from './topic.ts';
import type { World } from './turn.ts';
import type { TurnStore } from './turn-store.ts';
import type { UnreadMessages } from './unread-messages.ts';
import type { Words } from './words.ts';

export interface AssistantParts<W extends World> {
  readonly engine: Engine<W>;
  readonly store: TurnStore;
  readonly understanding: Understanding;
  /** The services of one turn, bound to its transaction. */
  readonly services: (tx: Transaction, at: Date) => W['services'];
  /** Where messages that are not understood are kept, bound to the transaction of a turn. */
  readonly unread: (tx: Transaction, at: Date) => UnreadMessages;
  readonly words: Words;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** A longer message is read up to here: nobody is answered better for the rest. */
const READ_UP_TO = 4000;

/**
 * One message, one transaction: what was recognised beforehand (it may wait for the network) is
 * answered under the lock of the conversation; state, bookings and replies are committed together.
 * The same activity again gets the recorded replies.
 */
export function createAssistant<W extends World>(parts: AssistantParts<W>): Assistant {
  const { engine, store, words, clock, logger } = parts;
  return {
    async handle(incoming, record) {
      const text = incoming.text.trim().slice(0, READ_UP_TO);
      const recognition = await recognise(parts, incoming, text);
      const at = clock.now();
      return store.run({ ...incoming, at }, async (open) => {
        if (open.recorded !== undefined) return { replies: open.recorded, duplicate: true };
        const { state, known, lost } = readState(open.state, words.nearest(incoming.locale));
        if (lost) logger.warn({ code: 'STATE_UNREADABLE' }, 'a conversation starts anew');
        const { topic } = state;
        const heard =
          recognition && hear(text, readWithJob(readWithTopic(recognition, topic, text), topic));
        const replies = await engine(state, {
          incoming,
          heard,
          now: at,
          personId: open.personId,
          services: parts.services(open.tx, at),
          unread: parts.unread(open.tx, at),
          known,
          lost,
        });
        await open.save(storeState(state), replies);
        await record?.(open.tx, replies);
        return { replies, duplicate: false };
      });
    },
  };
}

/** A button is not words: it never goes through recognition. */
async function recognise<W extends World>(
  { understanding, words, clock }: AssistantParts<W>,
  incoming: Incoming,
  text: string,
): Promise<Recognition | undefined> {
  if (incoming.kind === 'start' || text === '') return undefined;
  if (actionSchema.safeParse(incoming.action).success) return undefined;
  const locale = words.nearest(incoming.locale);
  return understanding.recognise(text, { locale, now: clock.now() });
}
