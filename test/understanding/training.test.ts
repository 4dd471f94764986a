import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { INTENT_NAMES } from '#shared/intents.ts';
import type { Logger } from '#shared/logger.ts';
import { loadUnderstanding } from '#understanding/embedded-understanding.ts';
import { calibrationError, type Judged, report } from '#understanding/evaluation/metrics.ts';
import { readModel } from '#understanding/model/trained-model.ts';
import { nearDuplicates } from '#understanding/training/near-duplicates.ts';
import { LOCALES } from './recogniser.ts';

/** A tiny language folder: two intents, enough to learn from in a blink. */
const tinyLocales = (folder: string): string => {
  const phrases = join(folder, 'locales', 'fr', 'phrases');
  mkdirSync(phrases, { recursive: true });
  writeFileSync(join(phrases, 'greeting.txt'), 'bonjour\nsalut à tous\ncoucou\nbonsoir\n');
  writeFileSync(join(phrases, 'programme_price.txt'), "c'est gratuit\ncombien ça coûte\nle prix\n");
  cpSync(join(LOCALES, 'fr', 'concepts.tsv'), join(folder, 'locales', 'fr', 'concepts.tsv'));
  cpSync(join(LOCALES, 'fr', 'values.tsv'), join(folder, 'locales', 'fr', 'values.tsv'));
  return join(folder, 'locales');
};

describe('training', () => {
  let folder: string;
  let trained: string[];
  let logger: Logger;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'declic-training-'));
    trained = [];
    const note = (_: object, message: string) => {
      trained.push(message);
    };
    logger = { debug: note, info: note, warn: note, error: note };
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const load = async (localesDir: string) =>
    loadUnderstanding({ localesDir, cacheDir: join(folder, 'cache'), logger });

  it('happens once, and again when a phrase changes', async () => {
    const localesDir = tinyLocales(folder);
    await load(localesDir);
    await load(localesDir);
    expect(trained).to.deep.equal(['model trained']);
    writeFileSync(join(localesDir, 'fr', 'phrases', 'greeting.txt'), 'bonjour\nhello\n');
    await load(localesDir);
    expect(trained).to.deep.equal(['model trained', 'model trained']);
  });

  it('gives the same answers from the cache as just after', async () => {
    const localesDir = tinyLocales(folder);
    const texts = ['bonjour', 'combien', "c'est quoi le prix"];
    const read = async () => {
      const understanding = await load(localesDir);
      return Promise.all(texts.map((text) => understanding.recognise(text, { locale: 'fr' })));
    };
    expect(await read()).to.deep.equal(await read());
  });

  it('is done again when the cached model is cut short or is something else', async () => {
    const localesDir = tinyLocales(folder);
    await load(localesDir);
    const path = join(folder, 'cache', 'fr.model');
    truncateSync(path, readFileSync(path).length - 10);
    expect(() => readModel(path)).to.throw('cut short');
    await load(localesDir);
    writeFileSync(path, 'not a model');
    const understanding = await load(localesDir);
    const { intents } = await understanding.recognise('bonjour', { locale: 'fr' });
    expect(intents[0]?.intent).to.equal('greeting');
  });

  it('goes on without a cache when nothing can be written there', async () => {
    writeFileSync(join(folder, 'cache'), 'a file where the folder should be');
    const understanding = await load(tinyLocales(folder));
    const { intents } = await understanding.recognise('salut', { locale: 'fr' });
    expect(intents[0]?.intent).to.equal('greeting');
  });

  it('refuses a phrase file that is not named after an intent', async () => {
    const localesDir = tinyLocales(folder);
    writeFileSync(join(localesDir, 'fr', 'phrases', 'grettings.txt'), 'bonjour\n');
    await load(localesDir).then(
      () => expect.fail('loaded'),
      (error: Error) => expect(error.message).to.include('grettings.txt'),
    );
  });
});

describe('the evaluation', () => {
  const judged = (over: Partial<Judged>): Judged => ({
    text: 'x',
    expected: 'greeting',
    expectedAll: [over.expected ?? 'greeting'],
    predicted: 'greeting',
    predictedAll: [over.predicted ?? 'greeting'],
    score: 1,
    action: 'answer',
    distress: 'no',
    took: 1,
    ...over,
  });

  it('counts wrong answers among all messages, not clarifications', () => {
    const found = report([
      judged({}),
      judged({ predicted: 'none' }),
      judged({ predicted: 'none', action: 'clarify' }),
      judged({ action: 'unknown' }),
    ]);
    expect(found).to.include({ count: 4, accuracy: 0.5, coverage: 0.5, wrongAnswers: 0.25 });
  });

  it('wants exactly the right set of several intents', () => {
    const all = { expectedAll: ['barrier_age', 'greeting'], expected: 'barrier_age' };
    const found = report([
      judged({ ...all, predicted: 'barrier_age', predictedAll: ['barrier_age', 'greeting'] }),
      judged({ ...all, predicted: 'barrier_age', predictedAll: ['barrier_age'] }),
      judged({ ...all, predicted: 'none', predictedAll: ['none', 'greeting', 'barrier_age'] }),
    ]);
    expect(found.several).to.deep.equal({ count: 3, exact: 1 / 3, first: 2 / 3 });
  });

  it('takes a question about distress for found, and a `yes` for nothing for a false alarm', () => {
    const real = { expected: 'distress', predicted: 'none' } as const;
    const { distress } = report([
      judged({ ...real, distress: 'maybe' }),
      judged({ ...real, distress: 'no' }),
      judged({ distress: 'yes' }),
      judged({ distress: 'maybe' }),
    ]);
    expect(distress).to.deep.equal({
      count: 2,
      recall: 0.5,
      falseAlarms: 0.5,
      falseQuestions: 0.5,
    });
  });

  it('finds no calibration error when half of the half-sure answers are right', () => {
    const half = [judged({ score: 0.5 }), judged({ score: 0.5, predicted: 'none' })];
    expect(calibrationError(half)).to.equal(0);
    expect(calibrationError([judged({ score: 1, predicted: 'none' })])).to.equal(1);
  });
});

describe('near duplicates', () => {
  const alike = (...texts: string[]) =>
    nearDuplicates(
      texts.map((text) => ({ text, intent: INTENT_NAMES[0] ?? 'greeting' })),
      0.85,
    );

  it('are found whatever the accents and signs', () => {
    expect(alike("J'ai pas le bac, c'est grave ?", 'j ai pas le bac cest grave', 'autre chose')).to
      .be.empty;
    expect(alike("J'ai pas le bac, c'est grave ?", "j'ai pas le bac c'est gràve !")).to.have.length(
      1,
    );
  });

  it('are not looked for among very short phrases', () => {
    expect(alike('oui oui', 'oui oui !')).to.be.empty;
  });
});
