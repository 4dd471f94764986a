import { z } from 'zod';
import { type Intent, isIntent } from '#shared/intents.ts';
import type { ScoredIntent } from '#shared/recognition.ts';
import { CluFailure } from './clu-failure.ts';

/** The service always has this intent; it stands for our `none`. */
export const NONE_OF_CLU = 'None';

/** Our intent of that name, if we have it. */
export const toIntent = (category: string): Intent | undefined => {
  if (category === NONE_OF_CLU) return 'none';
  return isIntent(category) ? category : undefined;
};

/** On the wire `confidenceScore`; Azure's client renames it `confidence`. Both are read. */
const confident = { confidence: z.number().optional(), confidenceScore: z.number().optional() };
const envelope = z.looseObject({ result: z.looseObject({ prediction: z.unknown() }) });
const conversation = z.looseObject({
  intents: z.array(z.looseObject({ ...confident, category: z.string() })).min(1),
});
const target = z.looseObject({
  ...confident,
  targetProjectKind: z.string().optional(),
  result: z.unknown().optional(),
});
const orchestration = z.looseObject({
  topIntent: z.string().optional(),
  intents: z.record(z.string(), target),
});

/**
 * The intents of an answer of the service, likeliest first; those we do not know are left out.
 * An orchestration project answers through the project it routes to.
 * @throws CluFailure `unreadable` for what is no answer; `foreign_intents` when the likeliest
 *   intent is not one of ours: the project was not made from our phrases.
 */
export const readAnswer = (body: unknown): readonly ScoredIntent[] => {
  const read = envelope.safeParse(body);
  if (!read.success) throw new CluFailure('unreadable');
  const plain = conversation.safeParse(read.data.result.prediction);
  if (plain.success) return rank(plain.data.intents);
  const routed = orchestration.safeParse(read.data.result.prediction);
  if (!routed.success) throw new CluFailure('unreadable');
  return readRouted(routed.data);
};

const rank = (intents: z.output<typeof conversation>['intents']): readonly ScoredIntent[] => {
  const ranking = intents
    .map((each) => ({ intent: toIntent(each.category), score: scoreOf(each) }))
    .sort((a, b) => b.score - a.score);
  if (ranking[0]?.intent === undefined) throw new CluFailure('foreign_intents');
  return ranking.flatMap(({ intent, score }) => (intent === undefined ? [] : [{ intent, score }]));
};

const readRouted = ({
  topIntent,
  intents,
}: z.output<typeof orchestration>): readonly ScoredIntent[] => {
  const likeliest = Object.entries(intents).sort(([, a], [, b]) => scoreOf(b) - scoreOf(a))[0];
  const chosen = intents[topIntent ?? likeliest?.[0] ?? ''];
  if (chosen?.targetProjectKind === 'Conversation') return readAnswer({ result: chosen.result });
  if (chosen?.targetProjectKind !== 'NonLinked') throw new CluFailure('foreign_intents');
  return [{ intent: 'none', score: scoreOf(chosen) }];
};

const scoreOf = (read: {
  readonly confidence?: number | undefined;
  readonly confidenceScore?: number | undefined;
}): number => Math.min(1, Math.max(0, read.confidence ?? read.confidenceScore ?? 0));
