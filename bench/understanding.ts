/**
 * What the recogniser costs and how well it reads: `npx node bench/understanding.ts [FILE.jsonl…]`.
 * Without files, those of test/understanding/blind. Prints a table; `--json` for machines.
 */
import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { loadUnderstanding } from '#understanding/embedded-understanding.ts';
import {
  type EvaluationLine,
  judge,
  readEvaluation,
} from '#understanding/evaluation/evaluate-file.ts';
import { report } from '#understanding/evaluation/metrics.ts';

const ROOT = join(import.meta.dirname, '..');
const BLIND = join(ROOT, 'test', 'understanding', 'blind');
const localesDir = join(ROOT, 'locales');
const files = process.argv.slice(2).filter((argument) => !argument.startsWith('--'));
const asJson = process.argv.includes('--json');

const timed = async <T>(work: () => Promise<T>): Promise<{ value: T; ms: number }> => {
  const started = performance.now();
  const value = await work();
  return { value, ms: performance.now() - started };
};

/** The lines of a file, none when it is not an evaluation of intents. */
const linesOf = (path: string): EvaluationLine[] => {
  try {
    return readEvaluation(path);
  } catch {
    return [];
  }
};

const cacheDir = mkdtempSync(join(tmpdir(), 'declic-bench-'));
const trained = await timed(() => loadUnderstanding({ localesDir, cacheDir }));
const loaded = await timed(() => loadUnderstanding({ localesDir, cacheDir }));
const models = readdirSync(cacheDir).map((name) => ({
  locale: basename(name, '.model'),
  megabytes: statSync(join(cacheDir, name)).size / 1e6,
}));
rmSync(cacheDir, { recursive: true });

const paths = files.length > 0 ? files : readdirSync(BLIND).map((name) => join(BLIND, name));
const results = [];
for (const path of paths) {
  const lines = linesOf(path);
  if (lines.length === 0) continue;
  await judge(lines.slice(0, 200), loaded.value);
  const { intents: _, confusions: __, ...figures } = report(await judge(lines, loaded.value));
  results.push({ file: basename(path), ...figures });
}

const figures = { trainingMs: trained.ms, loadingMs: loaded.ms, models, results };
if (asJson) console.log(JSON.stringify(figures));
else {
  console.log(`training all languages  ${(trained.ms / 1000).toFixed(1)} s`);
  console.log(`loading all languages   ${loaded.ms.toFixed(0)} ms`);
  for (const { locale, megabytes } of models) {
    console.log(`model ${locale}                ${megabytes.toFixed(1)} MB`);
  }
  console.table(
    results.map((result) => ({
      file: result.file,
      n: result.count,
      accuracy: result.accuracy.toFixed(3),
      wrong: result.wrongAnswers.toFixed(3),
      coverage: result.coverage.toFixed(3),
      ECE: result.calibrationError.toFixed(3),
      'set exact': result.several.count > 0 ? result.several.exact.toFixed(3) : '',
      'distress recall': result.distress.count > 0 ? result.distress.recall.toFixed(3) : '',
      'false alarms': result.distress.falseAlarms.toFixed(3),
      'p50 ms': result.latency.p50.toFixed(2),
      'p99 ms': result.latency.p99.toFixed(2),
    })),
  );
}
