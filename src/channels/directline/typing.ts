import { randomUUID } from 'node:crypto';
import type { Activity } from 'botbuilder';
import type { Desk } from './call.ts';
import { fromBot } from './from-bot.ts';

/** A typing sign lasts three seconds on the other side (activity protocol A6001). */
const AGAIN = 3000;

/**
 * Shows that the assistant is at work, once it takes long enough to be noticed: to the sockets of
 * this instance only, never into the log. Answers the way to stop.
 */
export function startTyping(
  { streams, bot, limits }: Pick<Desk, 'streams' | 'bot' | 'limits'>,
  conversationId: string,
): () => void {
  const show = (): void => {
    const sign = {
      type: 'typing',
      id: `${conversationId}|typing-${randomUUID()}`,
      conversation: { id: conversationId } as Activity['conversation'],
    };
    streams.sendPassing(conversationId, fromBot(sign, bot));
    timer = setTimeout(show, AGAIN);
  };
  let timer = setTimeout(show, limits.typingAfter);
  return () => clearTimeout(timer);
}
