import { parentPort, workerData } from 'node:worker_threads';
import type { Logger } from '#shared/logger.ts';
import { trainHere } from './model-cache.ts';
import { readSources } from './sources.ts';
import type { TrainingNote, TrainingOrder } from './train-beside.ts';

/** Trains the languages it is asked for, and tells the thread that asked. */
const { localesDir, cacheDir, locales } = workerData as TrainingOrder;

const tell =
  (level: TrainingNote['level']) =>
  (fields: object, message: string): void => {
    // An error's stack does not survive the way between threads: its words do.
    const told = Object.entries(fields).map(([key, value]) => [
      key,
      value instanceof Error ? value.message : value,
    ]);
    const note: TrainingNote = { level, fields: Object.fromEntries(told), message };
    parentPort?.postMessage(note);
  };

const logger: Logger = { debug() {}, info: tell('info'), warn: tell('warn'), error: tell('warn') };

for (const locale of locales) {
  trainHere(readSources(localesDir, locale), { localesDir, cacheDir, logger });
}
