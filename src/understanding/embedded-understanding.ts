import { join } from 'node:path';
import type { Intent } from '#shared/intents.ts';
import type { Logger } from '#shared/logger.ts';
import { silentLogger } from '#shared/logger.ts';
import type { Understanding } from '#shared/recognition.ts';
import { MessageReader } from './message-reader.ts';
import { loadModels } from './training/model-cache.ts';

export interface UnderstandingOptions {
  /** The project's `locales` folder. */
  readonly localesDir: string;
  /** Where trained models are kept; `build/understanding` of the project when absent. */
  readonly cacheDir?: string;
  readonly logger?: Logger;
}

/** What is answered when something is broken inside: unknown, and nothing is lost. */
const NOTHING: readonly { readonly intent: Intent; readonly score: number }[] = [
  { intent: 'none', score: 0 },
];

export const DEFAULT_CACHE = join(import.meta.dirname, '..', '..', 'build', 'understanding');

/**
 * Loads the embedded recogniser: the trained models of all languages that have phrases, trained
 * now if they are missing or older than the phrases, concepts or code (seconds).
 * Throws CONTENT_INVALID for phrases or lexicons that cannot be read; `recognise` never throws.
 */
export const loadUnderstanding = async (options: UnderstandingOptions): Promise<Understanding> => {
  const logger = options.logger ?? silentLogger;
  const cacheDir = options.cacheDir ?? DEFAULT_CACHE;
  const models = await loadModels({ localesDir: options.localesDir, cacheDir, logger });
  const reader = new MessageReader(options.localesDir, models);
  return {
    async recognise(text, context) {
      try {
        return reader.read(text, context);
      } catch (cause) {
        logger.error({ err: cause }, 'recognition failed');
        const language = context.locale.slice(0, 2).toLowerCase();
        return {
          language,
          intents: NOTHING,
          top3: NOTHING,
          action: 'unknown',
          entities: [],
          distress: 'no',
        };
      }
    },
  };
};
