import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';

const CLI = join(import.meta.dirname, '..', '..', '..', 'src', 'understanding', 'cli', 'nlu.ts');

const nlu = (args: readonly string[], environment: Record<string, string> = {}) =>
  new Promise<{ code: number | null; out: string; err: string }>((resolve, reject) => {
    const env: NodeJS.ProcessEnv = { ...process.env, ...environment };
    for (const name of Object.keys(env)) {
      if (name.startsWith('AZURE_LANGUAGE_') && !(name in environment)) delete env[name];
    }
    const child = spawn(process.execPath, [CLI, ...args], { env });
    let out = '';
    let err = '';
    child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
      out += chunk;
    });
    child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
      err += chunk;
    });
    child.on('error', reject).on('close', (code) => resolve({ code, out, err }));
    child.stdin.end();
  });

const SETTINGS = {
  AZURE_LANGUAGE_ENDPOINT: 'https://127.0.0.1:9',
  AZURE_LANGUAGE_PROJECT: 'association',
  AZURE_LANGUAGE_DEPLOYMENT: 'production',
  AZURE_LANGUAGE_KEY: 'a-key',
};

describe('npm run nlu, for Azure CLU', function () {
  this.timeout(120_000);
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'declic-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it('exports a project to a file, named as the settings say, and reads it back', async () => {
    const file = join(folder, 'project.json');
    const exported = await nlu(['export-clu', '--out', file, '--most', '2000'], SETTINGS);
    expect(exported).to.include({ code: 0, out: '' });
    expect(exported.err).to.match(/^\d{4} utterances, \d+ of them to test on$/m);
    const { metadata, assets } = JSON.parse(readFileSync(file, 'utf8')) as {
      metadata: { projectName: string };
      assets: { utterances: unknown[] };
    };
    expect(metadata.projectName).to.equal('association');
    expect(assets.utterances.length).to.be.within(1500, 2000);

    const back = join(folder, 'back');
    const imported = await nlu(['import-clu', file, '--out', back]);
    expect(imported).to.include({ code: 0, out: '' });
    expect(existsSync(join(back, 'fr', 'phrases', 'none.txt'))).to.equal(true);
    const again = await nlu(['import-clu', file, '--out', back]);
    expect(again.code).to.equal(1);
    expect(again.err).to.include('not overwritten');
  });

  it('prints the phrases of a project, and says which intents are not ours', async () => {
    const file = join(folder, 'project.json');
    const metadata = { projectKind: 'Conversation', projectName: 'Other', language: 'en-us' };
    const utterances = [{ text: 'hi', intent: 'Salute' }];
    writeFileSync(
      file,
      JSON.stringify({ projectFileVersion: '1', metadata, assets: { utterances } }),
    );
    const { code, out, err } = await nlu(['import-clu', file]);
    expect(code).to.equal(0);
    expect(JSON.parse(out)).to.deep.equal({ text: 'hi', language: 'en', intent: 'Salute' });
    expect(err).to.include('not intents of ours: Salute');
  });

  it('writes no file whose name leads elsewhere', async () => {
    const file = join(folder, 'project.json');
    const metadata = { projectKind: 'Conversation', projectName: 'Other', language: 'en' };
    const utterances = [
      { text: 'x', intent: '../../evil' },
      { text: 'y', intent: 'fine' },
    ];
    writeFileSync(
      file,
      JSON.stringify({ projectFileVersion: '1', metadata, assets: { utterances } }),
    );
    const { code, err } = await nlu(['import-clu', file, '--out', join(folder, 'a', 'b')]);
    expect(code).to.equal(0);
    expect(err).to.include('left out').and.to.include('1 files written');
    expect(existsSync(join(folder, 'evil.txt'))).to.equal(false);
  });

  for (const args of [['deploy-clu'], ['predict', '--clu'], ['calibrate-clu', 'messages.jsonl']]) {
    it(`says what is not configured: ${args.join(' ')}`, async () => {
      const { code, out, err } = await nlu(args, { AZURE_LANGUAGE_KEY: 'a-key' });
      expect(code).to.equal(2);
      expect(out).to.equal('');
      expect(err).to.include('AZURE_LANGUAGE_ENDPOINT: missing').and.to.not.include('a-key');
    });
  }

  it('says in one line that Azure cannot be reached', async () => {
    const { code, err } = await nlu(['deploy-clu', '--most', '2000'], SETTINGS);
    expect(code).to.equal(1);
    expect(err.trim().split('\n').at(-1)).to.include('127.0.0.1:9 cannot be reached');
  });

  it('says which option cannot be used', async () => {
    const { code, err } = await nlu(['export-clu', '--most', 'all']);
    expect(code).to.equal(2);
    expect(err).to.include('--most');
  });

  it('says who answered when Azure was asked and did not', async () => {
    const file = join(folder, 'messages.jsonl');
    writeFileSync(file, '{"text":"bonjour","locale":"fr","intent":"greeting"}\n');
    const { code, out, err } = await nlu(['evaluate', file, '--clu', '--json'], SETTINGS);
    expect(code).to.equal(0);
    expect(JSON.parse(out)).to.include({ count: 1, accuracy: 1 });
    expect(err).to.include('the embedded recogniser on 1 (unreachable 1)');
  });
});
