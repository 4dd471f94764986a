import { crossValidate } from '../evaluation/cross-validation.ts';
import { type Report, report } from '../evaluation/metrics.ts';
import type { CommandContext } from './command.ts';
import { printConfusions, printReport } from './print-report.ts';

/** Tells how well phrases held out of training are read. */
export const crossval = async (context: CommandContext): Promise<number> => {
  printReport(context, await crossReport(context));
  return 0;
};

/** Tells which phrases held out of training are taken for another intent, all of them. */
export const confusions = async (context: CommandContext): Promise<number> => {
  const found = await crossReport(context);
  if (context.json) console.log(JSON.stringify(found.confusions));
  else printConfusions(found, found.confusions.length);
  return 0;
};

const crossReport = async ({ localesDir, locale, folds }: CommandContext): Promise<Report> =>
  report(
    await crossValidate(localesDir, locale, folds, (done) => {
      console.error(`fold ${done} of ${folds}`);
    }),
  );
