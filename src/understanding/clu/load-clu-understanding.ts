import { type Clock, systemClock } from '#shared/clock.ts';
import { type Logger, silentLogger } from '#shared/logger.ts';
import type { Understanding } from '#shared/recognition.ts';
import type { CluCounters } from './clu-counters.ts';
import { readCluDecision } from './clu-decision.ts';
import type { CluSettings } from './clu-settings.ts';
import { createCluUnderstanding } from './create-clu-understanding.ts';
import { createCredential } from './create-credential.ts';
import { createMonthlyCount } from './monthly-count.ts';

/**
 * The recogniser that the settings describe: Azure CLU, with the embedded one behind it. Nothing
 * is asked of Azure yet: a wrong key shows in the log at the first message, and stops nothing.
 * @param settings the project to ask
 */
export const loadCluUnderstanding = async (
  settings: CluSettings,
  parts: {
    readonly fallback: Understanding;
    /** Where the count of the month is kept. */
    readonly dataDir: string;
    readonly clock?: Clock;
    readonly logger?: Logger;
    readonly counters?: CluCounters;
  },
): Promise<Understanding> => {
  const { fallback, dataDir, clock = systemClock, logger = silentLogger, counters } = parts;
  const { endpoint, project, deployment, monthlyCalls: limit } = settings;
  const monthly =
    limit === undefined ? undefined : { limit, count: createMonthlyCount(dataDir, logger) };
  return createCluUnderstanding({
    endpoint,
    project,
    deployment,
    credential: await createCredential(settings),
    fallback,
    decision: readCluDecision(),
    monthly,
    clock,
    logger,
    ...(counters === undefined ? {} : { counters }),
  });
};
