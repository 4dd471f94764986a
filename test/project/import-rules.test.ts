import { spawnSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { find, ROOT } from './tree.ts';

interface Cruise {
  readonly modules: readonly { readonly source: string }[];
  readonly summary: {
    readonly violations: readonly {
      readonly rule: { readonly name: string };
      readonly from: string;
      readonly to: string;
    }[];
  };
}

/** What dependency-cruiser finds, by the command that `npm run imports` runs. */
function cruise(...paths: readonly string[]): Cruise {
  const args = ['--config', '.dependency-cruiser.cjs', '--output-type', 'json', ...paths];
  const { stdout, stderr } = spawnSync(
    process.execPath,
    ['node_modules/dependency-cruiser/bin/dependency-cruiser.mjs', ...args],
    { cwd: ROOT, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 },
  );
  if (!stdout.startsWith('{')) throw new Error(`dependency-cruiser says: ${stderr || stdout}`);
  return JSON.parse(stdout) as Cruise;
}

/** Git, Biome and knip pass folders of this name by, wherever they are. */
const PLANTED = 'src/conversation/build';

describe('project: who may import whom', function () {
  this.timeout(120_000);

  it('reads every module of src and dialogs, and finds nothing forbidden', () => {
    const { modules, summary } = cruise('src', 'dialogs');
    const seen = new Set(modules.map(({ source }) => source));
    const sources = find('{src,dialogs}/**/*.ts').filter((path) => !path.endsWith('.d.ts'));
    expect(sources.length).to.be.greaterThan(200);
    expect(sources.filter((path) => !seen.has(path))).to.deep.equal([]);
    const told = summary.violations.map(({ rule, from, to }) => `${rule.name}: ${from} → ${to}`);
    expect(told.join('\n')).to.equal('');
  });

  describe('a bad import', () => {
    const clean = (): void => rmSync(join(ROOT, PLANTED), { recursive: true, force: true });
    before(clean);
    afterEach(clean);

    for (const [what, code, rule] of [
      ['of the SDK', "import 'botbuilder';", 'botbuilder-only-at-home'],
      ['of another room', "import '#storage/open-storage.ts';", 'conversation-imports'],
      [
        'of a type of another room',
        "import type { Storage } from '#storage/open-storage.ts';\n\nexport type Kept = Storage;",
        'conversation-imports',
      ],
      ['of a dialog', "import '#dialogs/declic.ts';", 'conversation-imports'],
      [
        'of a relative path into another room',
        "import '../../storage/keys.ts';",
        'conversation-imports',
      ],
      ['of the composition root', "import '#src/compose.ts';", 'nothing-imports-main'],
      ['of a database driver', "import 'better-sqlite3';", 'sql-only-at-home'],
    ] as const) {
      it(`${what} is refused`, () => {
        mkdirSync(join(ROOT, PLANTED), { recursive: true });
        writeFileSync(join(ROOT, PLANTED, 'planted.ts'), `${code}\n`);
        const { violations } = cruise(PLANTED).summary;
        const names = violations.filter(({ from }) => from.startsWith(PLANTED));
        expect(names.map((it) => it.rule.name)).to.include(rule);
      });
    }

    it('is what the rules refuse, not every import', () => {
      mkdirSync(join(ROOT, PLANTED), { recursive: true });
      writeFileSync(join(ROOT, PLANTED, 'planted.ts'), "import '../reply.ts';\nimport 'zod';\n");
      const { violations } = cruise(PLANTED).summary;
      expect(violations.filter(({ from }) => from.startsWith(PLANTED))).to.deep.equal([]);
    });
  });
});
