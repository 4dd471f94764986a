import type { Intent } from '#shared/intents.ts';
import { DANGER_SIGNS, type DangerDecision } from '../distress/danger-level.ts';
import { type Candidate, likelihood, oddsOf, toProbability } from '../reading/candidates.ts';
import type { Decision } from '../reading/decision.ts';
import { aheadClues, isBefore } from '../reading/message-intents.ts';

/** A statement about one message, what speaks for it, and whether it is true. */
export interface JudgedCandidate {
  readonly clues: readonly number[];
  readonly carried: boolean;
  readonly weight: number;
}

/** An intent that a message may carry. */
export type JudgedIntent = JudgedCandidate & Candidate & { readonly isFirst: boolean };

/** A message with the intents it may carry, `isFirst` marking the one to answer first; and danger. */
export interface JudgedMessage {
  readonly candidates: readonly JudgedIntent[];
  /** The likeliest intent when the message is read at once. */
  readonly anchor: Intent;
  readonly danger: JudgedCandidate;
  /** Whether the message carries one intent only, as most do. */
  readonly isPlain: boolean;
}

/** Shares of near-misses that may be met with help at once, taken for danger, and asked about. */
const FALSE_HELP = 0.015;
const FALSE_LEAD = 0.075;
const FALSE_QUESTION = 0.1;

const PASSES = 400;
const RATE = 0.3;
const DECAY = 1e-4;

/**
 * Learns what each clue weighs: a logistic regression by AdaGrad over all statements at once.
 * @param neverAgainst places of clues that may not speak against a statement
 */
export const fitWeights = (
  candidates: readonly JudgedCandidate[],
  neverAgainst: readonly number[] = [],
): number[] => {
  const count = candidates[0]?.clues.length ?? 0;
  const weights = new Array<number>(count).fill(0);
  const squares = new Array<number>(count).fill(1e-6);
  for (let pass = 0; pass < PASSES; pass++) {
    slopesOf(candidates, weights).forEach((slope, i) => {
      squares[i] = (squares[i] ?? 0) + slope * slope;
      weights[i] = (weights[i] ?? 0) - (RATE * slope) / Math.sqrt(squares[i] ?? 1);
    });
    for (const i of neverAgainst) weights[i] = Math.max(0, weights[i] ?? 0);
  }
  return weights.map(rounded);
};

/** Which way each weight is wrong, over all statements. */
const slopesOf = (candidates: readonly JudgedCandidate[], weights: readonly number[]): number[] => {
  const total = candidates.reduce((sum, { weight }) => sum + weight, 0);
  const slopes = weights.map((weight) => DECAY * weight);
  for (const { clues, carried, weight } of candidates) {
    const error = ((likelihood(clues, weights) - (carried ? 1 : 0)) * weight) / total;
    for (let i = 0; i < slopes.length; i++) slopes[i] = (slopes[i] ?? 0) + error * (clues[i] ?? 0);
  }
  return slopes;
};

/** What a real message with several intents counts when the order is learned. */
const ORDER_WEIGHT = 2;

/**
 * Learns when an intent is to be answered before the likeliest one of the message.
 * @param weights of the clues, learned before
 */
export const fitAhead = (
  messages: readonly JudgedMessage[],
  weights: readonly number[],
): number[] =>
  fitWeights(
    messages.flatMap(({ candidates, anchor, isPlain }) => {
      const first = candidates.find(({ intent }) => intent === anchor);
      if (first === undefined) return [];
      const odds = oddsOf(first.clues, weights);
      return candidates
        .filter((candidate) => candidate !== first && isBefore(candidate, first))
        .map((candidate) => ({
          clues: aheadClues(candidate, first, odds),
          carried: candidate.isFirst,
          weight: candidate.weight * (isPlain ? 1 : ORDER_WEIGHT),
        }));
    }),
  );

/** What stretches and shifts log-odds to fit messages that the weights were not learned on. */
export const fitScores = (
  weights: readonly number[],
  messages: readonly JudgedMessage[],
): Pick<Decision, 'shift' | 'stretch'> => {
  const points = messages.flatMap(({ candidates }) => {
    const best = likeliest(candidates, weights);
    return best === undefined ? [] : [{ odds: oddsOf(best.clues, weights), right: best.isFirst }];
  });
  let shift = 0;
  let stretch = 1;
  for (let pass = 0; pass < SCORE_PASSES; pass++) {
    let slopeShift = 0;
    let slopeStretch = 0;
    for (const { odds, right } of points) {
      const error = toProbability(shift + stretch * odds) - (right ? 1 : 0);
      slopeShift += error;
      slopeStretch += error * odds;
    }
    shift -= (0.5 * slopeShift) / points.length;
    stretch -= (0.1 * slopeStretch) / points.length;
  }
  return { shift: rounded(shift), stretch: rounded(stretch) };
};

const SCORE_PASSES = 3000;
const rounded = (value: number): number => Math.round(value * 1e4) / 1e4;

/** What a message written apart counts when danger is learned, against a phrase: they are harder. */
const APART_WEIGHT = 5;

/**
 * Learns what speaks for danger.
 * @param unseen phrases read by models that had not seen them
 * @param apart messages of danger, and what only sounds like it, written apart from the phrases
 */
export const fitDanger = (
  unseen: readonly JudgedCandidate[],
  apart: readonly JudgedCandidate[],
): number[] =>
  fitWeights(
    [...unseen, ...apart.map((judged) => ({ ...judged, weight: judged.weight * APART_WEIGHT }))],
    DANGER_SIGNS,
  );

/**
 * The lowest likelihoods of danger from which it is asked, leads, and is answered at once.
 * @param messages as many near-misses as there is danger: what only sounds like it
 */
export const chooseDangerThresholds = (
  messages: readonly JudgedCandidate[],
  weights: readonly number[],
): Pick<DangerDecision, 'yes' | 'lean' | 'maybe'> => {
  const harmless = messages
    .filter(({ carried }) => !carried)
    .map(({ clues }) => likelihood(clues, weights))
    .sort((a, b) => b - a);
  const from = (share: number) => {
    const allowed = harmless[Math.floor(harmless.length * share)] ?? 0;
    return Math.round((allowed + 1e-4) * 1e4) / 1e4;
  };
  return { yes: from(FALSE_HELP), lean: from(FALSE_LEAD), maybe: from(FALSE_QUESTION) };
};

/** The candidate that speaks loudest. */
export const likeliest = <T extends JudgedCandidate>(
  candidates: readonly T[],
  weights: readonly number[],
): T | undefined => {
  let best: T | undefined;
  for (const candidate of candidates) {
    const better =
      best === undefined || likelihood(candidate.clues, weights) > likelihood(best.clues, weights);
    if (better) best = candidate;
  }
  return best;
};

/**
 * The lowest scores at which to answer and to offer guesses.
 * @param scored the first intent's score of each message, and whether it is right
 * @param wrongAnswers the largest share of messages that may get a wrong answer
 */
export const chooseThresholds = (
  scored: readonly { readonly score: number; readonly right: boolean }[],
  wrongAnswers: number,
): Pick<Decision, 'answer' | 'clarify'> => {
  const allowed = Math.floor(scored.length * wrongAnswers);
  const wrong = scored
    .filter(({ right }) => !right)
    .map(({ score }) => score)
    .sort((a, b) => b - a);
  const answer = Math.min(0.9, Math.max(0.3, (wrong[allowed] ?? 0) + 0.001));
  return { answer: Math.round(answer * 1000) / 1000, clarify: Math.round(answer * 400) / 1000 };
};
