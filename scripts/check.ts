import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * The one command before a commit and in CI: types, lint, import rules, dead code, every test.
 * `npm test` runs all; `npm test -- types lint` only those; `npm test -- test/programme` only tests.
 * Ends with one plain line: `N passed, N failed`.
 */
const STATIC_CHECKS = {
  types: ['tsc', '--noEmit'],
  lint: ['biome', 'check', '--error-on-warnings', '.'],
  imports: ['depcruise', '--config', '.dependency-cruiser.cjs', 'src', 'dialogs'],
  dead: ['knip'],
} as const;

interface Totals {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

const names = Object.keys(STATIC_CHECKS) as (keyof typeof STATIC_CHECKS)[];
const wanted = process.argv.slice(2);
const specs = wanted.filter((word) => !names.some((name) => name === word));
const checks = wanted.length === 0 ? names : names.filter((name) => wanted.includes(name));

const results: Totals[] = [];
for (const name of checks) results.push(await staticCheck(name));
if (wanted.length === 0 || specs.length > 0) results.push(await mocha(specs));

const total = (key: keyof Totals): number => results.reduce((sum, one) => sum + one[key], 0);
const skipped = total('skipped') > 0 ? `, ${total('skipped')} skipped` : '';
console.log(`${total('passed')} passed, ${total('failed')} failed${skipped}`);
process.exitCode = total('failed') > 0 ? 1 : 0;

async function staticCheck(name: keyof typeof STATIC_CHECKS): Promise<Totals> {
  console.log(`\n== ${name}`);
  const [command, ...args] = STATIC_CHECKS[name];
  const ok = (await run(command, args)) === 0;
  console.log(ok ? `${name}: ok` : `${name}: failed`);
  return { passed: ok ? 1 : 0, failed: ok ? 0 : 1, skipped: 0 };
}

/** Runs mocha. When it dies before it can count, that is a failure of its own. */
async function mocha(files: readonly string[]): Promise<Totals> {
  console.log('\n== tests');
  const folder = mkdtempSync(join(tmpdir(), 'declic-check-'));
  const output = join(folder, 'totals.json');
  const wholes = files.length > 0 ? files : ['test'];
  const patterns = wholes.map((file) => (file.endsWith('.ts') ? file : `${file}/**/*.test.ts`));
  const reporter = [
    '--reporter',
    './scripts/totals-reporter.cjs',
    '--reporter-option',
    `output=${output}`,
  ];
  const forbid = process.env.CI ? ['--forbid-only'] : [];
  const code = await run('mocha', [...reporter, ...forbid, ...patterns]);
  const totals = readTotals(output);
  rmSync(folder, { recursive: true, force: true });
  if (totals === undefined) return { passed: 0, failed: 1, skipped: 0 };
  return code !== 0 && totals.failed === 0 ? { ...totals, failed: 1 } : totals;
}

function readTotals(path: string): Totals | undefined {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as Totals;
  } catch {
    return undefined;
  }
}

function run(command: string, args: readonly string[]): Promise<number> {
  return new Promise((resolve) => {
    const child = spawn(join('node_modules', '.bin', command), args, { stdio: 'inherit' });
    child.on('error', () => resolve(1));
    child.on('close', (code) => resolve(code ?? 1));
  });
}
