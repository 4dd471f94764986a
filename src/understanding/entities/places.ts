import type { Entity } from '#shared/recognition.ts';
import type { Lexicon, LexiconMatch } from './lexicon.ts';
import type { Sentence } from './sentence.ts';

const DEPARTMENT = /^(?:0[1-9]|[1-8]\d|9[0-5]|2[ab]|97[1-8]|98[678])$/;
const POSTCODE = /^(?:0[1-9]|[1-8]\d|9[0-5]|97|98)\d{3}$/;

/** "le 12" is rather a day; "le 93" cannot be. */
const LAST_DAY_OF_MONTH = 31;

/** Regions, departments and cities of France, each with the `place` it implies. */
export const readPlaces = (sentence: Sentence, places: Lexicon): Entity[] => {
  const entities: Entity[] = [];
  for (const match of places.findLongest(sentence.words)) {
    if (match.doubtful && !isConfirmed(sentence, match)) continue;
    const [kind = '', value = '', where = ''] = match.columns;
    entities.push(sentence.entity(kind, value, match.from, match.to));
    entities.push(sentence.entity('place', where, match.from, match.to));
  }
  sentence.words.forEach(({ norm }, at) => {
    const number = departmentOf(sentence, norm, at);
    if (number === undefined) return;
    entities.push(sentence.entity('department', number, at, at + 1));
    entities.push(sentence.entity('place', isOverseas(number), at, at + 1));
  });
  return entities;
};

/** A name that is also a common word counts after a word of place, or alone. */
const isConfirmed = (sentence: Sentence, match: LexiconMatch): boolean => {
  const alone = match.from === 0 && match.to === sentence.words.length;
  return alone || sentence.before('cue', match.from, 'place') !== undefined;
};

const departmentOf = (sentence: Sentence, norm: string, at: number): string | undefined => {
  if (POSTCODE.test(norm)) {
    const cued =
      sentence.words.length === 1 ||
      sentence.before('cue', at, 'department') !== undefined ||
      sentence.before('cue', at, 'place') !== undefined;
    return cued ? ofPostcode(norm) : undefined;
  }
  if (!DEPARTMENT.test(norm)) return undefined;
  const followed = sentence.at('unit', at + 1) ?? sentence.at('month', at + 1);
  const cue = sentence.before('cue', at, 'department');
  if (cue === undefined || followed !== undefined) return undefined;
  const isSure = cue.to - cue.from > 1 || Number.parseInt(norm, 10) > LAST_DAY_OF_MONTH;
  return isSure ? norm.toUpperCase() : undefined;
};

/** Corsican postcodes (20…) do not tell which of its two departments they are in. */
const ofPostcode = (postcode: string): string | undefined => {
  if (postcode.startsWith('20')) return undefined;
  return postcode.slice(0, /^9[78]/.test(postcode) ? 3 : 2);
};

const isOverseas = (department: string): string =>
  department.length === 3 ? 'overseas' : 'mainland';
