import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Entity } from '#shared/recognition.ts';
import { isLexical } from '../features/concept-finder.ts';
import type { Spelling, Word } from '../text/spelling.ts';
import { parseTerms } from '../text/term-list.ts';
import { readAges } from './ages.ts';
import type { CalendarDay } from './calendar-day.ts';
import { readEmails, readPhones } from './contacts.ts';
import { readDates } from './dates.ts';
import { Lexicon } from './lexicon.ts';
import { readFirstNames } from './names.ts';
import { numberEntities, readNumbers } from './numbers.ts';
import { apartFrom, readMonths, readOrdinals } from './ordinals.ts';
import { readPlaces } from './places.ts';
import { Sentence } from './sentence.ts';
import { readValues } from './values.ts';

const RESOURCES = join(import.meta.dirname, '..', 'resources');
const BASE = 'fr';

/** Finds what is named in a message: places, dates, numbers, contacts, jobs, values. */
export class EntityFinder {
  readonly #grammar: Lexicon;
  readonly #places: Lexicon;
  readonly #careers: Lexicon;
  readonly #occupations: Lexicon;
  readonly #values: Lexicon;

  /** @param locale whose data is read; the French files stand in for those that it lacks */
  constructor(localesDir: string, locale: string, spelling: Spelling) {
    const lexicon = (pathIn: (language: string) => string, columns: number) => {
      const path = [locale, BASE].map(pathIn).find((candidate) => existsSync(candidate));
      const lines = path === undefined ? [] : parseTerms(readFileSync(path, 'utf8'), path, columns);
      return new Lexicon(lines, spelling);
    };
    const resource = (name: string) => (language: string) => join(RESOURCES, language, name);
    this.#grammar = lexicon(resource('grammar.tsv'), 3);
    this.#places = lexicon(resource('places.tsv'), 4);
    this.#careers = lexicon(resource('careers.tsv'), 2);
    this.#occupations = lexicon(resource('occupations.tsv'), 2);
    this.#values = lexicon((language) => join(localesDir, language, 'values.tsv'), 3);
  }

  /** Words of the entity data: known, so that they are not mended into others. */
  *knownWords(): Generator<string> {
    for (const lexicon of [
      this.#grammar,
      this.#places,
      this.#careers,
      this.#occupations,
      this.#values,
    ]) {
      yield* lexicon.words;
    }
  }

  /**
   * @param words all tokens of the message
   * @param today what relative days are counted from
   * @returns in the order of the message
   */
  find(text: string, words: readonly Word[], today: CalendarDay): Entity[] {
    const sentence = new Sentence(text, words.filter(isLexical), this.#grammar);
    const numbers = readNumbers(sentence);
    const contacts = [...readEmails(text), ...readPhones(text)];
    const dates = apartFrom(readDates(sentence, numbers, today), contacts);
    const ages = apartFrom(readAges(sentence, numbers), contacts);
    const places = apartFrom(readPlaces(sentence, this.#places), contacts);
    const timed = [...contacts, ...dates, ...ages];
    const ordinals = readOrdinals(sentence, timed);
    const months = readMonths(sentence, timed);
    const firm = [...timed, ...places, ...months];
    const entities = [
      ...firm,
      ...ordinals,
      ...readFirstNames(sentence),
      ...this.#jobs(sentence, 'career', this.#careers),
      ...this.#jobs(sentence, 'occupation', this.#occupations),
      ...withoutDoubles(readValues(sentence, this.#values), places),
      ...numberEntities(sentence, numbers, [...firm, ...ordinals]),
    ];
    return entities.sort((a, b) => a.start - b.start || b.end - a.end);
  }

  #jobs(sentence: Sentence, kind: string, lexicon: Lexicon): Entity[] {
    return lexicon
      .findLongest(sentence.words)
      .map(({ columns, from, to }) => sentence.entity(kind, columns[0] ?? '', from, to));
  }
}

/** A `place` that a region or city already gave is not given twice. */
const withoutDoubles = (values: readonly Entity[], places: readonly Entity[]): Entity[] =>
  values.filter(
    (value) =>
      value.kind !== 'place' ||
      places.every((place) => value.end <= place.start || value.start >= place.end),
  );
