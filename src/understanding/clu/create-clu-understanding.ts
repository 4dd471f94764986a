import { type Clock, systemClock } from '#shared/clock.ts';
import { type Logger, silentLogger } from '#shared/logger.ts';
import type { Recognition, ScoredIntent, Understanding } from '#shared/recognition.ts';
import { CALLS_A_MINUTE, createCallBudget } from './call-budget.ts';
import { type CircuitEvents, createCircuit } from './circuit.ts';
import { type CluAddress, createCluClient } from './clu-client.ts';
import { type Answered, CluCounters } from './clu-counters.ts';
import { CluFailure, type Reason, toCluFailure } from './clu-failure.ts';
import { type CluDecision, mergeIntents } from './merge-intents.ts';
import type { MonthlyCount } from './monthly-count.ts';
import { textToSend } from './text-to-send.ts';

export interface CluOptions extends CluAddress {
  /** Reads every message, and decides alone whenever CLU does not answer in time. */
  readonly fallback: Understanding;
  readonly decision: CluDecision;
  /** How long a person may wait for CLU, in milliseconds. */
  readonly timeoutMs?: number;
  readonly callsAMinute?: number;
  readonly monthly?: { readonly limit: number; readonly count: MonthlyCount } | undefined;
  /** See `CircuitOptions`. */
  readonly firstRestMs?: number;
  readonly clock?: Clock;
  readonly logger?: Logger;
  readonly counters?: CluCounters;
}

const TIMEOUT = 1500;

/**
 * A recogniser that asks Azure CLU for the intents, and the embedded recogniser for all else. A
 * failure of CLU changes nothing that a person can notice: `recognise` never throws.
 */
export const createCluUnderstanding = async (options: CluOptions): Promise<Understanding> => {
  const { fallback, decision, timeoutMs = TIMEOUT, clock = systemClock } = options;
  const { logger = silentLogger, counters = new CluCounters() } = options;
  const { callsAMinute = CALLS_A_MINUTE, monthly } = options;
  const askClu = await createCluClient(options);
  const budget = createCallBudget({ clock, callsAMinute, monthly });
  const rest = options.firstRestMs === undefined ? {} : { firstRestMs: options.firstRestMs };
  const circuit = createCircuit({ timeoutMs, clock, events: tell(logger), ...rest });

  const ask = async (text: string, language: string): Promise<readonly ScoredIntent[]> => {
    const spent = budget.spent();
    if (spent !== undefined) throw new CluFailure(spent);
    return circuit.run((signal) => {
      budget.spend();
      return askClu(text, language, signal);
    });
  };

  const note = (answered: Answered): void => {
    counters.add(answered);
    logger.info(answered, 'understood');
  };

  return {
    readsElsewhere: true,
    async recognise(text, context) {
      const local = await fallback.recognise(text, context);
      const started = performance.now();
      const since = (): number => Math.round((performance.now() - started) * 10) / 10;
      const alone = (reason: Reason): Recognition => {
        note({ recogniser: 'embedded', ms: since(), reason });
        return local;
      };
      const sent = textToSend(text, local);
      if (sent === undefined) return alone('not_sent');
      try {
        const merged = mergeIntents(local, await ask(sent, local.language), decision);
        note({ recogniser: 'clu', ms: since() });
        return merged;
      } catch (error) {
        return alone(toCluFailure(error, clock.now()).reason);
      }
    },
  };
};

/** Said once when CLU stops answering, and once when it answers again: not at each message. */
const tell = (logger: Logger): CircuitEvents => ({
  opened({ reason, status, needsSomebody }, rest) {
    const fields = { reason, status, restSeconds: Math.round(rest / 1000) };
    const message = 'Azure CLU does not answer; the embedded recogniser does';
    if (needsSomebody) logger.error(fields, `${message}: see the AZURE_LANGUAGE_ settings`);
    else logger.warn(fields, message);
  },
  closed: () => logger.info({}, 'Azure CLU answers again'),
});
