import { judge, readEvaluation } from '../evaluation/evaluate-file.ts';
import { report } from '../evaluation/metrics.ts';
import type { CommandContext } from './command.ts';
import { openRecogniser, tellWhoAnswered } from './open-recogniser.ts';
import { printReport } from './print-report.ts';

/** Tells how well the phrases of evaluation files are read. */
export const evaluate = async (context: CommandContext): Promise<number> => {
  if (context.arguments.length === 0) {
    console.error('Which file? npm run nlu -- evaluate FILE.jsonl');
    return 2;
  }
  const lines = context.arguments.flatMap((path) => readEvaluation(path));
  const opened = await openRecogniser(context);
  if (opened === undefined) return 2;
  const { understanding } = opened;
  // Warms the code up, so that latencies are those of a service that runs; CLU is paid by the call.
  if (!context.clu) await judge(lines.slice(0, 200), understanding);
  printReport(context, report(await judge(lines, understanding)));
  tellWhoAnswered(opened);
  return 0;
};
