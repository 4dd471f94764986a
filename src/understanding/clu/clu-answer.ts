import { z } from 'zod';
import { type Intent, isIntent } from '#shared/intents.ts';
import type { ScoredIntent } from '#shared/recognition.ts';
import { CluFailure } from './clu-failure.ts';

/** The service always has this intent; it stands for our `none`. */
export const NONE_OF_CLU = 'None';

export const toIntent = (category: string): Intent | undefined => {
  if (category === NONE_OF_CLU) return 'none';
  return isIntent(category) ? category : undefined;
};

/** On the wire `confidenceScore`; Azure's client renames it `confidence`. Both are read. */
const scored = z.looseObject({
  category: z.string(),
  confidence: z.number().optional(),
  confidenceScore: z.number().optional(),
});
const conversation = z.looseObject({ intents: z.array(scored) });
const target = z.looseObject({
  confidence: z.number().optional(),
  confidenceScore: z.number().optional(),
  targetProjectKind: z.string().optional(),
  result: z.unknown().optional(),
});
const orchestration = z.looseObject({
  topIntent: z.string().optional(),
  intents: z.record(z.string(), target),
});
const answer = z.looseObject({
  result: z.looseObject({ prediction: z.union([conversation, orchestration]) }),
});

type Target = z.output<typeof target>;

/**
 * The intents of an answer of the service, likeliest first; those we do not know are left out.
 * An orchestration project answers by the project it routes to.
 * @throws CluFailure `unreadable` for what is no answer; `foreign_intents` when the likeliest
 *   intent is not one of ours: the project was not made from our phrases.
 */
export const readAnswer = (body: unknown): readonly ScoredIntent[] => {
  const read = answer.safeParse(body);
  if (!read.success) throw new CluFailure('unreadable');
  const { prediction } = read.data.result;
  if (!Array.isArray(prediction.intents)) return readAnswer({ result: routed(prediction) });
  const ranking = (prediction.intents as z.output<typeof scored>[])
    .map((each) => ({ intent: toIntent(each.category), score: scoreOf(each) }))
    .sort((a, b) => b.score - a.score);
  if (ranking[0]?.intent === undefined) throw new CluFailure('foreign_intents');
  return ranking.flatMap(({ intent, score }) => (intent === undefined ? [] : [{ intent, score }]));
};

/** What the project that an orchestration routed to has answered. */
const routed = (prediction: { topIntent?: unknown; intents: unknown }): unknown => {
  const targets = prediction.intents as Readonly<Record<string, Target>>;
  const names = Object.keys(targets).sort((a, b) => scoreOf(targets[b]) - scoreOf(targets[a]));
  const top = String(prediction.topIntent ?? names[0]);
  const chosen = targets[top];
  if (chosen?.targetProjectKind === 'NonLinked' || top === NONE_OF_CLU) {
    const none = { category: NONE_OF_CLU, confidence: scoreOf(chosen) };
    return { prediction: { intents: [none] } };
  }
  if (chosen?.targetProjectKind !== 'Conversation') throw new CluFailure('foreign_intents');
  return chosen.result;
};

const scoreOf = (
  it: { confidence?: number | undefined; confidenceScore?: number | undefined } | undefined,
): number => Math.min(1, Math.max(0, it?.confidence ?? it?.confidenceScore ?? 0));
