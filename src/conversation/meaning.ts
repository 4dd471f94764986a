import type { Intent } from '#shared/intents.ts';
import type { Recognition } from '#shared/recognition.ts';
import type { Heard } from './heard.ts';

/** A turn, as far as its words go. */
interface Spoken {
  readonly turn: { readonly heard: Heard };
}

/** Whether the message is read well enough to be acted on. */
export const surely = ({ turn: { heard } }: Spoken): boolean =>
  heard.recognition.action === 'answer' || speaksOfDoubts(heard.recognition);

/** "Not for me, no diploma": which doubt weighs more is unsure, that they are doubts is not. */
const DOUBTS_FOR_SURE = 0.9;

function speaksOfDoubts({ action, intents }: Recognition): boolean {
  if (action !== 'clarify' || intents.length < 2) return false;
  if (!intents.every(({ intent }) => intent.startsWith('barrier_'))) return false;
  return intents.reduce((sum, { score }) => sum + score, 0) >= DOUBTS_FOR_SURE;
}

/** "Not now", "no thanks", "drop it" where no is no answer: the question is left, and kept. */
export const declines = ({ turn: { heard } }: Spoken): boolean =>
  heard.stated('not_now') !== undefined ||
  (heard.stated('yes_no')?.value === 'no' && heard.means('deny'));

export const isYes = ({ turn: { heard } }: Spoken): boolean =>
  heard.stated('yes_no')?.value === 'yes' || heard.means('affirm');

/** The first intent found, and those that are more than a guess beside it. */
const MORE_THAN_A_GUESS = 0.5;

export function meantIntents({ turn }: Spoken): readonly Intent[] {
  const { intents } = turn.heard.recognition;
  const meant = speaksOfDoubts(turn.heard.recognition)
    ? intents
    : intents.filter(({ score }, at) => at === 0 || score >= MORE_THAN_A_GUESS);
  const known = meant.filter(({ intent }) => intent !== 'none');
  return (known.length > 0 ? known : meant).map(({ intent }) => intent);
}

export const asks = ({ turn: { heard } }: Spoken): boolean =>
  heard.text.includes('?') || heard.has('ask');

/** "Tu peux me tutoyer ?", "in English please": named plainly, whatever else was read. */
export const asksForLanguage = ({ turn: { heard } }: Spoken): boolean =>
  heard.recognition.entities.some(({ kind }) => kind === 'variant' || kind === 'language');
