import { appendFileSync, mkdirSync, readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Logger } from '#shared/logger.ts';

/** How many calls were made in a calendar month (UTC). */
export interface MonthlyCount {
  calls(now: Date): number;
  add(now: Date): void;
}

const PREFIX = 'clu-calls-';

/**
 * Counts in a folder that outlives the process: a file a month, one byte a call. Appending is
 * atomic, so instances that share the folder share the count. Where the folder cannot be written,
 * the count lives as long as the process.
 */
export const createMonthlyCount = (folder: string, logger: Logger): MonthlyCount => {
  let unwritten = 0;
  let month = '';
  const fileOf = (now: Date): string => {
    const name = `${PREFIX}${now.toISOString().slice(0, 7)}`;
    if (name !== month) {
      month = name;
      unwritten = 0;
    }
    return join(folder, name);
  };
  return {
    calls: (now) => (statSync(fileOf(now), { throwIfNoEntry: false })?.size ?? 0) + unwritten,
    add(now) {
      const file = fileOf(now);
      try {
        const isNew = statSync(file, { throwIfNoEntry: false }) === undefined;
        if (isNew) startMonth(folder, month);
        appendFileSync(file, '.');
      } catch (cause) {
        if (unwritten === 0) logger.warn({ err: cause }, 'the count of CLU calls cannot be kept');
        unwritten += 1;
      }
    },
  };
};

/** Makes the folder, and forgets the months before. */
const startMonth = (folder: string, month: string): void => {
  mkdirSync(folder, { recursive: true });
  for (const name of readdirSync(folder)) {
    if (name.startsWith(PREFIX) && name < month) rmSync(join(folder, name));
  }
};
