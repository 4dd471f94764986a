import type { Understanding } from '#shared/recognition.ts';
import { CluCounters } from '../clu/clu-counters.ts';
import { loadCluUnderstanding } from '../clu/load-clu-understanding.ts';
import { loadUnderstanding } from '../embedded-understanding.ts';
import { cluSettings } from './clu-settings-of.ts';
import type { CommandContext } from './command.ts';

/** A recogniser to measure, and who answered when it was Azure CLU's turn. */
export interface OpenedRecogniser {
  readonly understanding: Understanding;
  /** Absent where the embedded recogniser reads alone. */
  readonly counters: CluCounters | undefined;
}

/** The embedded recogniser; with `--clu`, Azure CLU in front of it. Undefined: told why not. */
export const openRecogniser = async (
  context: CommandContext,
): Promise<OpenedRecogniser | undefined> => {
  const settings = context.clu ? cluSettings() : undefined;
  if (context.clu && settings === undefined) return undefined;
  const fallback = await loadUnderstanding(context);
  if (settings === undefined) return { understanding: fallback, counters: undefined };
  const counters = new CluCounters();
  const { cacheDir: dataDir } = context;
  const understanding = await loadCluUnderstanding(settings, { fallback, dataDir, counters });
  return { understanding, counters };
};

/** Says how many messages CLU decided on: without it, figures would speak of two recognisers. */
export const tellWhoAnswered = ({ counters }: OpenedRecogniser): void => {
  if (counters === undefined) return;
  const { clu, embedded, reasons, cluMs } = counters.read();
  const why = Object.entries(reasons).map(([reason, count]) => `${reason} ${count}`);
  const alone = why.length === 0 ? '' : ` (${why.join(', ')})`;
  console.error(
    `Azure CLU decided on ${clu} messages, in ${Math.round(cluMs.mean)} ms on average;`,
  );
  console.error(`the embedded recogniser on ${embedded}${alone}.`);
};
