import { keepCluDecision, readCluDecision } from '../clu/clu-decision.ts';
import { judge, readEvaluation } from '../evaluation/evaluate-file.ts';
import { chooseThresholds } from '../evaluation/fit-decision.ts';
import type { CommandContext } from './command.ts';
import { openRecogniser, tellWhoAnswered } from './open-recogniser.ts';

/** The largest share of messages that may get a wrong answer; as for the embedded recogniser. */
const WRONG_ANSWERS = 0.04;

/** Chooses the thresholds of `resources/clu-decision.json` on what CLU answers to a file. */
export const calibrateClu = async (context: CommandContext): Promise<number> => {
  const [path] = context.arguments;
  if (path === undefined) {
    console.error('On which messages? npm run nlu -- calibrate-clu FILE.jsonl');
    return 2;
  }
  const opened = await openRecogniser({ ...context, clu: true });
  if (opened === undefined) return 2;
  const lines = readEvaluation(path);
  const judged = await judge(lines, opened.understanding);
  tellWhoAnswered(opened);
  const answeredByClu = opened.counters?.read().clu ?? 0;
  if (answeredByClu < lines.length / 2) {
    console.error('Azure CLU decided on too few of them: the thresholds stay as they are.');
    return 1;
  }
  const scored = judged.map((j) => ({ score: j.score, right: j.predicted === j.expected }));
  keepCluDecision(chooseThresholds(scored, WRONG_ANSWERS), `${lines.length} messages of ${path}`);
  console.log(JSON.stringify(readCluDecision()));
  return 0;
};
