import { expect } from 'chai';
import fc from 'fast-check';
import { INTENT_NAMES } from '#shared/intents.ts';
import type { Recognition } from '#shared/recognition.ts';
import { recogniser } from './recogniser.ts';

/** What hostile and unlucky messages are made of. */
const SHREDS = [
  "j'ai pas le bac",
  'annulez',
  '<script>alert(1)</script>',
  "'; DROP TABLE bookings; --",
  '{{7*7}}<%= 7*7 %>',
  '../../../etc/passwd',
  '__proto__',
  'constructor',
  'hasOwnProperty',
  '\u0000\u0001\u0007\u001b[31m',
  '\u202e\u2066\u200f\u200b\ufeff',
  'مرحبا',
  'привіт',
  '👩🏽‍💻👨‍👩‍👧‍👦🏳️‍🌈',
  'a\u0301\u0301\u0301\u0301\u0301\u0301',
  '\ud800',
  '?!?!?!',
  '9'.repeat(40),
  '+33 6 12 34 56 78',
  'x@y.z',
  'aaaaaaaaaaaaaaaaaaaa',
  'la la la la',
  '\n\n\t\r',
  'é'.repeat(30),
  '-'.repeat(50),
  'http://a.b/c?d=e',
];

const messages = fc.oneof(
  fc.string({ maxLength: 200 }),
  fc.string({ unit: 'binary', maxLength: 200 }),
  fc.string({ unit: 'grapheme', maxLength: 100 }),
  fc
    .array(fc.constantFrom(...SHREDS), { maxLength: 30 })
    .chain((parts) => fc.constantFrom('', ' ', ', ').map((glue) => parts.join(glue))),
);

const check = (text: string, read: Recognition): void => {
  expect(read.intents).to.not.be.empty;
  for (const { intent, score } of read.intents) {
    expect(INTENT_NAMES).to.include(intent);
    expect(score).to.be.within(0, 1);
  }
  for (const { start, end, text: words } of read.entities) {
    expect(text.slice(start, end)).to.equal(words);
  }
};

describe('the recogniser', () => {
  it('reads ten thousand random and hostile messages', async () => {
    const understanding = await recogniser();
    await fc.assert(
      fc.asyncProperty(
        messages,
        fc.constantFrom('fr', 'en', 'ar', 'xx', ''),
        async (text, locale) => check(text, await understanding.recognise(text, { locale })),
      ),
      { numRuns: 10_000 },
    );
  }).timeout(120_000);

  it('reads only the beginning of a message of a million characters', async () => {
    const understanding = await recogniser();
    for (const shred of [...SHREDS, 'je veux mourir ', 'mot ']) {
      const text = shred.repeat(Math.ceil(1_000_000 / shred.length));
      const read = await understanding.recognise(text, { locale: 'fr' });
      check(text, read);
      for (const { end } of read.entities) expect(end).to.be.at.most(2000);
    }
  }).timeout(60_000);
});
