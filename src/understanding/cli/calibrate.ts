import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Intent } from '#shared/intents.ts';
import { silentLogger } from '#shared/logger.ts';
import { judgeApart, judgeUnseen } from '../evaluation/calibrate.ts';
import { readEvaluation } from '../evaluation/evaluate-file.ts';
import {
  chooseDangerThresholds,
  chooseThresholds,
  fitAhead,
  fitDanger,
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
import { type LoadedLanguage, loadModels } from '../training/model-cache.ts';
import type { CommandContext } from './command.ts';

/** The largest share of messages with one intent that may get a wrong answer. */
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
  const models = await loadModels({ ...context, logger: silentLogger });
  const languages = models.languages.map((language) => language.load());
  for (const language of languages) {
    const { locale } = language.sources;
    const unseen = judgeUnseen(context.localesDir, locale, context.folds, (done) => {
      console.error(`${locale}: fold ${done} of ${context.folds}`);
    });
    danger.push(...unseen.map((message) => message.danger));
    const before = (decisions[locale] ?? decisions.default) as Decision;
    const real = realMessages(join(folder, `${locale}.jsonl`), language);
    decisions[locale] = { ...before, ...decideOn(unseen, real) };
  }
  const near = languages.flatMap((language) =>
    realMessages(join(folder, 'danger.jsonl'), language),
  );
  const apart = near.map((message) => message.danger);
  const weights = fitDanger(danger, apart);
  const thresholds = chooseDangerThresholds(apart, weights);
  const kept: DecisionFile = { ...file, distress: { weights, ...thresholds }, decisions };
  writeFileSync(DECISION_PATH, `${JSON.stringify(kept, undefined, 2)}\n`);
  return 0;
};

const decideOn = (
  unseen: readonly JudgedMessage[],
  real: readonly JudgedMessage[],
): Omit<Decision, 'also' | 'ahead'> => {
  const weights = fitWeights(unseen.flatMap(({ candidates }) => candidates));
  const aheadWeights = fitAhead(unseen, weights);
  const messages = real.length === 0 ? unseen : real;
  const { shift, stretch } = fitScores(weights, messages);
  const plain = messages.filter(({ isPlain }) => isPlain);
  const scored = plain.flatMap(({ candidates }) => {
    const best = likeliest(candidates, weights);
    if (best === undefined) return [];
    const score = toProbability(shift + stretch * oddsOf(best.clues, weights));
    return [{ score, right: best.isFirst }];
  });
  return { weights, aheadWeights, shift, stretch, ...chooseThresholds(scored, WRONG_ANSWERS) };
};

/** The messages of a file that are in a language, read; none when there is no such file. */
const realMessages = (path: string, language: LoadedLanguage): JudgedMessage[] => {
  if (!existsSync(path)) return [];
  const messages = readEvaluation(path)
    .filter((line) => line.locale === language.sources.locale)
    .map(({ text, intent, intents }) => ({ text, intents: (intents ?? [intent]) as Intent[] }));
  return messages.length === 0 ? [] : judgeApart(language, messages);
};
