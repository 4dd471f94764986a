import type { Entity } from '#shared/recognition.ts';
import type { Mark, Sentence } from './sentence.ts';

const A_NAME = /^\p{L}[\p{L}\p{M}]{1,19}$/u;

/**
 * First names given as such: "je m'appelle Awa", "moi c'est Jean-Pierre". Where a last name is
 * given too, the first name is told. "C'est Awa" counts with a capital, as the whole message,
 * and unless it is a place.
 */
export const readFirstNames = (sentence: Sentence, places: readonly Entity[]): Entity[] => {
  for (const value of ['name', 'name_call', 'name_label', 'last_name', 'name_alone']) {
    const cues = sentence.marks.filter((m) => m.kind === 'cue' && m.value === value);
    for (const cue of cues.sort((a, b) => b.to - a.to)) {
      const name = nameAfter(sentence, cue);
      const isPlace = value === 'name_alone' && places.some(({ start }) => start === name?.start);
      if (name !== undefined && !isPlace) return [name];
    }
  }
  return [];
};

const nameAfter = (sentence: Sentence, cue: Mark): Entity | undefined => {
  const at = sentence.at('cue', cue.to, 'title')?.to ?? cue.to;
  const word = sentence.words[at];
  if (word === undefined || !A_NAME.test(word.norm)) return undefined;
  if (sentence.at('cue', at, 'not_name') !== undefined) return undefined;
  const to = hyphenated(sentence, at);
  if (!ANNOUNCED[cue.value]?.({ sentence, cue, at, to })) return undefined;
  const entity = sentence.entity('first_name', '', at, to);
  return { ...entity, value: capitalised(entity.text) };
};

interface Named {
  readonly sentence: Sentence;
  readonly cue: Mark;
  readonly at: number;
  readonly to: number;
}

/** "Moi c'est Awa et vous", "moi c'est awa j'ai 34 ans"; not "moi c'est surtout le temps". */
const isCalled = ({ sentence, cue, at, to }: Named): boolean =>
  !/[,;.!?\n]/.test(sentence.between(cue.to)) && (sentence.isCapital(at) || ends(sentence, to));

/** "Prénom : Awa", "mon nom Diallo", "nom awa diallo"; not "mon nom est connu de tous". */
const isLabelled = ({ sentence, cue, at, to }: Named): boolean => {
  const between = sentence.between(cue.to).trim();
  if (between !== '' && between !== ':') return false;
  if (between === ':' || sentence.isCapital(at)) return true;
  const isEnd = ends(sentence, to) || ends(sentence, to + 1);
  return isEnd && sentence.startsClause(cue.from);
};

/** Whether the clause ends with the name, or goes on with something else about the writer. */
const ends = (sentence: Sentence, to: number): boolean =>
  to >= sentence.words.length ||
  sentence.startsClause(to) ||
  sentence.at('connector', to) !== undefined ||
  sentence.at('subject', to, 'self') !== undefined ||
  GOES_ON.some((value) => sentence.at('cue', to, value) !== undefined) ||
  /^\d/.test(sentence.words[to]?.norm ?? '');

/** What people write after a name: their age, their last name, where they live. */
const GOES_ON = ['own_age', 'name_label', 'last_name', 'home'];

/** A capital, but not only capitals, and nothing else said. */
const isAllThatIsSaid = ({ sentence, cue, at, to }: Named): boolean => {
  const { text } = sentence.entity('', '', at, to);
  const isAll = cue.from === 0 && to === sentence.words.length;
  return isAll && sentence.isCapital(at) && text !== text.toUpperCase();
};

/** What must stand around a name, by what announces it. */
const ANNOUNCED: Readonly<Record<string, (named: Named) => boolean>> = {
  name: ({ sentence, cue }) => !/[,;.!?\n]/.test(sentence.between(cue.to)),
  name_call: isCalled,
  name_label: isLabelled,
  last_name: isLabelled,
  name_alone: isAllThatIsSaid,
};

/** The end of a name made of two words with a hyphen. */
const hyphenated = (sentence: Sentence, at: number): number =>
  sentence.between(at + 1) === '-' ? at + 2 : at + 1;

const capitalised = (name: string): string =>
  name
    .split('-')
    .map((part) => part.charAt(0).toLocaleUpperCase() + part.slice(1).toLocaleLowerCase())
    .join('-');
