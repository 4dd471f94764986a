import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import type { ModelPlaces } from './model-places.ts';

/** What a worker is asked: to train these languages, one after the other. */
export interface TrainingOrder {
  readonly localesDir: string;
  readonly cacheDir: string;
  readonly locales: readonly string[];
}

/** What a worker tells, as the logger is told. */
export interface TrainingNote {
  readonly level: 'info' | 'warn';
  readonly fields: Record<string, unknown>;
  readonly message: string;
}

/** Languages that have far more phrases than the others: each is to have a worker of its own. */
const LARGEST = ['fr', 'en'];

/**
 * Trains several languages at once, in worker threads, and leaves their models in the cache. What
 * a worker cannot do is left undone, and told: the caller trains it itself.
 */
export const trainBeside = async (
  locales: readonly string[],
  places: ModelPlaces,
): Promise<void> => {
  if (locales.length < 2 || availableParallelism() < 2) return;
  const shares = shareOut(locales);
  await Promise.all(shares.map((share) => runWorker(share, places)));
};

/** The largest language alone, all others together: two shares of about the same work. */
const shareOut = (locales: readonly string[]): string[][] => {
  const largest = LARGEST.find((locale) => locales.includes(locale)) ?? locales[0];
  return [[largest ?? ''], locales.filter((locale) => locale !== largest)];
};

const runWorker = (locales: readonly string[], places: ModelPlaces): Promise<void> =>
  new Promise((resolve) => {
    const { localesDir, cacheDir, logger } = places;
    const order: TrainingOrder = { localesDir, cacheDir, locales };
    const worker = new Worker(new URL('./train-worker.ts', import.meta.url), { workerData: order });
    worker.on('message', ({ level, fields, message }: TrainingNote) => {
      logger[level](fields, message);
    });
    worker.on('error', (cause) => logger.warn({ err: cause, locales }, 'training beside failed'));
    worker.on('exit', () => resolve());
  });
