import { writeFileSync } from 'node:fs';
import { loadUnderstanding } from '../embedded-understanding.ts';
import { calibrate as chooseDecision } from '../evaluation/calibrate.ts';
import { judge, readEvaluation } from '../evaluation/evaluate-file.ts';
import { chooseThresholds } from '../evaluation/fit-decision.ts';
import { report } from '../evaluation/metrics.ts';
import {
  DECISION_PATH,
  type Decision,
  type DecisionFile,
  readDecisions,
} from '../reading/decision.ts';
import type { CommandContext } from './command.ts';
import { summary } from './print-report.ts';

/** The largest share of messages that may get a wrong answer. */
const WRONG_ANSWERS = 0.04;

/**
 * Chooses again the numbers of `resources/decision.json` for a language: the clues' weights on
 * phrases held out of training, the thresholds on the messages of the file given.
 */
export const calibrate = async (context: CommandContext): Promise<number> => {
  const [path] = context.arguments;
  if (path === undefined) {
    console.error('On which messages? npm run nlu -- calibrate FILE.jsonl [--locale fr]');
    return 2;
  }
  const { localesDir, locale, folds } = context;
  const lines = readEvaluation(path).filter((line) => line.locale === locale);
  const fitted = chooseDecision(localesDir, locale, lines, folds, (done) => {
    console.error(`fold ${done} of ${folds}`);
  });
  keep(locale, fitted);
  const judged = await judge(lines, await loadUnderstanding(context));
  const scored = judged.map((j) => ({ score: j.score, right: j.predicted === j.expected }));
  keep(locale, { ...fitted, ...chooseThresholds(scored, WRONG_ANSWERS) });
  console.log(summary(report(await judge(lines, await loadUnderstanding(context)))));
  return 0;
};

/** Changes the numbers given of a language, and leaves the others as they are. */
const keep = (locale: string, chosen: Partial<Decision>): void => {
  const file = readDecisions();
  const before = (file.decisions[locale] ?? file.decisions.default) as Decision;
  const decisions = { ...file.decisions, [locale]: { ...before, ...chosen } };
  const kept: DecisionFile = { ...file, decisions };
  writeFileSync(DECISION_PATH, `${JSON.stringify(kept, undefined, 2)}\n`);
};
