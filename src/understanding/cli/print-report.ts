import type { Report } from '../evaluation/metrics.ts';
import { type CommandContext, percent } from './command.ts';

const CONFUSIONS_SHOWN = 25;
const EXAMPLES_SHOWN = 3;

/** Prints a report: JSON for machines, else tables for people. */
export const printReport = (context: CommandContext, report: Report): void => {
  if (context.json) {
    console.log(JSON.stringify(report));
    return;
  }
  console.log(summary(report));
  console.log('\nintent                        n  precision  recall     F1');
  for (const { intent, count, precision, recall, f1 } of report.intents) {
    const cells = [precision, recall, f1].map((share) => percent(share).padStart(9));
    console.log(`${intent.padEnd(26)}${String(count).padStart(5)} ${cells.join(' ')}`);
  }
  printConfusions(report, CONFUSIONS_SHOWN);
};

export const summary = (report: Report): string => {
  const { several, distress, latency } = report;
  const lines = [
    ['phrases', String(report.count)],
    ['accuracy (first intent)', percent(report.accuracy)],
    ['macro F1', percent(report.macroF1)],
    ['answered at once', percent(report.coverage)],
    ['wrong answers given', percent(report.wrongAnswers)],
    ['calibration error (ECE)', percent(report.calibrationError)],
    ['latency p50 / p99', `${latency.p50.toFixed(2)} / ${latency.p99.toFixed(2)} ms`],
  ];
  if (several.count > 0) {
    lines.push(['several intents', `${several.count} messages`]);
    lines.push([
      '  exact set / first right',
      `${percent(several.exact)} / ${percent(several.first)}`,
    ]);
  }
  if (distress.count > 0) lines.push(['distress found', percent(distress.recall)]);
  lines.push(['distress false alarms', percent(distress.falseAlarms)]);
  lines.push(['distress asked for nothing', percent(distress.falseQuestions)]);
  return lines.map(([name = '', value]) => `${name.padEnd(28)}${value}`).join('\n');
};

export const printConfusions = (report: Report, shown: number): void => {
  console.log('\nexpected → read');
  for (const { expected, predicted, count, examples } of report.confusions.slice(0, shown)) {
    console.log(`${String(count).padStart(4)}  ${expected} → ${predicted}`);
    for (const example of examples.slice(0, EXAMPLES_SHOWN)) console.log(`        ${example}`);
  }
};
