import type { Recognition, RecognitionContext, Understanding } from '#shared/recognition.ts';
import { CluCounters } from '#understanding/clu/clu-counters.ts';
import {
  type CluOptions,
  createCluUnderstanding,
} from '#understanding/clu/create-clu-understanding.ts';
import { type Peer, startPeer } from './clu-peer.ts';

/** A line of the log, as a test looks at it. */
export interface Logged {
  readonly level: string;
  readonly fields: Record<string, unknown>;
  readonly message: string;
}

/** Everything a test of CLU needs: a stand-in, a recogniser in front of it, and what was logged. */
export interface Bench {
  readonly peer: Peer;
  readonly counters: CluCounters;
  readonly log: Logged[];
  /** What the embedded recogniser is made to read. */
  local: Recognition;
  open(options?: Partial<CluOptions>): Promise<void>;
  recognise(text: string, context?: RecognitionContext): Promise<Recognition>;
  /** Why the embedded recogniser decided, message by message; `clu` where it did not. */
  reasons(): unknown[];
}

export const LOCAL: Recognition = {
  language: 'fr',
  intents: [{ intent: 'career_salary', score: 0.6 }],
  top3: [{ intent: 'career_salary', score: 0.6 }],
  action: 'clarify',
  entities: [],
  distress: 'no',
};

export const DECISION = { answer: 0.7, clarify: 0.3 };

export const openBench = async (): Promise<Bench> => {
  const peer = await startPeer();
  const counters = new CluCounters();
  const log: Logged[] = [];
  const note = (level: string) => (fields: object, message: string) => {
    log.push({ level, fields: fields as Record<string, unknown>, message });
  };
  const logger = {
    debug: note('debug'),
    info: note('info'),
    warn: note('warn'),
    error: note('error'),
  };
  let clu: Understanding | undefined;
  const bench: Bench = {
    peer,
    counters,
    log,
    local: LOCAL,
    async open(options = {}) {
      clu = await createCluUnderstanding({
        endpoint: peer.endpoint,
        project: 'declic',
        deployment: 'production',
        credential: 'a-key',
        allowInsecureConnection: true,
        fallback: { recognise: async () => bench.local },
        decision: DECISION,
        timeoutMs: 10_000,
        firstRestMs: 60_000,
        logger,
        counters,
        ...options,
      });
    },
    recognise(text, context = { locale: 'fr' }) {
      if (clu === undefined) throw new Error('The bench was not opened.');
      return clu.recognise(text, context);
    },
    reasons: () =>
      log
        .filter(({ message }) => message === 'understood')
        .map(({ fields }) => fields.reason ?? fields.recogniser),
  };
  return bench;
};
