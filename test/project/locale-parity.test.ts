import { expect } from 'chai';
import {
  isPlural,
  localeFiles,
  type Sentences,
  sentencesOf,
  withoutPlural,
} from './locale-files.ts';

/** What is wrong with a file next to the French one of the same name. */
function differences(french: Sentences, other: Sentences, isVariant: boolean): readonly string[] {
  const inFrench = placeholdersByKey(french);
  const inOther = placeholdersByKey(other);
  return [
    ...[...inOther.keys()]
      .filter((key) => !inFrench.has(key))
      .map((key) => `${key}: not in French`),
    ...[...inFrench.keys()]
      .filter((key) => !isVariant && !inOther.has(key))
      .map((key) => `${key}: missing`),
    ...[...inOther].flatMap(([key, names]) => {
      const expected = inFrench.get(key);
      return expected === undefined || expected === names
        ? []
        : [`${key}: has ${names || 'no placeholder'} instead of ${expected || 'none'}`];
    }),
  ];
}

/** A count may stay unsaid in one of its forms ("one seat"), not in all. */
function placeholdersByKey(sentences: Sentences): ReadonlyMap<string, string> {
  const names = new Map<string, Set<string>>();
  for (const [key, text] of sentences) {
    const asked = withoutPlural(key);
    const known = names.get(asked) ?? new Set();
    for (const [, name = ''] of text.matchAll(/\{\{(\w+)\}\}/g)) known.add(name);
    names.set(asked, known);
  }
  return new Map([...names].map(([key, found]) => [key, [...found].sort().join(', ')]));
}

/** `fr-x-tu` says the same things as `fr` in other words, and leaves to it what it does not change. */
const isVariant = (locale: string): boolean => locale.startsWith('fr-');

describe('project: every language says the same things', () => {
  const files = localeFiles();
  const french = new Map(
    files.filter(({ locale }) => locale === 'fr').map((file) => [file.namespace, file.sentences]),
  );

  it('finds the French', () => {
    expect([...french.keys()]).to.include.members(['booking', 'common', 'widget', 'team']);
  });

  for (const { locale, namespace, sentences } of files.filter((file) => file.locale !== 'fr')) {
    it(`${locale}/${namespace}.json has the keys and placeholders of the French`, () => {
      const known = french.get(namespace);
      expect(known, 'a French file of the same name').not.to.equal(undefined);
      const found = differences(known ?? new Map(), sentences, isVariant(locale));
      expect(found.join('\n')).to.equal('');
    });
  }

  it('has one form for one and one for more wherever the French counts', () => {
    for (const [namespace, sentences] of french) {
      const counted = [...sentences.keys()].filter(isPlural).map(withoutPlural);
      for (const key of new Set(counted)) {
        const forms = [...sentences.keys()].filter((one) => withoutPlural(one) === key);
        expect(forms, namespace).to.include.members([`${key}_one`, `${key}_other`]);
      }
    }
  });

  describe('a difference', () => {
    const base = sentencesOf({
      a: 'Le {{day}}',
      b: { c: 'Bien' },
      n_one: 'une',
      n_other: '{{count}}',
    });

    for (const [what, other, variant, told] of [
      ['of nothing', { a: 'On {{day}}', b: { c: 'Well' }, n_other: '{{count}}' }, false, []],
      ['of a missing key', { a: 'On {{day}}', n_one: '{{count}}' }, false, ['b.c: missing']],
      ['of a key a variant leaves to French', { a: 'On {{day}}' }, true, []],
      ['of a key that French lacks', { d: 'New' }, true, ['d: not in French']],
      ['of a placeholder', { a: 'On {{date}}' }, true, ['a: has date instead of day']],
      ['of a placeholder left out', { a: 'Soon' }, true, ['a: has no placeholder instead of day']],
    ] as const) {
      it(`${what} is told as it is`, () => {
        expect(differences(base, sentencesOf(other), variant)).to.deep.equal(told);
      });
    }
  });
});
