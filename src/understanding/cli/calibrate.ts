import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Intent } from '#shared/intents.ts';
import { judgeAll, judgeUnseen } from '../evaluation/calibrate.ts';
import { readEvaluation } from '../evaluation/evaluate-file.ts';
import {
  chooseDangerThresholds,
  chooseThresholds,
  fitScores,
  fitWeights,
  type JudgedMessage,
  likeliest,
} from '../evaluation/fit-decision.ts';
import { oddsOf, toProbability } from '../reading/candidates.ts';
import {
  DECISION_PATH,
  type Decision,
  type DecisionFile,
  readDecisions,
} from '../reading/decision.ts';
import { trainableLocales } from '../training/corpus.ts';
import type { CommandContext } from './command.ts';

/** The largest share of messages that may get a wrong answer. */
const WRONG_ANSWERS = 0.04;

/**
 * Chooses again the numbers of `resources/decision.json` for all languages: what clues weigh, on
 * phrases held out of training; thresholds, on the messages of the folder given, which has
 * `<language>.jsonl` for intents and `danger.jsonl` for danger and what only sounds like it.
 */
export const calibrate = async (context: CommandContext): Promise<number> => {
  const [folder] = context.arguments;
  if (folder === undefined) {
    console.error('On which messages? npm run nlu -- calibrate test/understanding/held-out');
    return 2;
  }
  const file = readDecisions();
  const decisions: Record<string, Decision> = { ...file.decisions };
  const danger: JudgedMessage['danger'][] = [];
  for (const locale of trainableLocales(context.localesDir)) {
    const unseen = judgeUnseen(context.localesDir, locale, context.folds, (done) => {
      console.error(`${locale}: fold ${done} of ${context.folds}`);
    });
    danger.push(...unseen.map((message) => message.danger));
    const before = (decisions[locale] ?? decisions.default) as Decision;
    const real = realMessages(join(folder, `${locale}.jsonl`), context.localesDir, locale);
    decisions[locale] = { ...before, ...decideOn(unseen, real) };
  }
  const weights = fitWeights(danger);
  const near = trainableLocales(context.localesDir).flatMap((locale) =>
    realMessages(join(folder, 'danger.jsonl'), context.localesDir, locale),
  );
  const thresholds = chooseDangerThresholds(
    near.map((message) => message.danger),
    weights,
  );
  const kept: DecisionFile = { ...file, distress: { weights, ...thresholds }, decisions };
  writeFileSync(DECISION_PATH, `${JSON.stringify(kept, undefined, 2)}\n`);
  return 0;
};

const decideOn = (
  unseen: readonly JudgedMessage[],
  real: readonly JudgedMessage[],
): Omit<Decision, 'also' | 'before'> => {
  const weights = fitWeights(unseen.flatMap(({ candidates }) => candidates));
  const messages = real.length === 0 ? unseen : real;
  const { shift, stretch } = fitScores(weights, messages);
  const scored = messages.flatMap(({ candidates }) => {
    const best = likeliest(candidates, weights);
    if (best === undefined) return [];
    const score = toProbability(shift + stretch * oddsOf(best.clues, weights));
    return [{ score, right: best.isFirst }];
  });
  return { weights, shift, stretch, ...chooseThresholds(scored, WRONG_ANSWERS) };
};

/** The messages of a file that are in a language, read; none when there is no such file. */
const realMessages = (path: string, localesDir: string, locale: string): JudgedMessage[] => {
  if (!existsSync(path)) return [];
  const messages = readEvaluation(path)
    .filter((line) => line.locale === locale)
    .map(({ text, intent, intents }) => ({ text, intents: (intents ?? [intent]) as Intent[] }));
  return messages.length === 0 ? [] : judgeAll(localesDir, locale, messages);
};
