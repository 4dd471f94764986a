import type { Clock } from '#shared/clock.ts';
import type { Logger } from '#shared/logger.ts';
import type { Understanding } from '#shared/recognition.ts';
import { loadCluUnderstanding } from '#understanding/clu/load-clu-understanding.ts';
import { loadUnderstanding } from '#understanding/embedded-understanding.ts';
import { LOCALES_DIR } from './compose-assistant.ts';
import type { Config } from './config.ts';

/** The embedded recogniser, with Azure CLU in front of it where it is configured. */
export async function composeUnderstanding(
  { clu, dataDir }: Config,
  parts: { readonly clock: Clock; readonly logger: Logger },
): Promise<Understanding> {
  const fallback = await loadUnderstanding({ localesDir: LOCALES_DIR, logger: parts.logger });
  return clu === undefined ? fallback : loadCluUnderstanding(clu, { fallback, dataDir, ...parts });
}
