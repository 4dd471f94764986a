/** Runs the work of one conversation one after the other, in the order it came. */
export interface TurnQueue {
  /** How many wait or run for a conversation. */
  waiting(conversationId: string): number;
  run<T>(conversationId: string, work: () => Promise<T>): Promise<T>;
}

export function createTurnQueue(): TurnQueue {
  const lines = new Map<string, { tail: Promise<unknown>; length: number }>();
  return {
    waiting: (conversationId) => lines.get(conversationId)?.length ?? 0,
    async run(conversationId, work) {
      const line = lines.get(conversationId) ?? { tail: Promise.resolve(), length: 0 };
      lines.set(conversationId, line);
      line.length += 1;
      const turn = line.tail.then(work, work);
      line.tail = turn.catch(() => undefined);
      try {
        return await turn;
      } finally {
        line.length -= 1;
        if (line.length === 0) lines.delete(conversationId);
      }
    },
  };
}
