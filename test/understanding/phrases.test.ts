import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { INTENT_NAMES, type Intent } from '#shared/intents.ts';
import { readExamples, readPhrases, trainableLocales } from '#understanding/training/corpus.ts';
import { foldPhrase, nearDuplicates } from '#understanding/training/near-duplicates.ts';
import { LOCALES } from './recogniser.ts';

/** Folders of messages for measuring, which nothing is learned from. */
const MEASURED = ['blind', 'held-out'].map((name) => join(import.meta.dirname, name));
/** What people who write in neither French nor English are understood to say. */
const ESSENTIAL: readonly Intent[] = [
  ...(['greeting', 'help', 'affirm', 'deny', 'human_request'] as const),
  ...(['privacy_delete', 'stop_messages', 'distress', 'eligibility_check'] as const),
  ...(['programme_about', 'programme_price', 'programme_format', 'session_list'] as const),
  ...(['booking_create', 'booking_cancel', 'career_explore', 'none'] as const),
  ...(['barrier_not_for_me', 'barrier_no_diploma', 'barrier_french'] as const),
];
const WHOLE = new Set(['fr', 'en']);

/** The fewest phrases an intent is learned from. */
const fewest = (locale: string, intent: Intent): number => {
  if (locale === 'en') return 150;
  if (locale !== 'fr') return 80;
  if (intent === 'none') return 500;
  return intent === 'distress' || intent.startsWith('barrier_') ? 300 : 200;
};

/** Above this share of common words (and letters), two phrases are the same one. */
const TOO_ALIKE = 0.85;

for (const locale of trainableLocales(LOCALES)) {
  describe(`the phrases of ${locale}`, () => {
    const examples = readPhrases(LOCALES, locale);

    const wanted = WHOLE.has(locale) ? INTENT_NAMES : ESSENTIAL;

    it('cover every intent', () => {
      const names = new Set(examples.map(({ intent }) => intent));
      expect(wanted.filter((name) => !names.has(name))).to.deep.equal([]);
    });

    it('are enough for each', () => {
      const countOf = (name: Intent) => examples.filter(({ intent }) => intent === name).length;
      const few = wanted.filter((name) => countOf(name) < fewest(locale, name));
      expect(few).to.deep.equal([]);
    });

    it('are UTF-8, a line each, without stray spaces', () => {
      const folder = join(LOCALES, locale, 'phrases');
      for (const file of readdirSync(folder)) {
        const bytes = readFileSync(join(folder, file));
        const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
        expect(text, file).to.not.match(/\r|\t|^ | $|\u00c3[\u0080-\u00bf]/m);
      }
    });

    it('are listed once, under one intent', () => {
      const seen = new Map<string, string>();
      const doubles: string[] = [];
      for (const { text, intent } of examples) {
        const key = foldPhrase(text);
        const before = seen.get(key);
        if (before !== undefined) doubles.push(`${text} (${before}, ${intent})`);
        seen.set(key, intent);
      }
      expect(doubles).to.deep.equal([]);
    });

    it('are each really different', () => {
      expect(nearDuplicates(examples, TOO_ALIKE)).to.deep.equal([]);
    });

    it('hold none of the evaluation phrases', () => {
      const learned = new Set(readExamples(LOCALES, locale).map(({ text }) => foldPhrase(text)));
      const leaked = blindTexts().filter((text) => learned.has(foldPhrase(text)));
      expect(leaked).to.deep.equal([]);
    });
  });
}

const blindTexts = (): string[] =>
  MEASURED.flatMap((folder) => readdirSync(folder).map((file) => join(folder, file)))
    .filter((file) => file.endsWith('.jsonl'))
    .flatMap((file) => readFileSync(file, 'utf8').split('\n').filter(Boolean))
    .map((line) => (JSON.parse(line) as { text: string }).text)
    .filter((text) => text.split(/\s+/).length > 3);
