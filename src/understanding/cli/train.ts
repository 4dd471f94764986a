import type { Logger } from '#shared/logger.ts';
import { trainableLocales } from '../training/corpus.ts';
import { modelPath, readCached, trainAndKeep } from '../training/model-cache.ts';
import { readSources } from '../training/sources.ts';
import type { CommandContext } from './command.ts';

/**
 * Trains every language. With `--if-stale`, only those whose content changed; and since it then
 * runs at install, whatever goes wrong is told and never fails it.
 */
export const train = async (context: CommandContext): Promise<number> => {
  try {
    for (const locale of trainableLocales(context.localesDir)) trainLocale(context, locale);
    return 0;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    console.error(`The recogniser was not trained: ${reason}`);
    return context.ifStale ? 0 : 1;
  }
};

const trainLocale = ({ localesDir, cacheDir, ifStale }: CommandContext, locale: string): void => {
  const sources = readSources(localesDir, locale);
  const path = modelPath(cacheDir, locale);
  if (ifStale && readCached(path, sources.contentHash, consoleLogger) !== undefined) return;
  trainAndKeep(localesDir, path, sources, consoleLogger);
};

const tell = (fields: object, message: string): void => console.error(message, fields);

const consoleLogger: Logger = { debug() {}, info: tell, warn: tell, error: tell };
