import type { Sentence } from './sentence.ts';
import { subjectOf } from './whose.ts';

/** How far before "de 45 ans" it is looked for who is meant, in words. */
const OF_REACH = 4;

/** What stands before a number: "j'ai", "j'aurai bientôt", "depuis". */
export interface LeadIn {
  readonly kind: 'own_age' | 'at_age' | 'not_age' | undefined;
  /** The age is still to come: "j'aurai", "bientôt". */
  readonly notYet: boolean;
}

/** Reads the words before a number, back to what tells whether it is an age. */
export const leadIn = (sentence: Sentence, from: number): LeadIn => {
  let notYet = false;
  let kind: LeadIn['kind'];
  for (let at = from; at > 0 && kind === undefined; ) {
    const cue = sentence.longestCue(at, AGE_CUES);
    if (cue === undefined) break;
    if (cue.value === 'soon_age') notYet = true;
    else if (cue.value === 'age_of') kind = ofWhom(sentence, cue.from);
    else if (cue.value !== 'about_age') kind = cue.value as LeadIn['kind'];
    at = cue.from;
  }
  return { kind: kind ?? (notYet ? 'own_age' : undefined), notYet };
};

/** "Âgée de", "femme de 45 ans", "je suis un homme de 45 ans"; not "un chef de 26 ans". */
const ofWhom = (sentence: Sentence, at: number): LeadIn['kind'] => {
  if (!sentence.cueBefore('another', at, OF_REACH)) return undefined;
  return subjectOf(sentence, at) === 'self' ? undefined : 'not_age';
};

const AGE_CUES: ReadonlySet<string> = new Set([
  'own_age',
  'at_age',
  'not_age',
  'soon_age',
  'about_age',
  'age_of',
]);
