import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Recognition, ScoredIntent } from '#shared/recognition.ts';
import type { DangerDecision } from '../distress/danger-level.ts';

/** The numbers that turn scores into what to do, chosen on data: see resources/decision.json. */
export interface Decision {
  /** What each clue for an intent weighs, in the order of `candidatesOf`. */
  readonly weights: readonly number[];
  /**
   * What is told of how sure we are: log-odds are stretched, then shifted, so that of the messages
   * scored 0.8, eight in ten are right.
   */
  readonly shift: number;
  readonly stretch: number;
  /** From this likelihood on, an intent is added to the likeliest one. */
  readonly also: number;
  /** What each clue weighs for answering an intent before the likeliest one: see `aheadClues`. */
  readonly aheadWeights: readonly number[];
  /** From this likelihood on, an intent is answered before the likeliest one. */
  readonly ahead: number;
  /** At or above: answer. */
  readonly answer: number;
  /** At or above, below `answer`: offer the guesses as buttons. Below: unknown. */
  readonly clarify: number;
}

/** What `resources/decision.json` holds. */
export interface DecisionFile {
  /** How the numbers were chosen, for people. */
  readonly about: readonly string[];
  readonly distress: DangerDecision;
  /** By language; `default` serves those that have none of their own. */
  readonly decisions: Readonly<Record<string, Decision>>;
}

export const DECISION_PATH = join(import.meta.dirname, '..', 'resources', 'decision.json');

export const readDecisions = (): DecisionFile =>
  JSON.parse(readFileSync(DECISION_PATH, 'utf8')) as DecisionFile;

/** What the scores allow: an answer is given to the first intent, so it must be sure enough. */
export const chooseAction = (
  intents: readonly ScoredIntent[],
  { answer, clarify }: Decision,
): Recognition['action'] => {
  const sure = intents[0]?.score ?? 0;
  if (sure >= answer) return 'answer';
  return sure >= clarify ? 'clarify' : 'unknown';
};
