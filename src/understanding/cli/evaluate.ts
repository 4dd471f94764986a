import { loadUnderstanding } from '../embedded-understanding.ts';
import { judge, readEvaluation } from '../evaluation/evaluate-file.ts';
import { report } from '../evaluation/metrics.ts';
import type { CommandContext } from './command.ts';
import { printReport } from './print-report.ts';

/** Tells how well the phrases of evaluation files are read. */
export const evaluate = async (context: CommandContext): Promise<number> => {
  if (context.arguments.length === 0) {
    console.error('Which file? npm run nlu -- evaluate FILE.jsonl');
    return 2;
  }
  const lines = context.arguments.flatMap((path) => readEvaluation(path));
  const understanding = await loadUnderstanding(context);
  await judge(lines.slice(0, 200), understanding);
  printReport(context, report(await judge(lines, understanding)));
  return 0;
};
