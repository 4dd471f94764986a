import type { Entity } from '#shared/recognition.ts';
import { mayBeHome } from './home.ts';
import type { Lexicon, LexiconMatch } from './lexicon.ts';
import type { Sentence } from './sentence.ts';
import { isDenied } from './whose.ts';

const DEPARTMENT = /^(?:0[1-9]|[1-8]\d|9[0-5]|2[ab]|97[1-8]|98[678])$/;
const POSTCODE = /^(?:0[1-9]|[1-8]\d|9[0-5]|97|98)\d{3}$/;

/** "le 12" is rather a day; "le 93" cannot be. */
const LAST_DAY_OF_MONTH = 31;
/** A number alone is rather an age up to here, and a department from here on. */
const OLDEST_AT_WORK = 75;
/** Names up to this many letters are not guessed from slips: too many words are near them. */
const SHORT_NAME = 5;

/**
 * Regions, departments and cities of France, each with the `place` it implies where the writer may
 * live there. Places that are denied ("je n'habite plus à Paris") are left out.
 */
export const readPlaces = (sentence: Sentence, places: Lexicon): Entity[] => {
  const entities: Entity[] = [];
  const names = places.findLongest(sentence.words).filter((match) => isMeant(sentence, match));
  for (const { columns, from, to } of names) {
    const [kind = '', value = '', where = ''] = columns;
    entities.push(sentence.entity(kind, value, from, to));
    if (mayBeHome(sentence, from)) entities.push(sentence.entity('place', where, from, to));
  }
  sentence.words.forEach(({ norm }, at) => {
    const number = departmentOf(sentence, norm, at, names);
    if (number === undefined) return;
    entities.push(sentence.entity('department', number, at, at + 1));
    entities.push(sentence.entity('place', isOverseas(number), at, at + 1));
  });
  return entities;
};

const isMeant = (sentence: Sentence, match: LexiconMatch): boolean => {
  if (isPartOfAnother(sentence, match)) return false;
  if (isDenied(sentence, match.from) || hasOtherAccents(sentence, match)) return false;
  return isConfirmed(sentence, match) || !(match.doubtful || isGuessed(sentence, match));
};

/** "La réunion d'information", "Grande-Bretagne". */
const isPartOfAnother = (sentence: Sentence, { from, to }: LexiconMatch): boolean =>
  sentence.marks.some((mark) => mark.kind === 'apart' && mark.from <= from && mark.to >= to);

/** A name that is also a common word counts after a word of living or going, or alone. */
const isConfirmed = (sentence: Sentence, { from, to }: LexiconMatch): boolean => {
  if (from === 0 && to === sentence.words.length) return true;
  if (sentence.before('cue', from, 'place') !== undefined) return true;
  return sentence.isCapital(from) && sentence.before('cue', from, 'maybe_place') !== undefined;
};

/** Whether a short name was found in a word that is not written so. */
const isGuessed = ({ words }: Sentence, { from, to }: LexiconMatch): boolean =>
  words
    .slice(from, to)
    .some(({ norm, fixed }) => norm !== fixed && Math.min(norm.length, fixed.length) <= SHORT_NAME);

/** "Maçon" is a trade and "Mâcon" a city: accents that a name does not have tell another word. */
const hasOtherAccents = (sentence: Sentence, { columns, from, to }: LexiconMatch): boolean => {
  const written = accentsOf(sentence.entity('', '', from, to).text);
  if (written === '' || to - from > 1) return false;
  const value = accentsOf(columns[1] ?? '');
  return value !== '' && value !== written;
};

/** Which letters bear a sign, whichever sign it is: people mix è and é. */
const accentsOf = (text: string): string =>
  [...text.toLowerCase().normalize('NFC')]
    .map((letter) => letter.normalize('NFD'))
    .filter((parts) => parts.length > 1)
    .map(([letter]) => letter)
    .join('');

const departmentOf = (
  sentence: Sentence,
  norm: string,
  at: number,
  names: readonly LexiconMatch[],
): string | undefined => {
  if (POSTCODE.test(norm)) return isPostcode(sentence, at, names) ? ofPostcode(norm) : undefined;
  if (!DEPARTMENT.test(norm) || isFollowed(sentence, at)) return undefined;
  if (sentence.words.length === 1) return isAlone(norm) ? norm.toUpperCase() : undefined;
  const cue = sentence.before('cue', at, 'department');
  if (cue === undefined) return undefined;
  const isSure = cue.to - cue.from > 1 || Number.parseInt(norm, 10) > LAST_DAY_OF_MONTH;
  return isSure && !isDenied(sentence, at) ? norm.toUpperCase() : undefined;
};

/** Five digits are a postcode alone, beside a city, or after a word of place. */
const isPostcode = (sentence: Sentence, at: number, names: readonly LexiconMatch[]): boolean =>
  sentence.words.length === 1 ||
  names.some(({ from, to }) => to === at || from === at + 1) ||
  sentence.before('cue', at, 'department') !== undefined ||
  sentence.before('cue', at, 'place') !== undefined;

/** Whether the number counts something: "le 12 mars", "93 jours". */
const isFollowed = (sentence: Sentence, at: number): boolean =>
  sentence.at('unit', at + 1) !== undefined || sentence.at('month', at + 1) !== undefined;

const isAlone = (norm: string): boolean =>
  /\D/.test(norm) || Number(norm) >= OLDEST_AT_WORK || norm.startsWith('0');

/** Corsican postcodes (20…) do not tell which of its two departments they are in. */
const ofPostcode = (postcode: string): string | undefined => {
  if (postcode.startsWith('20')) return undefined;
  return postcode.slice(0, /^9[78]/.test(postcode) ? 3 : 2);
};

const isOverseas = (department: string): string =>
  department.length === 3 ? 'overseas' : 'mainland';
