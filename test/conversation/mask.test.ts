import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import fc from 'fast-check';
import { createMask } from '#conversation/masking/mask.ts';
import { readNamingWords } from '#conversation/masking/naming-words.ts';
import type { Entity } from '#shared/recognition.ts';
import { LOCALES } from '#test/support/declic.ts';

const mask = createMask(readNamingWords(LOCALES));
const masked = (text: string, language = 'fr', entities: readonly Entity[] = []): string =>
  mask({ text, language, entities });

/** What the recogniser found: `kind` for the words given. */
const found = (text: string, kind: string, words: string): Entity => {
  const start = text.indexOf(words);
  return { kind, value: words, text: words, start, end: start + words.length };
};

const EXAMPLES: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'addresses of the web and of mail': {
    'ecrivez a jean.dupont+job@mail.example.fr svp': 'ecrivez a [adresse] svp',
    'c jean @ exemple point fr': 'c [adresse] point fr',
    'ou jean @exemple.fr': 'ou [adresse]',
    'mon mail jean point dupont arobase exemple point com': 'mon mail [adresse]',
    'voir https://exemple.fr/cv?id=4#x ou www.exemple.fr': 'voir [adresse] ou [adresse]',
    'mon profil linkedin.com/in/awa-d est la': 'mon profil [adresse] est la',
    'insta @awa_93 ou awa_93': 'insta [adresse] ou [adresse]',
    'clé sk0a1b2c3d4e5f6a7b8c9d0e1f2a3b4c5d6e7f8a9b0c': 'clé [adresse]',
  },
  'numbers that lead to somebody': {
    'mon tel 06 12 34 56 78 le soir': 'mon tel [numéro] le soir',
    '+33 (0)6.12.34.56.78 ou 0612345678': '[numéro] ou [numéro]',
    'secu 1 85 05 2A 006 084 36 voila': 'secu [numéro] [numéro] voila',
    'iban fr76 3000 6000 0112 3456 7890 189': 'iban [numéro]',
    'iban GB29 NWBK 6016 1331 9268 19': 'iban [numéro]',
    'identifiant 1234567A chez vous': 'identifiant [numéro] chez vous',
  },
  'streets with their number': {
    "j'habite 12 bis, rue des lilas, 3e étage": "j'habite [adresse], #e étage",
    'je dors à la rue en ce moment': 'je dors à la rue en ce moment',
  },
  'other digits': {
    "j'ai 42 ans et un bac+2": "j'ai # ans et un bac+#",
    'le 12/3 à 8h30 en 2026, 10 000 euros': 'le #/# à #h# en #, # euros',
    'عمري ٣٤ سنة': 'عمري # سنة',
  },
  'announced names, in any case': {
    "je m'appelle awa diop et je cherche": "je m'appelle [nom] et je cherche",
    'JE M’APPELLE KARIM, JE CHERCHE': 'JE M’APPELLE [nom], JE CHERCHE',
    'jmappelle sofia jai pas le bac': 'jmappelle [nom] jai pas le bac',
    'nom : diop prénom : awa': 'nom : [nom] prénom : [nom]',
    'bonjour madame martin, ça va': 'bonjour madame [nom], ça va',
    'appelez moi demain svp': 'appelez moi demain svp',
    "je m'appelle pas comme ça": "je m'appelle pas comme ça",
    "c'est mort pour moi": "c'est mort pour moi",
  },
  'words with a capital inside a sentence, and what touches them': {
    'hier Awa m’a parlé du Sénégal': 'hier [nom] m’a parlé du [nom]',
    'Awa Diop, 34 ans. Merci': '[nom], # ans. Merci',
    'vu avec Jean-Pierre DURAND hier': 'vu avec [nom] hier',
    'M. Diop et J. Durand disent non': 'M. [nom] et J. [nom] disent non',
    'je suis au RSA. La CAF dit non': 'je suis au RSA. La CAF dit non',
    "merci. C'est quoi ? Je sais pas": "merci. C'est quoi ? Je sais pas",
    'France Travail ou DéClics Numériques ? Le Lundi':
      'France Travail ou DéClics Numériques ? Le Lundi',
    'JE CHERCHE UN TRAVAIL A LILLE': 'JE CHERCHE UN TRAVAIL A LILLE',
  },
};

const IN_OTHER_LANGUAGES: Readonly<Record<string, readonly [string, string]>> = {
  en: ["Hi, my name's Ben Smith and I'm new here", "Hi, my name's [nom] and I'm new here"],
  es: ['hola me llamo maría garcía y busco', 'hola me llamo [nom] y busco'],
  pt: ['o meu nome é joão silva, procuro', 'o meu nome é [nom], procuro'],
  tr: ['merhaba benim adım mehmet, iş', 'merhaba benim adım [nom], iş'],
  uk: ['мене звати олена, шукаю роботу', 'мене звати [nom], шукаю роботу'],
  ar: ['اسمي فاطمة، أبحث عن عمل', 'اسمي [nom]، أبحث عن عمل'],
};

