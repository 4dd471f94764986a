import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { DEFAULT_CACHE } from '../embedded-understanding.ts';
import { calibrate } from './calibrate.ts';
import { calibrateClu } from './calibrate-clu.ts';
import type { CommandContext } from './command.ts';
import { confusions, crossval } from './crossval.ts';
import { deployClu } from './deploy-clu.ts';
import { evaluate } from './evaluate.ts';
import { exportClu } from './export-clu.ts';
import { importClu } from './import-clu.ts';
import { nearest } from './nearest.ts';
import { predict } from './predict.ts';
import { train } from './train.ts';
import { unknown } from './unknown.ts';

const COMMANDS: Readonly<Record<string, (context: CommandContext) => Promise<number>>> = {
  train,
  predict,
  evaluate,
  crossval,
  calibrate,
  confusions,
  nearest,
  unknown,
  'export-clu': exportClu,
  'import-clu': importClu,
  'deploy-clu': deployClu,
  'calibrate-clu': calibrateClu,
};

const USAGE = `npm run nlu -- <command>
  train [--if-stale]            learn the phrases of locales/*/phrases again
  predict                       {"text","locale"} lines in, what was understood out, a line each
  evaluate FILE.jsonl [--json]  {"text","locale","intent"} lines: how well they are read
  crossval [--locale fr] [--folds 5] [--json]
                                how well phrases held out of training are read
  calibrate FOLDER [--folds 5]  chooses the weights and thresholds of decision.json again
  confusions [--locale fr] [--folds 5] [--json]
                                which phrases are taken for another intent
  nearest "text" [--locale fr] [--json]
                                the phrases most like a text
  unknown [--locale fr] [--json]
                                what people wrote and was not understood, in groups
Azure CLU, configured by the AZURE_LANGUAGE_ settings (.env.example):
  predict --clu, evaluate FILE.jsonl --clu
                                the same, with CLU deciding on the intents
  export-clu [--out FILE] [--name NAME] [--most 25000]
                                the project that teaches CLU our phrases
  import-clu FILE [--out FOLDER]
                                the phrases of a project, printed or written as files
  deploy-clu [FILE] [--most 25000]
                                imports, trains and deploys a project, ours without FILE
  calibrate-clu FILE.jsonl      chooses the thresholds of clu-decision.json`;

const run = async (args: readonly string[], unread: CommandContext['unread']): Promise<number> => {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      'if-stale': { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
      locale: { type: 'string' },
      folds: { type: 'string', default: '5' },
      clu: { type: 'boolean', default: false },
      out: { type: 'string' },
      name: { type: 'string' },
      most: { type: 'string' },
    },
  });
  const [name = '', ...rest] = positionals;
  const command = COMMANDS[name];
  if (command === undefined) {
    console.error(USAGE);
    return name === '' || name === 'help' ? 0 : 2;
  }
  return command({
    arguments: rest,
    json: values.json,
    ifStale: values['if-stale'],
    locale: values.locale ?? 'fr',
    onlyLocale: values.locale,
    folds: Math.min(20, Math.max(2, Number.parseInt(values.folds, 10) || 5)),
    localesDir: join(import.meta.dirname, '..', '..', '..', 'locales'),
    cacheDir: DEFAULT_CACHE,
    clu: values.clu,
    out: values.out,
    name: values.name,
    most: values.most,
    unread,
  });
};

/**
 * Runs a command and sets the exit code of the process.
 * @param unread reads the messages that were not understood, where a database is at hand
 */
export const runNlu = async (
  args: readonly string[],
  unread?: CommandContext['unread'],
): Promise<void> => {
  try {
    process.exitCode = await run(args, unread);
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = args.includes('--if-stale') ? 0 : 1;
  }
};

// `src/cli/nlu.ts` runs the same commands, with the database.
if (import.meta.main) await runNlu(process.argv.slice(2));
