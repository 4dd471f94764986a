import { CLUES, likelihood } from '../reading/candidates.ts';
import type { Decision } from '../reading/decision.ts';

/** One candidate intent of one message, and whether the message really carries it. */
export interface JudgedCandidate {
  readonly clues: readonly number[];
  readonly carried: boolean;
  readonly weight: number;
}

/** A message with all its candidates; `isFirst` marks the one to answer first. */
export interface JudgedMessage {
  readonly candidates: readonly (JudgedCandidate & { readonly isFirst: boolean })[];
}

const PASSES = 400;
const RATE = 0.3;
const DECAY = 1e-4;

/** Learns what each clue weighs: a logistic regression by AdaGrad over all candidates at once. */
export const fitWeights = (candidates: readonly JudgedCandidate[]): number[] => {
  const weights = new Array<number>(CLUES).fill(0);
  const squares = new Array<number>(CLUES).fill(1e-6);
  const total = candidates.reduce((sum, { weight }) => sum + weight, 0);
  for (let pass = 0; pass < PASSES; pass++) {
    const slopes = weights.map((weight) => DECAY * weight);
    for (const { clues, carried, weight } of candidates) {
      const error = ((likelihood(clues, weights) - (carried ? 1 : 0)) * weight) / total;
      for (let i = 0; i < CLUES; i++) slopes[i] = (slopes[i] ?? 0) + error * (clues[i] ?? 0);
    }
    slopes.forEach((slope, i) => {
      squares[i] = (squares[i] ?? 0) + slope * slope;
      weights[i] = (weights[i] ?? 0) - (RATE * slope) / Math.sqrt(squares[i] ?? 1);
    });
  }
  return weights.map((weight) => Math.round(weight * 1e4) / 1e4);
};

/** Stretches and shifts likelihoods to fit messages that the weights were not learned on. */
export const recalibrate = (
  weights: readonly number[],
  messages: readonly JudgedMessage[],
): number[] => {
  const points = messages.flatMap(({ candidates }) => {
    const best = likeliest(candidates, weights);
    if (best === undefined) return [];
    const sum = best.clues.reduce((total, clue, i) => total + clue * (weights[i] ?? 0), 0);
    return [{ clues: [1, sum], carried: best.isFirst, weight: 1 }];
  });
  let shift = 0;
  let stretch = 1;
  for (let pass = 0; pass < 3000; pass++) {
    let slopeShift = 0;
    let slopeStretch = 0;
    for (const { clues, carried } of points) {
      const error = likelihood(clues, [shift, stretch]) - (carried ? 1 : 0);
      slopeShift += error;
      slopeStretch += error * (clues[1] ?? 0);
    }
    shift -= (0.5 * slopeShift) / points.length;
    stretch -= (0.1 * slopeStretch) / points.length;
  }
  return weights.map((weight, i) => {
    const scaled = weight * stretch + (i === 0 ? shift : 0);
    return Math.round(scaled * 1e4) / 1e4;
  });
};

const likeliest = <T extends JudgedCandidate>(
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
