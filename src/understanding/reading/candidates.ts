import type { Intent } from '#shared/intents.ts';
import type { ScoredIntent } from '#shared/recognition.ts';

/** What one part of a message looks like. */
export interface PartReading {
  /** Where it begins in the original text. */
  readonly start: number;
  /** How many words it has. */
  readonly length: number;
  /** Whether it ends with a question mark. */
  readonly asks: boolean;
  /** Every intent, best first. */
  readonly scores: readonly ScoredIntent[];
  /** How likely it speaks of danger, 0 to 1. */
  readonly alarm: number;
}

/** A message read at once, and by its parts. */
export interface Reading {
  /** Every intent for the message read at once, best first. */
  readonly whole: readonly ScoredIntent[];
  /** Its clauses, in order; empty when there is only one. */
  readonly parts: readonly PartReading[];
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
/** A part of up to this many words says little of its own. */
const SHORT_PART = 3;
const FLOOR = 1e-4;

/** The intents that a message may carry: the best guesses for the whole, and the best of each part. */
export const candidatesOf = (reading: Reading): Candidate[] => {
  const { whole, parts } = reading;
  const names = new Set(whole.slice(0, WHOLE_GUESSES).map(({ intent }) => intent));
  for (const { scores } of parts) if (scores[0] !== undefined) names.add(scores[0].intent);
  return [...names].map((intent) => candidateOf(intent, reading));
};

/** How an intent stands in the parts of a message that has several. */
interface Standing {
  /** The parts where it is the likeliest. */
  readonly led: readonly PartReading[];
  /** The part where it scores most. */
  readonly best: PartReading;
}

const candidateOf = (intent: Intent, { whole, parts }: Reading): Candidate => {
  const leader = whole[0] ?? { intent, score: 0 };
  const score = scoreOf(whole, intent);
  const isLeader = Number(intent === leader.intent);
  const ofWhole = [
    1,
    isLeader,
    logit(score),
    logRatio(score, leader.score),
    isLeader * logit(score),
    Number(POLITE.has(intent)),
    Number(intent === 'none'),
    (1 - isLeader) * Number(intent === 'none'),
  ];
  const standing = parts.length < 2 ? undefined : standingOf(intent, parts);
  const ofParts =
    standing === undefined ? PART_CLUES : partClues(intent, leader.intent, standing, parts);
  const start = standing === undefined ? 0 : (standing.led[0] ?? standing.best).start;
  return { intent, start, clues: [...ofWhole, ...ofParts] };
};

const standingOf = (intent: Intent, parts: readonly PartReading[]): Standing => {
  let best = parts[0] as PartReading;
  for (const part of parts) {
    if (scoreOf(part.scores, intent) > scoreOf(best.scores, intent)) best = part;
  }
  return { led: parts.filter(({ scores }) => scores[0]?.intent === intent), best };
};

const partClues = (
  intent: Intent,
  leader: Intent,
  { led, best }: Standing,
  parts: readonly PartReading[],
): number[] => {
  const isLeader = Number(intent === leader);
  const isOther = 1 - isLeader;
  const score = scoreOf(best.scores, intent);
  const rival = best.scores.find((scored) => scored.intent !== intent)?.score ?? 0;
  const surest = Math.max(0, ...led.map(({ scores }) => scores[0]?.score ?? 0));
  const elsewhere = parts
    .filter((part) => part !== best)
    .map(({ scores }) => scoreOf(scores, leader));
  return [
    1,
    isLeader,
    logit(score),
    Number(led.length > 0),
    surest * surest,
    wordsOf(led) / Math.max(1, wordsOf(parts)),
    Number(POLITE.has(intent)),
    Math.log(1 + Math.max(0, ...led.map(({ length }) => length))),
    // Whether the leader still shows where this intent does not, and here: then both are said.
    isOther * logit(Math.max(0, ...elsewhere)),
    isOther * logit(scoreOf(best.scores, leader)),
    Math.log(parts.length),
    logRatio(score, rival),
    Number(best.asks),
    isLeader * Number(best.asks),
    isOther * Number(best.length <= SHORT_PART),
  ];
};

/** What the clues of the parts are when there is only one. */
const PART_CLUES = new Array<number>(15).fill(0);

const wordsOf = (parts: readonly PartReading[]): number =>
  parts.reduce((sum, { length }) => sum + length, 0);

const scoreOf = (scores: readonly ScoredIntent[], intent: Intent): number =>
  scores.find((scored) => scored.intent === intent)?.score ?? 0;

const logRatio = (a: number, b: number): number =>
  Math.log(Math.max(FLOOR, a) / Math.max(FLOOR, b));

const logit = (p: number): number => {
  const bounded = Math.min(1 - FLOOR, Math.max(FLOOR, p));
  return Math.log(bounded / (1 - bounded));
};

/** The weighed sum of some clues, in log-odds. */
export const oddsOf = (clues: readonly number[], weights: readonly number[]): number =>
  clues.reduce((total, clue, i) => total + clue * (weights[i] ?? 0), 0);

/** Log-odds as a probability. */
export const toProbability = (odds: number): number => 1 / (1 + Math.exp(-odds));

/** How likely it is that the message carries the candidate. */
export const likelihood = (clues: readonly number[], weights: readonly number[]): number =>
  toProbability(oddsOf(clues, weights));
