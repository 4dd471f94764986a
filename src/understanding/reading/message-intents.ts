import type { Intent } from '#shared/intents.ts';
import type { ScoredIntent } from '#shared/recognition.ts';
import {
  type Candidate,
  candidatesOf,
  likelihood,
  oddsOf,
  POLITE,
  type Reading,
  toProbability,
} from './candidates.ts';
import type { Decision } from './decision.ts';

/** What a message says, before distress and the action are settled. */
export interface MessageIntents {
  /** All intents, in the order to answer them. */
  readonly intents: readonly ScoredIntent[];
  /** The likeliest intents, best first, whether the message carries them or not. */
  readonly guesses: readonly ScoredIntent[];
}

/** All the intents of a message. */
export const messageIntents = (reading: Reading, decision: Decision): MessageIntents => {
  const likely = candidatesOf(reading)
    .map((candidate) => scored(candidate, decision))
    .sort((a, b) => b.score - a.score);
  const anchor = likely.find(({ intent }) => intent === reading.whole[0]?.intent) ?? likely[0];
  if (anchor === undefined) return { intents: [], guesses: [] };
  const others = likely.filter((c) => c !== anchor && c.likelihood >= decision.also);
  const before = others.filter((c) => goesAhead(c, anchor, decision));
  const after = others.filter((c) => !before.includes(c));
  const kept = [...inOrder(before), anchor, ...inOrder(after)];
  const guesses = likely.map(({ intent, score }) => ({ intent, score }));
  const intents = withoutPoliteness(kept).map(({ intent, score }) => ({ intent, score }));
  return { intents, guesses };
};

/** Whether an intent is to be answered before the likeliest one. */
const goesAhead = (candidate: Scored, anchor: Scored, decision: Decision): boolean =>
  isBefore(candidate, anchor) &&
  likelihood(aheadClues(candidate, anchor, anchor.odds), decision.aheadWeights) >= decision.ahead;

/**
 * What speaks for answering an intent before the likeliest one.
 * @param odds of the likeliest intent
 */
export const aheadClues = (candidate: Candidate, anchor: Candidate, odds: number): number[] => [
  ...candidate.clues,
  odds,
  Number(rank(candidate.intent) < rank(anchor.intent)),
];

/** A candidate with how likely the message carries it, and what is told of that. */
interface Scored extends Candidate {
  readonly odds: number;
  readonly likelihood: number;
  readonly score: number;
}

const scored = (candidate: Candidate, { weights, shift, stretch }: Decision): Scored => {
  const odds = oddsOf(candidate.clues, weights);
  const score = toProbability(shift + stretch * odds);
  return { ...candidate, odds, likelihood: toProbability(odds), score };
};

const withoutPoliteness = (found: readonly Scored[]): readonly Scored[] => {
  const kept = found.filter(({ intent }) => !POLITE.has(intent));
  return kept.length > 0 ? kept : found.slice(0, 1);
};

/** Distress first, then doubts, then the rest; insults last; each in the order of the message. */
const inOrder = (found: readonly Scored[]): Scored[] =>
  [...found].sort((a, b) => (isBefore(a, b) ? -1 : isBefore(b, a) ? 1 : b.score - a.score));

/** Whether an intent comes before another in the order to answer them. */
export const isBefore = (a: Candidate, b: Candidate): boolean =>
  rank(a.intent) < rank(b.intent) || (rank(a.intent) === rank(b.intent) && a.start < b.start);

const rank = (intent: Intent): number => {
  if (intent === 'distress') return 0;
  if (intent.startsWith('barrier_')) return 1;
  return intent === 'abuse' ? 3 : 2;
};
