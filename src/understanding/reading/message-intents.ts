import type { Intent } from '#shared/intents.ts';
import type { ScoredIntent } from '#shared/recognition.ts';
import type { Decision } from './decision.ts';

/** What one part of a message looks like. */
export interface PartReading {
  readonly start: number;
  readonly scores: readonly ScoredIntent[];
}

/** Said around a request, these add nothing to it. */
const POLITE: ReadonlySet<Intent> = new Set<Intent>([
  'greeting',
  'thanks',
  'goodbye',
  'affirm',
  'deny',
  'none',
  'help',
  'feedback',
]);

/** Where an intent was found, and how sure. */
interface Sighting {
  readonly score: number;
  readonly start: number;
}

/**
 * All the intents of a message, in the order to answer them.
 * @param whole the scores of the message read at once, best first
 * @param parts the scores of its clauses, best first, in the order of the message
 */
export const messageIntents = (
  whole: readonly ScoredIntent[],
  parts: readonly PartReading[],
  decision: Decision,
): ScoredIntent[] => {
  const found = new Map<Intent, Sighting>();
  const see = ({ intent, score }: ScoredIntent, start: number) => {
    if (!found.has(intent)) found.set(intent, { score, start });
  };
  const [first, second] = whole;
  if (first !== undefined) see(first, startOf(first.intent, parts));
  for (const { start, scores } of parts) {
    const best = scores[0];
    if (best !== undefined && stands(best, whole, decision)) see(best, start);
  }
  if (second !== undefined && second.score >= decision.second && !POLITE.has(second.intent)) {
    see(second, startOf(second.intent, parts));
  }
  return inOrder(withoutPoliteness(found));
};

/** Whether what a clause seems to say is sure enough, and not foreign to the whole message. */
const stands = (
  { intent, score }: ScoredIntent,
  whole: readonly ScoredIntent[],
  decision: Decision,
): boolean => {
  if (POLITE.has(intent) || score < decision.part) return false;
  return (whole.find((other) => other.intent === intent)?.score ?? 0) >= decision.partInWhole;
};

/** Where an intent shows in the message: the first part that it leads, else the beginning. */
const startOf = (intent: Intent, parts: readonly PartReading[]): number =>
  parts.find((part) => part.scores[0]?.intent === intent)?.start ?? 0;

const withoutPoliteness = <T>(found: ReadonlyMap<Intent, T>): Map<Intent, T> => {
  const kept = new Map([...found].filter(([intent]) => !POLITE.has(intent)));
  return kept.size > 0 ? kept : new Map(found);
};

/** Distress first, then doubts, then the rest; insults last; each in the order of the message. */
const inOrder = (found: ReadonlyMap<Intent, Sighting>): ScoredIntent[] =>
  [...found]
    .sort(([a, x], [b, y]) => rank(a) - rank(b) || x.start - y.start || y.score - x.score)
    .map(([intent, { score }]) => ({ intent, score }));

const rank = (intent: Intent): number => {
  if (intent === 'distress') return 0;
  if (intent.startsWith('barrier_')) return 1;
  return intent === 'abuse' ? 3 : 2;
};