describe('What hides who wrote a message', () => {
  for (const [what, examples] of Object.entries(EXAMPLES)) {
    describe(what, () => {
      for (const [text, expected] of Object.entries(examples)) {
        it(`« ${text} » reads « ${expected} »`, () => {
          expect(masked(text)).to.equal(expected);
        });
      }
    });
  }

  for (const [language, [text, expected]] of Object.entries(IN_OTHER_LANGUAGES)) {
    it(`in ${language}, « ${text} » reads « ${expected} »`, () => {
      expect(masked(text, language)).to.equal(expected);
    });
  }

  it('takes what the recogniser found: first names, places, contacts; nothing else', () => {
    const text = 'moi cest awa de sarcelles dans le val d oise, aide soignante';
    const entities = [
      found(text, 'first_name', 'awa'),
      found(text, 'city', 'sarcelles'),
      found(text, 'department', 'val d oise'),
      found(text, 'occupation', 'aide soignante'),
      found(text, 'place', 'dans le'),
    ];
    const expected = 'moi cest [nom] de [lieu] dans le [lieu], aide soignante';
    expect(masked(text, 'fr', entities)).to.equal(expected);
  });

  it('takes a telephone that was dictated in words', () => {
    const text = 'appelle au zero six douze vingt deux svp';
    const numbers = ['zero', 'six', 'douze', 'vingt deux'].map((it) => found(text, 'number', it));
    expect(masked(text, 'fr', numbers)).to.equal('appelle au [numéro] svp');
    expect(masked(text, 'fr', numbers.slice(0, 3))).to.equal(text);
  });

  it('hides the whole of two things that overlap, as what tells most', () => {
    const text = 'voir Awa.Diop@exemple.fr';
    expect(masked(text, 'fr', [found(text, 'first_name', 'Awa')])).to.equal('voir [adresse]');
  });
});

/** But the one that the names begin with. */
const LETTERS = 'abcdefghijklmnopqrstuvwxy'.split('');
const word = fc
  .array(fc.constantFrom(...LETTERS), { minLength: 3, maxLength: 9 })
  .map((it) => it.join(''));
/** Words of nobody: with a letter that no term has, none of them announces anything. */
const plainWords = fc
  .array(
    word.map((it) => `q${it}q`),
    { maxLength: 8 },
  )
  .map((it) => it.join(' '));
const name = word.map((it) => `z${it}`);
const digits = (count: number) => fc.array(fc.nat(9), { minLength: count, maxLength: count });

describe('Whatever is written, the mask', () => {
  it('leaves no digit, and no sign of an address with something beside it', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 300 }), (text) => {
        const result = masked(text);
        expect(result).not.to.match(/\p{N}/u);
        expect(result).not.to.match(/[\p{L}\p{N}]@|@[\p{L}\p{N}]/u);
      }),
    );
  });

  it('changes nothing more when it is put twice', () => {
    const pieces = fc.constantFrom(
      ...["je m'appelle ", 'Awa ', 'DIOP ', 'diop ', '06 12 34 ', '12 rue ', 'a@b.fr ', '@awa '],
      ...['. ', ', ', ' ', '\n', 'le RSA ', 'Bonjour ', 'M. ', 'monsieur ', 'arobase ', '[nom] '],
    );
    const message = fc.array(fc.oneof(pieces, word), { maxLength: 15 }).map((it) => it.join(''));
    fc.assert(
      fc.property(fc.oneof(message, fc.string({ unit: 'grapheme', maxLength: 80 })), (text) => {
        const once = masked(text);
        expect(masked(once)).to.equal(once);
      }),
    );
  });

  it('leaves plain words as they are', () => {
    fc.assert(
      fc.property(plainWords, (text) => {
        expect(masked(text)).to.equal(text);
      }),
    );
  });

  it('hides a name after its announcement, and one with a capital', () => {
    fc.assert(
      fc.property(plainWords, name, fc.boolean(), plainWords, (before, given, loud, after) => {
        const announced = `${before} je m'appelle ${given}, ${after}`;
        expect(masked(loud ? announced.toUpperCase() : announced).toLowerCase()).not.to.include(
          given,
        );
        const capital = `${given.charAt(0).toUpperCase()}${given.slice(1)}`;
        expect(masked(`q${before} ${capital} ${after}`)).not.to.include(capital);
      }),
    );
  });

  it('hides a telephone however it is cut, and an address', () => {
    const separator = fc.constantFrom('', ' ', '.', '-', ' . ', '/');
    fc.assert(
      fc.property(plainWords, digits(10), separator, name, (before, number, cut, given) => {
        const telephone = number.join(cut.length > 2 ? ' ' : cut);
        expect(masked(`${before} ${telephone} ${before}`)).to.equal(`${before} [numéro] ${before}`);
        expect(masked(`${before} ${given}@${given}.fr`)).to.equal(`${before} [adresse]`);
      }),
    );
  });
});

describe('The words by which names are found', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'declic-names-'));
    mkdirSync(join(folder, 'fr'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  for (const line of ['rue\tavenue', 'street', 'never\t']) {
    it(`refuse the line « ${line} », and say where it is`, () => {
      writeFileSync(join(folder, 'fr', 'names.tsv'), `# one\nstreet\true\n${line}\n`);
      expect(() => readNamingWords(folder)).to.throw(/names\.tsv, line 3/);
    });
  }
});
