import type { Fanout } from '#shared/activity-log.ts';
import type { Logger } from '#shared/logger.ts';

export interface LocalFanout extends Fanout {
  /** Calls back every subscriber: news may have been missed. */
  publishAll(): void;
}

/** News within this process. */
export function createLocalFanout(logger: Logger): LocalFanout {
  const subscribers = new Map<string, Set<() => void>>();

  const call = (onNews: () => void): void => {
    try {
      onNews();
    } catch (error) {
      logger.error(
        { name: error instanceof Error ? error.name : 'unknown' },
        'a subscriber failed',
      );
    }
  };

  const publish = (conversationId: string): void => {
    // A copy: whoever is called back may leave.
    for (const onNews of [...(subscribers.get(conversationId) ?? [])]) call(onNews);
  };

  return {
    publish,
    publishAll() {
      for (const conversationId of [...subscribers.keys()]) publish(conversationId);
    },
    subscribe(conversationId, onNews) {
      // A wrapper of its own: the same function may subscribe twice.
      const own = () => onNews();
      const those = subscribers.get(conversationId) ?? new Set();
      subscribers.set(conversationId, those.add(own));
      return () => {
        those.delete(own);
        if (those.size === 0 && subscribers.get(conversationId) === those) {
          subscribers.delete(conversationId);
        }
      };
    },
    async close() {
      subscribers.clear();
    },
  };
}
