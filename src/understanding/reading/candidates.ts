import type { Intent } from '#shared/intents.ts';
import type { ScoredIntent } from '#shared/recognition.ts';

/** What one part of a message looks like. */
export interface PartReading {
  /** Where it begins in the original text. */
  readonly start: number;
  /** How many words it has. */
  readonly length: number;
  /** Every intent, best first. */
  readonly scores: readonly ScoredIntent[];
}

/** An intent that the message may carry, and what speaks for and against it. */
export interface Candidate {
  readonly intent: Intent;
  /** Where it shows in the message. */
  readonly start: number;
  /** What the decision weighs; as many numbers as it has weights. */
  readonly clues: readonly number[];
}

/** Said around a request, these add nothing to it. */
export const POLITE: ReadonlySet<Intent> = new Set<Intent>([
  'greeting',
  'thanks',
  'goodbye',
  'affirm',
  'deny',
]);

/** How many of the best guesses for the whole message are looked at. */
const WHOLE_GUESSES = 4;
const FLOOR = 1e-4;
export const CLUES = 11;

/**
 * The intents that a message may carry: the best guesses for the whole, and the best of each part.
 * @param whole every intent with its score for the message read at once, best first
 * @param parts its clauses, in order; empty when there is only one
 */
export const candidatesOf = (
  whole: readonly ScoredIntent[],
  parts: readonly PartReading[],
): Candidate[] => {
  const names = new Set(whole.slice(0, WHOLE_GUESSES).map(({ intent }) => intent));
  for (const { scores } of parts) if (scores[0] !== undefined) names.add(scores[0].intent);
  return [...names].map((intent) => ({
    intent,
    start: parts.find(({ scores }) => scores[0]?.intent === intent)?.start ?? 0,
    clues: [...wholeClues(whole, intent), ...partClues(parts, intent)],
  }));
};

const wholeClues = (whole: readonly ScoredIntent[], intent: Intent): number[] => {
  const best = whole[0]?.score ?? 0;
  const score = scoreOf(whole, intent);
  return [1, logit(score), Math.log(Math.max(FLOOR, score / best)), score === best ? 1 : 0];
};

const partClues = (parts: readonly PartReading[], intent: Intent): number[] => {
  if (parts.length < 2) return [0, 0, 0, 0, 0, 0, 0];
  const led = parts.filter(({ scores }) => scores[0]?.intent === intent);
  const surest = Math.max(0, ...led.map(({ scores }) => scores[0]?.score ?? 0));
  const longest = Math.max(0, ...led.map((part) => part.length));
  return [
    1,
    logit(Math.max(...parts.map(({ scores }) => scoreOf(scores, intent)))),
    led.length > 0 ? 1 : 0,
    surest * surest,
    sumOf(led) / sumOf(parts),
    POLITE.has(intent) ? 1 : 0,
    Math.log(1 + longest),
  ];
};

const sumOf = (parts: readonly PartReading[]): number =>
  parts.reduce((sum, part) => sum + part.length, 0);

const scoreOf = (scores: readonly ScoredIntent[], intent: Intent): number =>
  scores.find((scored) => scored.intent === intent)?.score ?? 0;

const logit = (p: number): number => {
  const bounded = Math.min(1 - FLOOR, Math.max(FLOOR, p));
  return Math.log(bounded / (1 - bounded));
};

/** How likely it is that the message carries the candidate. */
export const likelihood = (clues: readonly number[], weights: readonly number[]): number => {
  const sum = clues.reduce((total, clue, i) => total + clue * (weights[i] ?? 0), 0);
  return 1 / (1 + Math.exp(-sum));
};
