import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { INTENT_NAMES } from '#shared/intents.ts';
import { readPhrases, trainableLocales } from '#understanding/training/corpus.ts';
import { foldPhrase, nearDuplicates } from '#understanding/training/near-duplicates.ts';
import { LOCALES } from './recogniser.ts';

const BLIND = join(import.meta.dirname, 'blind');
/** The fewest phrases an intent is learned from. */
const FEWEST: Record<string, number> = { fr: 70, en: 28 };
/** Above this share of common words (and letters), two phrases are the same one. */
const TOO_ALIKE = 0.85;

for (const locale of trainableLocales(LOCALES)) {
  describe(`the phrases of ${locale}`, () => {
    const examples = readPhrases(LOCALES, locale);

    it('cover every intent', () => {
      const names = new Set(examples.map(({ intent }) => intent));
      expect(INTENT_NAMES.filter((name) => !names.has(name))).to.deep.equal([]);
    });

    it('are enough for each', () => {
      const few = INTENT_NAMES.filter(
        (name) => examples.filter(({ intent }) => intent === name).length < (FEWEST[locale] ?? 5),
      );
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
      const learned = new Set(examples.map(({ text }) => foldPhrase(text)));
      const leaked = blindTexts().filter((text) => learned.has(foldPhrase(text)));
      expect(leaked).to.deep.equal([]);
    });
  });
}

const blindTexts = (): string[] => {
  if (!existsSync(BLIND)) return [];
  return readdirSync(BLIND)
    .filter((file) => file.endsWith('.jsonl'))
    .flatMap((file) => readFileSync(join(BLIND, file), 'utf8').split('\n').filter(Boolean))
    .map((line) => (JSON.parse(line) as { text: string }).text)
    .filter((text) => text.split(/\s+/).length > 3);
};
