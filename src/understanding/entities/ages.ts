import type { Entity } from '#shared/recognition.ts';
import { type LeadIn, leadIn } from './age-lead-in.ts';
import type { CalendarDay } from './calendar-day.ts';
import type { NumberSpan } from './numbers.ts';
import type { Sentence } from './sentence.ts';
import { isOthers } from './whose.ts';

const YOUNGEST = 10;
const OLDEST = 99;
/** Years that nothing says to be an age are rather a duration below this. */
const YOUNGEST_UNSAID = 16;
/** A year of birth alone leaves a year of doubt: nothing is told where it would decide. */
const COMES_OF_AGE = 18;
/** "En 79" is of the last century from here on. */
const LAST_CENTURY = 30;

/**
 * Ages of the person who writes: "j'ai 52 ans", "17 ans", "la cinquantaine", "née en 1979".
 * Not durations ("depuis 10 ans", "5 ans d'expérience") nor someone else's ("mon fils a 8 ans").
 */
export const readAges = (
  sentence: Sentence,
  numbers: readonly NumberSpan[],
  today: CalendarDay,
): Entity[] => {
  const found = numbers.flatMap((number) => ageOf(sentence, number, numbers) ?? []);
  const sure = found.filter(({ said }) => said);
  const told = (sure.length > 0 ? sure : found).map(({ entity }) => entity);
  const about = told.length > 0 ? [] : readDecades(sentence);
  return [...told, ...about, ...readYearsOfBirth(sentence, numbers, today)];
};

interface Found {
  readonly entity: Entity;
  /** "J'ai", "âgé de" stand before it. */
  readonly said: boolean;
}

const ageOf = (
  sentence: Sentence,
  { value, from, to }: NumberSpan,
  numbers: readonly NumberSpan[],
): Found | undefined => {
  if (value < YOUNGEST || value > OLDEST || isOthers(sentence, from)) return undefined;
  const unit = sentence.at('unit', to, 'year');
  const end = unit?.to ?? to;
  if (sentence.at('cue', end, 'not_age_after') !== undefined) return undefined;
  const before = leadIn(sentence, from);
  if (before.kind === 'not_age') return undefined;
  const said = before.kind === 'own_age';
  if (unit === undefined && !(said && isAllSaid(sentence, end))) return undefined;
  const toCome = before.notYet || isStillToCome(sentence, end, numbers);
  if (!said && !toCome && !isLikely(sentence, before, value, { from, end })) return undefined;
  return { entity: sentence.entity('age', String(toCome ? value - 1 : value), from, end), said };
};

interface Span {
  readonly from: number;
  readonly end: number;
}

/** Whether years that are not said to be the writer's age are likely to be. */
const isLikely = (sentence: Sentence, { kind }: LeadIn, value: number, span: Span): boolean => {
  if (isOfThePast(sentence, value, kind)) return false;
  return kind === 'at_age' || isUnsaidAge(sentence, value, span);
};

/** A message this long tells more than an age: a few years in it are rather of the past. */
const LONG = 10;

/**
 * Few years, in a long message or after "à", are of the past or a duration ("j'ai quitté l'école à
 * 16 ans"): nobody is taken for a minor by mistake. A question is about now.
 */
const isOfThePast = (sentence: Sentence, value: number, kind: LeadIn['kind']): boolean => {
  if (value >= COMES_OF_AGE || sentence.text.includes('?')) return false;
  return kind === 'at_age' || sentence.words.length > LONG;
};

/** "18 ans dans deux mois". */
const isStillToCome = (
  sentence: Sentence,
  end: number,
  numbers: readonly NumberSpan[],
): boolean => {
  const cue = sentence.at('cue', end, 'in');
  return cue !== undefined && numbers.some(({ from }) => from === cue.to);
};

/** Years that no word says to be an age: not what a trade or a job lasted. */
const isUnsaidAge = (sentence: Sentence, value: number, { from, end }: Span): boolean => {
  if (sentence.startsClause(from) && isLast(sentence, end)) return true;
  return value >= YOUNGEST_UNSAID && sentence.at('cue', end, 'spent') === undefined;
};

/** Whether nothing follows that the number could count: "i'm 45 and", "i will be 18 in March". */
const isAllSaid = (sentence: Sentence, end: number): boolean =>
  isLast(sentence, end) ||
  sentence.at('connector', end) !== undefined ||
  sentence.at('cue', end, 'in') !== undefined;

const isLast = (sentence: Sentence, end: number): boolean =>
  end >= sentence.words.length || sentence.startsClause(end);

/** "La cinquantaine", "quadra". */
const readDecades = (sentence: Sentence): Entity[] =>
  sentence.marks
    .filter(({ kind, from }) => kind === 'age' && !isOthers(sentence, from))
    .filter(({ to }) => sentence.at('cue', to, 'spent') === undefined)
    .map(({ value, from, to }) => sentence.entity('age', value, from, to));

/** "Née en 1979", "de 79". */
const readYearsOfBirth = (
  sentence: Sentence,
  numbers: readonly NumberSpan[],
  today: CalendarDay,
): Entity[] => {
  const entities: Entity[] = [];
  for (const { value, from, to } of numbers) {
    const born = sentence.before('cue', from, 'born');
    if (born === undefined || isOthers(sentence, born.from)) continue;
    const year = value < 100 ? value + (value >= LAST_CENTURY ? 1900 : 2000) : value;
    const age = today.year - year;
    if (age < YOUNGEST || age > OLDEST || age === COMES_OF_AGE) continue;
    entities.push(sentence.entity('age', String(age), born.from, to));
  }
  return entities;
};

/** A date of birth is no date to come: the age that it gives. */
export const ageFromBirth = (born: CalendarDay, today: CalendarDay): number | undefined => {
  const passed = today.month > born.month || (today.month === born.month && today.day >= born.day);
  const age = today.year - born.year - (passed ? 0 : 1);
  return age >= YOUNGEST && age <= OLDEST ? age : undefined;
};
