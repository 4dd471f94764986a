import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { silentLogger } from '#shared/logger.ts';
import { openStorage } from '#storage/open-storage.ts';
import { inTemporaryDirectory, runCommand } from './run-declic.ts';

const ROOT = join(import.meta.dirname, '..', '..');
const NLU = join(ROOT, 'src', 'cli', 'nlu.ts');
const AT = new Date('2026-11-24T09:00:00Z');

/** A database in which these were kept. */
async function keep(dataDir: string, messages: Readonly<Record<string, string>>): Promise<void> {
  const storage = await openStorage({
    databaseUrl: undefined,
    dataDir,
    clock: { now: () => AT },
    logger: silentLogger,
  });
  const turn = { channel: 'test', conversationId: 'c', userId: 'u', activityId: 'a', at: AT };
  await storage.turns.run(turn, async ({ tx, save }) => {
    for (const [text, language] of Object.entries(messages)) {
      await storage.unreadMessages(tx, AT).keep({ text, language });
    }
    await save({ version: 1, json: '{}' }, []);
  });
  await storage.close();
}

const SAID = {
  "je m'appelle [nom] et j'ai pas d'ordi, que mon tel": 'fr',
  "j'ai que mon tel, pas d'ordi": 'fr',
  "pas d'ordi chez moi, que le tel": 'fr',
  'la recette du gâteau au chocolat': 'fr',
  'i only have my phone, no computer': 'en',
};

interface Answer {
  readonly messages: number;
  readonly groups: readonly {
    readonly count: number;
    readonly languages: Readonly<Record<string, number>>;
    readonly guesses: readonly { readonly intent: string; readonly score: number }[];
    readonly file: string;
    readonly examples: readonly string[];
  }[];
}

describe('npm run nlu -- unknown', function () {
  this.timeout(60_000);

  it('groups what was kept, and names the file to add phrases to', () =>
    inTemporaryDirectory(async (dataDir) => {
      await keep(dataDir, SAID);
      const { code, out } = await runCommand(NLU, dataDir, ['unknown', '--json']);
      expect(code).to.equal(0);
      const { messages, groups } = JSON.parse(out) as Answer;
      expect(messages).to.equal(5);
      expect(groups.reduce((sum, { count }) => sum + count, 0)).to.equal(5);
      const [first] = groups;
      expect(first?.languages.fr).to.equal(3);
      expect(first?.guesses[0]?.intent).to.equal('barrier_equipment');
      expect(first?.file).to.equal('locales/fr/phrases/barrier_equipment.txt');
      expect(existsSync(join(ROOT, first?.file ?? ''))).to.equal(true);
      expect(first?.examples).to.include("j'ai que mon tel, pas d'ordi");
      const cake = groups.find(({ examples }) => examples.some((it) => it.includes('gâteau')));
      expect(cake?.count).to.equal(1);
    }));

  it('shows them to people, in one language when asked', () =>
    inTemporaryDirectory(async (dataDir) => {
      await keep(dataDir, SAID);
      const all = await runCommand(NLU, dataDir, ['unknown']);
      expect(all.out)
        .to.include('5 messages')
        .and.include('locales/fr/phrases/barrier_equipment.txt');
      const english = await runCommand(NLU, dataDir, ['unknown', '--locale', 'en']);
      expect(english.out).to.include('1 messages').and.include('i only have my phone');
      expect(english.out).not.to.include('ordi');
    }));

  it('says so when nothing was kept, and why when there is no answer', () =>
    inTemporaryDirectory(async (dataDir) => {
      const none = await runCommand(NLU, dataDir, ['unknown', '--json']);
      expect(JSON.parse(none.out)).to.deep.equal({ messages: 0, groups: [] });
      const broken = await runCommand(NLU, dataDir, ['unknown'], { DATABASE_URL: 'mysql://x' });
      expect([broken.code, broken.out]).to.deep.equal([1, '']);
      expect(broken.err).to.include('DATABASE_URL');
    }));
});

describe('npm run nlu', function () {
  this.timeout(60_000);

  it('is what npm runs', () => {
    const { scripts } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
    expect(scripts.nlu).to.equal('node --env-file-if-exists=.env src/cli/nlu.ts');
  });

  it('reads messages without a database, and without settings', () =>
    inTemporaryDirectory(async (directory) => {
      const dataDir = join(directory, 'none');
      const settings = { DATABASE_URL: 'mysql://x', NODE_ENV: 'production' };
      const asked = '{"text":"c\'est gratuit ?","locale":"fr"}\n';
      const { code, out } = await runCommand(NLU, dataDir, ['predict'], settings, asked);
      expect(code).to.equal(0);
      expect(JSON.parse(out)).to.include({ predicted: 'programme_price', language: 'fr' });
      expect(existsSync(dataDir)).to.equal(false);
    }));

  it('passes on what its commands answer', () =>
    inTemporaryDirectory(async (dataDir) => {
      const dance = await runCommand(NLU, dataDir, ['dance']);
      expect([dance.code, dance.out]).to.deep.equal([2, '']);
      expect(dance.err).to.include('unknown [--locale fr]');
      const beside = join(ROOT, 'src', 'understanding', 'cli', 'nlu.ts');
      const { code, err } = await runCommand(beside, dataDir, ['unknown']);
      expect(code).to.equal(2);
      expect(err).to.include('npm run nlu -- unknown');
    }));
});
