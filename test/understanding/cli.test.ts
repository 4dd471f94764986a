import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';

const CLI = join(import.meta.dirname, '..', '..', 'src', 'understanding', 'cli', 'nlu.ts');

const nlu = (args: readonly string[], input = '') =>
  new Promise<{ code: number | null; out: string; err: string }>((resolve, reject) => {
    const child = spawn(process.execPath, [CLI, ...args]);
    let out = '';
    let err = '';
    child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
      out += chunk;
    });
    child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
      err += chunk;
    });
    child.on('error', reject).on('close', (code) => resolve({ code, out, err }));
    child.stdin.end(input);
  });

const lines = (out: string): Record<string, unknown>[] =>
  out
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>);

describe('npm run nlu -- predict', () => {
  it('answers each line with the same object and what was understood, in order', async () => {
    const asked = [
      { id: 7, text: "c'est gratuit ?", locale: 'fr' },
      { text: 'I want to kill myself', locale: 'en' },
      { text: 'menu' },
    ];
    const { code, out } = await nlu(
      ['predict'],
      asked.map((line) => JSON.stringify(line)).join('\n'),
    );
    expect(code).to.equal(0);
    const answers = lines(out);
    expect(answers.map(({ text }) => text)).to.deep.equal(asked.map(({ text }) => text));
    expect(answers[0]).to.include({ id: 7, predicted: 'programme_price', language: 'fr' });
    expect(answers[0]).to.deep.include({ intents: ['programme_price'], distress: 'no' });
    expect(answers[0]?.top3).to.have.length(3);
    expect(answers[1]).to.include({ predicted: 'distress', distress: 'yes', language: 'en' });
    expect(answers[2]?.entities).to.deep.include({
      kind: 'way_out',
      value: 'menu',
      text: 'menu',
      start: 0,
      end: 4,
    });
  });

  it('tells what is wrong with a line and goes on', async () => {
    const { code, out } = await nlu(['predict'], 'nonsense\n[1]\n{"text":5}\n{"text":"oui"}\n');
    expect(code).to.equal(0);
    const answers = lines(out);
    expect(answers.map((answer) => 'error' in answer)).to.deep.equal([true, true, true, false]);
  });
});

describe('npm run nlu -- evaluate', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'declic-nlu-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const file = (...content: object[]): string => {
    const path = join(folder, 'some.jsonl');
    writeFileSync(path, content.map((line) => JSON.stringify(line)).join('\n'));
    return path;
  };

  it('counts right and wrong, for machines', async () => {
    const path = file(
      { text: 'bonjour', locale: 'fr', intent: 'greeting' },
      { text: 'bonjour', locale: 'fr', intent: 'distress' },
    );
    const { code, out } = await nlu(['evaluate', path, '--json']);
    expect(code).to.equal(0);
    const report = JSON.parse(out) as Record<string, unknown>;
    expect(report).to.include({ count: 2, accuracy: 0.5 });
    expect(report.confusions).to.deep.equal([
      { expected: 'distress', predicted: 'greeting', count: 1, examples: ['bonjour'] },
    ]);
  });

  it('says which line cannot be read', async () => {
    const { code, err } = await nlu(['evaluate', file({ text: 'bonjour' })]);
    expect(code).to.equal(1);
    expect(err).to.include('line 1');
  });
});

describe('npm run nlu', () => {
  it('explains itself when the command is unknown', async () => {
    const { code, out, err } = await nlu(['dance']);
    expect(code).to.equal(2);
    expect(out).to.equal('');
    expect(err).to.include('predict');
  });

  it('shows the nearest phrases', async () => {
    const { out } = await nlu(['nearest', "j'ai pas le bac", '--json']);
    const found = JSON.parse(out) as { example: { intent: string } }[];
    expect(found[0]?.example.intent).to.equal('barrier_no_diploma');
  });

  it('writes no word of its own to standard output when it trains at install', async () => {
    const { code, out } = await nlu(['train', '--if-stale']);
    expect(code).to.equal(0);
    expect(out).to.equal('');
  });

  it('is what npm runs at install', () => {
    const root = join(import.meta.dirname, '..', '..');
    const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
    expect(scripts.prepare).to.equal('node src/understanding/cli/nlu.ts train --if-stale');
  });
});
