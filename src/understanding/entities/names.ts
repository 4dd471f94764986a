import type { Entity } from '#shared/recognition.ts';
import type { Sentence } from './sentence.ts';

/** First names given as such: "je m'appelle Awa", "moi c'est Jean-Pierre". */
export const readFirstNames = (sentence: Sentence): Entity[] => {
  const cues = sentence.marks.filter((m) => m.kind === 'cue' && m.value === 'name');
  for (const cue of cues.sort((a, b) => b.to - a.to)) {
    const word = sentence.words[cue.to];
    if (word === undefined || !/^\p{L}{2,20}$/u.test(word.norm)) continue;
    if (sentence.at('cue', cue.to, 'not_name') !== undefined) continue;
    const to = hyphenated(sentence, cue.to);
    const entity = sentence.entity('first_name', '', cue.to, to);
    return [{ ...entity, value: capitalised(entity.text) }];
  }
  return [];
};

/** The end of a name made of two words with a hyphen. */
const hyphenated = (sentence: Sentence, at: number): number => {
  const word = sentence.words[at];
  const next = sentence.words[at + 1];
  if (word === undefined || next === undefined) return at + 1;
  return sentence.text.slice(word.end, next.start) === '-' ? at + 2 : at + 1;
};

const capitalised = (name: string): string =>
  name
    .split('-')
    .map((part) => part.charAt(0).toLocaleUpperCase() + part.slice(1).toLocaleLowerCase())
    .join('-');
