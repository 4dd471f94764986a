import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Entity } from '#shared/recognition.ts';
import { isLexical } from '../features/concept-finder.ts';
import type { Spelling, Word } from '../text/spelling.ts';
import { parseTerms, type TermLine } from '../text/term-list.ts';
import { foldWord } from '../text/tokenise.ts';
import { ageFromBirth, readAges } from './ages.ts';
import type { CalendarDay } from './calendar-day.ts';
import { readEmails, readPhones } from './contacts.ts';
import { readDates } from './dates.ts';
import { type EntityWording, leaving, toEntityWords } from './entity-words.ts';
import { readCareers, readOccupations } from './jobs.ts';
import { Lexicon } from './lexicon.ts';
import { readFirstNames } from './names.ts';
import { type NumberSpan, numberEntities, readNumbers } from './numbers.ts';
import { apartFrom, readMonths, readOrdinals } from './ordinals.ts';
import { readPlaces } from './places.ts';
import { Sentence } from './sentence.ts';
import { readValueLines } from './value-lines.ts';
import { readValues } from './values.ts';
import { isOthers } from './whose.ts';

const RESOURCES = join(import.meta.dirname, '..', 'resources');
const BASE = 'fr';
const PLACES = 'places.tsv';

/** Finds what is named in a message: places, dates, numbers, contacts, jobs, values. */
export class EntityFinder {
  readonly #wording: EntityWording;
  readonly #grammar: Lexicon;
  readonly #places: Lexicon;
  readonly #careers: Lexicon;
  readonly #occupations: Lexicon;
  readonly #values: Lexicon;

  /** @param locale whose data is read; the French files stand in for those that it lacks */
  constructor(localesDir: string, locale: string, spelling: Spelling) {
    const grammar = linesOf(locale, 'grammar.tsv', 3);
    const asWritten = new Set(termsOf(grammar, 'as_written'));
    this.#wording = {
      asWritten,
      afterNumbers: new Set([...termsOf(grammar, 'unit'), ...termsOf(grammar, 'month')]),
      daySuffixes: new Set(termsOf(grammar, 'day_suffix')),
      ranks: new Set(termsOf(grammar, 'ordinal')),
    };
    const own = leaving(spelling, asWritten);
    this.#grammar = new Lexicon(grammar, own);
    this.#places = new Lexicon(placeLines(locale), own);
    this.#careers = new Lexicon(linesOf(locale, 'careers.tsv', 2), own);
    this.#occupations = new Lexicon(linesOf(locale, 'occupations.tsv', 2), own);
    this.#values = new Lexicon(readValueLines(localesDir, locale, BASE), own);
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
    const lexical = toEntityWords(text, words.filter(isLexical), this.#wording);
    const sentence = new Sentence(text, lexical, this.#grammar);
    const numbers = readNumbers(sentence);
    const timed = readTimed(sentence, numbers, today);
    const named = readPlaces(sentence, this.#places);
    const names = readFirstNames(sentence, named);
    const places = apartFrom(named, [...timed, ...names]);
    const ordinals = readOrdinals(sentence, timed);
    const months = readMonths(sentence, numbers, today, timed);
    const firm = [...timed, ...months, ...ordinals];
    const entities = [
      ...firm,
      ...places,
      ...names,
      ...readCareers(sentence, this.#careers),
      ...readOccupations(sentence, this.#occupations),
      ...withoutDoubles(readValues(sentence, this.#values), places),
      ...numberEntities(sentence, numbers, [...firm, ...beyondOneNumber(sentence, places)]),
    ];
    return entities.sort((a, b) => a.start - b.start || b.end - a.end);
  }
}

const linesOf = (locale: string, name: string, columns: number): TermLine[] => {
  const paths = [locale, BASE].map((language) => join(RESOURCES, language, name));
  const path = paths.find((candidate) => existsSync(candidate));
  return path === undefined ? [] : parseTerms(readFileSync(path, 'utf8'), path, columns);
};

/** The places of France, and what a language calls them beside. */
const placeLines = (locale: string): TermLine[] => {
  const path = join(RESOURCES, locale, PLACES);
  const beside = locale === BASE || !existsSync(path) ? [] : linesOf(locale, PLACES, 4);
  return [...beside, ...linesOf(BASE, PLACES, 4)];
};

const termsOf = (lines: readonly TermLine[], kind: string): string[] =>
  lines
    .filter(({ labels }) => labels[0] === kind)
    .flatMap(({ terms }) => terms.map((term) => foldWord(term.replace(/\?$/, ''))));

/** Contacts, dates and ages: what other readers must not take for something else. */
const readTimed = (
  sentence: Sentence,
  numbers: readonly NumberSpan[],
  today: CalendarDay,
): Entity[] => {
  const contacts = [...readEmails(sentence.text), ...readPhones(sentence.text)];
  const { dates, births } = readDates(sentence, numbers, today);
  const fromBirths = births.flatMap(({ day, entity }): Entity[] => {
    const age = ageFromBirth(day, today);
    const at = sentence.words.findIndex(({ end }) => end > entity.start);
    if (age === undefined || isOthers(sentence, at)) return [];
    return [{ ...entity, kind: 'age', value: String(age) }];
  });
  const apart = apartFrom([...dates, ...fromBirths], contacts);
  const ages = apartFrom(readAges(sentence, numbers, today), [...contacts, ...apart]);
  return [...contacts, ...apart, ...ages];
};

/** A number that is the whole message may be a department, an age or a choice: all are told. */
const beyondOneNumber = ({ words }: Sentence, places: readonly Entity[]): readonly Entity[] =>
  words.length === 1 ? [] : places;

/** A `place` that a region or city already gave is not given twice. */
const withoutDoubles = (values: readonly Entity[], places: readonly Entity[]): Entity[] =>
  values.filter(
    (value) =>
      value.kind !== 'place' ||
      places.every((place) => value.end <= place.start || value.start >= place.end),
  );
