/** Work that must end before the process does. */
export interface InFlight {
  /** Counts the work until it settles, and hands it back. */
  track<T>(work: Promise<T>): Promise<T>;
  /** Resolves when nothing is left, or after `milliseconds`; answers how much is left. */
  settled(milliseconds: number): Promise<number>;
}

export function createInFlight(): InFlight {
  const running = new Set<Promise<unknown>>();
  let onEmpty = () => {};
  const end = (work: Promise<unknown>) => {
    running.delete(work);
    if (running.size === 0) onEmpty();
  };
  return {
    track(work) {
      running.add(work);
      work.then(
        () => end(work),
        () => end(work),
      );
      return work;
    },
    async settled(milliseconds) {
      if (running.size > 0)
        await within(milliseconds, new Promise<void>((done) => (onEmpty = done)));
      return running.size;
    },
  };
}

/** Waits for the work, `milliseconds` at most. Answers whether it ended; rejects when it does. */
export async function within(milliseconds: number, work: Promise<unknown>): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<boolean>((resolve) => {
    timer = setTimeout(() => resolve(false), milliseconds);
  });
  try {
    return await Promise.race([work.then(() => true), late]);
  } finally {
    clearTimeout(timer);
  }
}
