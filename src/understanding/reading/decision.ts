import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Recognition, ScoredIntent } from '#shared/recognition.ts';
import type { DistressThresholds } from '../distress/distress-detector.ts';

/** The numbers that turn scores into what to do, chosen on data: see resources/decision.json. */
export interface Decision {
  /** Divides the scores of the model before they become probabilities. */
  readonly temperature: number;
  /** At or above: answer. */
  readonly answer: number;
  /** Also needed to answer: how far ahead of the second guess. */
  readonly margin: number;
  /** At or above, below `answer`: offer the guesses as buttons. Below: unknown. */
  readonly clarify: number;
  /** What a clause must reach for its intent to be added. */
  readonly part: number;
  /** What the whole message must give that intent. */
  readonly partInWhole: number;
  /** What the second guess of the whole must reach to be added. */
  readonly second: number;
  readonly distress: DistressThresholds;
}

const PATH = join(import.meta.dirname, '..', 'resources', 'decision.json');

/** Reads the numbers of every language; `default` serves those that have none of their own. */
export const readDecisions = (): Readonly<Record<string, Decision>> => {
  const { decisions } = JSON.parse(readFileSync(PATH, 'utf8')) as {
    readonly decisions: Readonly<Record<string, Decision>>;
  };
  return decisions;
};

/** What the scores allow. `intents` in the order to answer; `top` best first. */
export const chooseAction = (
  top: readonly ScoredIntent[],
  intents: readonly ScoredIntent[],
  decision: Decision,
): Recognition['action'] => {
  const best = top[0]?.score ?? 0;
  const next = intents.length > 1 ? 0 : (top[1]?.score ?? 0);
  const sure = intents.length > 1 ? Math.max(best, ...intents.map((i) => i.score)) : best;
  if (sure >= decision.answer && best - next >= decision.margin) return 'answer';
  return sure >= decision.clarify ? 'clarify' : 'unknown';
};
