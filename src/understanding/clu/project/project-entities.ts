import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseTerms, type TermLine } from '../../text/term-list.ts';
import { foldWord } from '../../text/tokenise.ts';
import type { CluEntity, Sublist } from './clu-project.ts';

const RESOURCES = join(import.meta.dirname, '..', '..', 'resources');

/** Groups of values.tsv that only steer our own reading of a message. */
const OURS_ALONE: ReadonlySet<string> = new Set([
  'filler',
  'cue',
  'career_scope',
  'career_family',
  'former_job',
]);
/** Groups that are one to whoever reads the result. */
const SAME_GROUP: Readonly<Record<string, string>> = { yes_no_alone: 'yes_no' };

/** What the service finds by itself: our kinds of entity, and its components. */
const PREBUILTS: Readonly<Record<string, string>> = {
  age: 'Quantity.Age',
  date: 'DateTime',
  number: 'Quantity.Number',
  ordinal: 'Quantity.Ordinal',
};

/** Letters tell the language of a synonym, as far as it can be told. */
const SCRIPTS: readonly (readonly [language: string, letters: RegExp])[] = [
  ['ar', /\p{Script=Arabic}/u],
  ['uk', /\p{Script=Cyrillic}/u],
];

/** One value of an entity, and the words that say it. */
interface Value {
  readonly entity: string;
  readonly value: string;
  readonly terms: readonly string[];
}

/**
 * The entities of the project: the groups of `values.tsv`, jobs and places as lists, dates and
 * numbers as components of the service. Addresses and telephone numbers are not among them: they
 * are never sent.
 * @param locale whose words these are
 * @param phrases texts that show how words are accented: our lists leave accents out
 */
export const projectEntities = (
  localesDir: string,
  locale: string,
  phrases: readonly string[],
): CluEntity[] => {
  const accents = accentsOf(phrases);
  const lists = new Map<string, Map<string, Set<string>>>();
  for (const { entity, value, terms } of readValues(localesDir, locale)) {
    const values = lists.get(entity) ?? new Map<string, Set<string>>();
    const words = values.get(value) ?? new Set<string>();
    const taken = new Set([...values.values()].flatMap((each) => [...each]));
    for (const word of terms.flatMap((term) => spellings(term, accents))) {
      if (!taken.has(word)) words.add(word);
    }
    lists.set(entity, values.set(value, words));
  }
  return [
    ...[...lists].map(([category, values]) => toList(category, values, locale)),
    ...Object.entries(PREBUILTS).map(([category, prebuilt]) => ({
      category,
      compositionSetting: 'combineComponents',
      prebuilts: [{ category: prebuilt }],
    })),
  ].sort((a, b) => (a.category < b.category ? -1 : 1));
};

const readValues = (localesDir: string, locale: string): Value[] => {
  const values = read(join(localesDir, locale, 'values.tsv'), 3).flatMap(({ labels, terms }) => {
    const [group = '', value = ''] = labels;
    return OURS_ALONE.has(group) ? [] : [{ entity: SAME_GROUP[group] ?? group, value, terms }];
  });
  const resource = (name: string): string => join(RESOURCES, locale, name);
  const places = read(resource('places.tsv'), 4).map(
    ({ labels: [kind = '', value = ''], terms }) => {
      return { entity: kind, value, terms };
    },
  );
  const jobs = ['career', 'occupation'].flatMap((entity) =>
    read(resource(entity === 'career' ? 'careers.tsv' : 'occupations.tsv'), 2).map(
      ({ labels, terms }) => ({ entity, value: labels[0] ?? '', terms }),
    ),
  );
  return [...values, ...places, ...jobs];
};

const read = (path: string, columns: number): TermLine[] =>
  existsSync(path) ? parseTerms(readFileSync(path, 'utf8'), path, columns) : [];

/** A word and the next one that an apostrophe joins, where our lists have a space. */
const ELISION = /^(?:[cdjlmnst]|qu) [aeiouyh]/;

/**
 * As listed, with apostrophes, and with accents too; none for a beginning of word, or a word that
 * needs others beside it.
 */
const spellings = (term: string, accents: ReadonlyMap<string, string>): string[] => {
  if (/[*?]$/.test(term)) return [];
  const words = term.split(' ');
  const joined = (form: (word: string) => string): string =>
    words.reduce((text, word, index) => {
      const isElided = ELISION.test(`${words[index - 1]} ${word}`);
      return `${text}${isElided ? "'" : ' '}${form(word)}`;
    }, '');
  const plain = joined((word) => word).trim();
  return [term, plain, joined((word) => accents.get(word) ?? word).trim()];
};

/** How each word of three letters or more is accented, where most who write it do so. */
const accentsOf = (phrases: readonly string[]): ReadonlyMap<string, string> => {
  const counts = new Map<string, Map<string, number>>();
  for (const text of phrases) {
    for (const [word] of text.toLowerCase().matchAll(/\p{L}{3,}/gu)) {
      const folded = foldWord(word);
      const forms = counts.get(folded) ?? new Map<string, number>();
      counts.set(folded, forms.set(word, (forms.get(word) ?? 0) + 1));
    }
  }
  const accents = new Map<string, string>();
  for (const [folded, forms] of counts) {
    const all = [...forms.values()].reduce((sum, count) => sum + count, 0);
    const usual = [...forms].find(([, count]) => count > all / 2)?.[0];
    if (usual !== undefined && usual !== folded) accents.set(folded, usual);
  }
  return accents;
};

const toList = (
  category: string,
  values: ReadonlyMap<string, ReadonlySet<string>>,
  locale: string,
): CluEntity => {
  const sublists = [...values]
    .filter(([, words]) => words.size > 0)
    .map(([listKey, words]) => toSublist(listKey, words, locale))
    .sort((a, b) => (a.listKey < b.listKey ? -1 : 1));
  return { category, compositionSetting: 'combineComponents', list: { sublists } };
};

const toSublist = (listKey: string, words: ReadonlySet<string>, locale: string): Sublist => {
  const byLanguage = new Map<string, string[]>();
  for (const word of [...words].sort()) {
    const language = SCRIPTS.find(([, letters]) => letters.test(word))?.[0] ?? locale;
    byLanguage.set(language, [...(byLanguage.get(language) ?? []), word]);
  }
  const synonyms = [...byLanguage].map(([language, values]) => ({ language, values }));
  return { listKey, synonyms: synonyms.sort((a, b) => (a.language < b.language ? -1 : 1)) };
};
