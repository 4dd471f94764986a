/**
 * The embedded recogniser beside nlp.js, on the same French phrases and the same blind messages:
 * `npx node bench/nlpjs.ts [FILE.jsonl…]`. nlp.js is not a dependency; install it beside first:
 * `npm install --no-save @nlpjs/nlp@4.27.0 @nlpjs/lang-fr@4.26.1 @nlpjs/core-loader@4.26.1`.
 */
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadUnderstanding } from '#understanding/embedded-understanding.ts';
import { readEvaluation } from '#understanding/evaluation/evaluate-file.ts';
import { readPhrases } from '#understanding/training/corpus.ts';

const ROOT = join(import.meta.dirname, '..');
const BLIND = join(ROOT, 'test', 'understanding', 'blind');
const localesDir = join(ROOT, 'locales');
const given = process.argv.slice(2);
const files =
  given.length > 0 ? given : ['fr-main', 'fr-traps'].map((name) => join(BLIND, `${name}.jsonl`));
const lines = files.flatMap((file) => readEvaluation(file));

/** Only what is used of nlp.js, which ships no types of its own. */
interface Nlp {
  addLanguage(locale: string): void;
  addDocument(locale: string, text: string, intent: string): void;
  train(): Promise<unknown>;
  export(indented: boolean): string;
  process(locale: string, text: string): Promise<{ readonly intent: string }>;
}

type NlpConstructor = new (options: object) => Nlp;

const createNlp = async (): Promise<Nlp | undefined> => {
  const require = createRequire(import.meta.url);
  try {
    const { containerBootstrap } = require('@nlpjs/core-loader');
    const { Nlp } = require('@nlpjs/nlp') as { Nlp: NlpConstructor };
    const container = await containerBootstrap();
    container.use(require('@nlpjs/lang-fr').LangFr);
    return new Nlp({ container, languages: ['fr'], autoSave: false, nlu: { log: false } });
  } catch {
    return undefined;
  }
};

interface Row {
  readonly 'training s': string;
  readonly 'model MB': string;
  readonly accuracy: string;
  readonly 'p50 ms': string;
  readonly 'p99 ms': string;
}

/** Every message once to warm up, then once timed. */
const measure = async (
  read: (text: string) => Promise<string | undefined>,
): Promise<Omit<Row, 'training s' | 'model MB'>> => {
  for (const { text } of lines) await read(text);
  const times: number[] = [];
  let right = 0;
  for (const { text, intent } of lines) {
    const started = performance.now();
    const found = await read(text);
    times.push(performance.now() - started);
    if (found === intent) right++;
  }
  times.sort((a, b) => a - b);
  const at = (share: number) => (times[Math.floor(times.length * share)] ?? 0).toFixed(2);
  const accuracy = `${((100 * right) / lines.length).toFixed(1)} %`;
  return { accuracy, 'p50 ms': at(0.5), 'p99 ms': at(0.99) };
};

const secondsSince = (started: number): string => ((performance.now() - started) / 1000).toFixed(1);

const ours = async (): Promise<Row> => {
  const cacheDir = mkdtempSync(join(tmpdir(), 'declic-bench-'));
  const started = performance.now();
  const understanding = await loadUnderstanding({ localesDir, cacheDir });
  const seconds = secondsSince(started);
  const size = statSync(join(cacheDir, 'fr.model')).size / 1e6;
  rmSync(cacheDir, { recursive: true });
  const figures = await measure(async (text) => {
    const { intents } = await understanding.recognise(text, { locale: 'fr' });
    return intents[0]?.intent;
  });
  return { 'training s': `${seconds} (7 languages)`, 'model MB': size.toFixed(1), ...figures };
};

const theirs = async (nlp: Nlp): Promise<Row> => {
  nlp.addLanguage('fr');
  for (const { text, intent } of readPhrases(localesDir, 'fr')) nlp.addDocument('fr', text, intent);
  const started = performance.now();
  await nlp.train();
  const seconds = secondsSince(started);
  const size = nlp.export(false).length / 1e6;
  const figures = await measure(async (text) => {
    const { intent } = await nlp.process('fr', text);
    return intent === 'None' ? 'none' : intent;
  });
  return { 'training s': `${seconds} (French)`, 'model MB': size.toFixed(1), ...figures };
};

const nlp = await createNlp();
if (nlp === undefined) {
  console.error('nlp.js is not installed: see the first lines of bench/nlpjs.ts.');
  process.exitCode = 1;
} else {
  console.log(`${lines.length} messages`);
  console.table({ declic: await ours(), 'nlp.js': await theirs(nlp) });
}
