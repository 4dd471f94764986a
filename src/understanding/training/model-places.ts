import type { Logger } from '#shared/logger.ts';

/** Where phrases and models are, and who is told. */
export interface ModelPlaces {
  readonly localesDir: string;
  readonly cacheDir: string;
  readonly logger: Logger;
}
