import type { Logger } from '#shared/logger.ts';
import { loadModels } from '../training/model-cache.ts';
import type { CommandContext } from './command.ts';

/**
 * Trains every language. With `--if-stale`, only those whose content changed; and since it then
 * runs at install, whatever goes wrong is told and never fails it.
 */
export const train = async ({ localesDir, cacheDir, ifStale }: CommandContext): Promise<number> => {
  try {
    await loadModels({ localesDir, cacheDir, logger: consoleLogger }, !ifStale);
    return 0;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    console.error(`The recogniser was not trained: ${reason}`);
    return ifStale ? 0 : 1;
  }
};

const tell = (fields: object, message: string): void => console.error(message, fields);

const consoleLogger: Logger = { debug() {}, info: tell, warn: tell, error: tell };
