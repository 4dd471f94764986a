import { expect } from 'chai';
import fc from 'fast-check';
import { ConceptFinder } from '#understanding/features/concept-finder.ts';
import { Featuriser } from '#understanding/features/featuriser.ts';
import { RowIndex } from '#understanding/model/row-index.ts';
import { splitClauses } from '#understanding/reading/clauses.ts';
import { NO_SPELLING, parseSpelling, toWords } from '#understanding/text/spelling.ts';
import { parseTerms } from '#understanding/text/term-list.ts';
import { foldWord, tokenise } from '#understanding/text/tokenise.ts';
import { slips, TypoIndex } from '#understanding/text/typo-index.ts';
import { WordReader } from '#understanding/text/word-reader.ts';

const norms = (text: string, spelling = NO_SPELLING) =>
  toWords(text, spelling).map(({ norm }) => norm);

describe('words', () => {
  it('lose accents, case, ligatures and elongations', () => {
    expect(norms('J’AI trooooop peur, œuvre ÉTÉ')).to.deep.equal([
      'j',
      'ai',
      'trop',
      'peur',
      ',',
      'oeuvre',
      'ete',
    ]);
  });

  it('keep their place in the text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (text) => {
        let last = 0;
        for (const { start, end } of tokenise(text)) {
          expect(start).to.be.at.least(last);
          expect(end).to.be.greaterThan(start);
          expect(end).to.be.at.most(text.length);
          last = end;
        }
      }),
    );
  });

  it('are cut alike whether plain or not', () => {
    const plain = fc.string({ unit: fc.constantFrom('a', 'b', 'l', '1', ' '), maxLength: 20 });
    fc.assert(
      fc.property(plain, (text) => {
        expect(tokenise(`${text} !`).slice(0, -1)).to.deep.equal(tokenise(text));
      }),
    );
  });

  it('fold to the same form twice', () => {
    expect(foldWord('𝔸𝕎𝔸')).to.equal('awa');
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 20 }), (word) => {
        expect(foldWord(foldWord(word))).to.equal(foldWord(word));
      }),
    );
  });

  it('are respelt one by one or two by two', () => {
    const spelling = parseSpelling('je suis\tjsuis\nca dure\tsa dure\n', 'test');
    expect(norms('jsuis perdu, sa dure', spelling)).to.deep.equal([
      'je',
      'suis',
      'perdu',
      ',',
      'ca',
      'dure',
    ]);
  });
});

describe('slips of the keyboard', () => {
  const index = new TypoIndex(
    new Map([
      ['formation', 9],
      ['diplome', 5],
      ['gratuit', 3],
      ['bac', 9],
    ]),
  );

  it('are mended to the word that is near', () => {
    for (const slip of ['formatoin', 'fromation', 'formationn', 'frmation', 'formzation']) {
      expect(index.correct(slip)).to.equal('formation');
    }
    expect(index.correct('gratiut')).to.equal('gratuit');
  });

  it('are not imagined in short or far words', () => {
    expect(index.correct('bec')).to.equal(undefined);
    expect(index.correct('montagne')).to.equal(undefined);
  });

  it('are counted the same way in both directions', () => {
    const word = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), maxLength: 6 });
    fc.assert(
      fc.property(word, word, (a, b) => {
        expect(slips(a, b, 9)).to.equal(slips(b, a, 9));
        expect(slips(a, a, 9)).to.equal(0);
      }),
    );
  });

  it('part what was glued', () => {
    const reader = new WordReader(
      NO_SPELLING,
      new TypoIndex(
        new Map([
          ['habite', 5],
          ['ordinateur', 5],
        ]),
      ),
      true,
    );
    const read = reader.read('jhabite lordinateur').map(({ norm }) => norm);
    expect(read).to.deep.equal(['j', 'habite', 'l', 'ordinateur']);
  });
});

describe('concepts', () => {
  const lines = parseTerms('DIPLOMA\tbac,diplom*\nNEGATION\tpas,jamais\nAGE\tmon age\n', 'test', 2);
  const finder = new ConceptFinder(lines, NO_SPELLING);
  const find = (text: string) =>
    finder
      .find(toWords(text, NO_SPELLING))
      .map(({ label, negated }) => `${negated ? '!' : ''}${label}`);

  it('are found by whole words, several words and beginnings', () => {
    expect(find('les diplômés')).to.deep.equal(['DIPLOMA']);
    expect(find('bacon')).to.deep.equal([]);
    expect(find('mon âge')).to.deep.equal(['AGE']);
  });

  it('are denied by a negator near them in the same clause', () => {
    expect(find("j'ai pas le bac")).to.include('!DIPLOMA');
    expect(find("mon âge n'est pas un souci")).to.include('!AGE');
    expect(find("c'est pas vrai, j'ai le bac")).to.include('DIPLOMA');
  });

  it('refuse a file with a line of the wrong shape', () => {
    expect(() => parseTerms('ALONE\n', 'some.tsv', 2)).to.throw('some.tsv, line 1');
  });
});

describe('features', () => {
  const reader = new WordReader(NO_SPELLING, new TypoIndex(new Map()), true);
  const featuriser = new Featuriser(reader, new ConceptFinder([], NO_SPELLING));

  it('have length one, whatever the text', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 40 }), (text) => {
        let square = 0;
        for (const value of featuriser.ofText(text).values) square += value * value;
        expect(square).to.be.closeTo(1, 1e-5);
      }),
    );
  });

  it('are found again in the index, and no others', () => {
    const hashes = fc.uniqueArray(fc.nat(0xffffffff), { maxLength: 200 });
    fc.assert(
      fc.property(hashes, fc.nat(0xffffffff), (features, other) => {
        const index = RowIndex.of(features);
        features.forEach((hash, row) => {
          expect(index.find(hash)).to.equal(row);
        });
        expect(index.find(other)).to.equal(features.indexOf(other));
      }),
    );
  });
});

describe('clauses', () => {
  const split = (text: string) =>
    splitClauses(toWords(text, NO_SPELLING), new Set(['et', 'mais'])).map(({ words, start }) => {
      expect(start).to.equal(words[0]?.start);
      return words.map(({ norm }) => norm).join(' ');
    });

  it('are parted by signs and connectors', () => {
    expect(split("j'ai pas le bac, je peux venir ? et c'est gratuit")).to.deep.equal([
      'j ai pas le bac',
      'je peux venir ?',
      'et c est gratuit',
    ]);
  });

  it('keep lone words with their neighbours', () => {
    expect(split('bref, je veux une place')).to.deep.equal(['bref je veux une place']);
    expect(split('oui')).to.deep.equal(['oui']);
  });
});
