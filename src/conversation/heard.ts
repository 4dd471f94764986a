import type { Intent } from '#shared/intents.ts';
import type { Entity, Recognition } from '#shared/recognition.ts';

/** What the person said, ready for dialogs to read. */
export interface Heard {
  readonly text: string;
  readonly recognition: Recognition;
  /** The first thing of this kind that the person states (not what they ask about). */
  stated(kind: string): Entity | undefined;
  /** Every thing of this kind that the person states, in order. */
  allStated(kind: string): readonly Entity[];
  /** Whether the message holds this cue (`correction`, `ask`, `self`). */
  has(cue: string): boolean;
  /** Whether one of the intents found is this one. */
  means(intent: Intent): boolean;
}

/** Below this, an intent is a guess: it opens buttons, it answers no question. */
const MEANT = 0.5;

const NOTHING: Recognition = {
  language: 'fr',
  intents: [],
  top3: [],
  action: 'unknown',
  entities: [],
  distress: 'no',
};

/** What a press on a button, or a picture, says: no words. */
export const heardNothing = (): Heard => hear('', NOTHING);

/** Wraps a recognised message. */
export function hear(text: string, recognition: Recognition): Heard {
  const cues = recognition.entities.filter((entity) => entity.kind === 'cue');
  const allStated = (kind: string): readonly Entity[] =>
    recognition.entities.filter(
      (entity) => entity.kind === kind && !isAskedAbout(text, entity, cues),
    );
  return {
    text,
    recognition,
    allStated,
    stated: (kind) => allStated(kind)[0],
    has: (value) => cues.some((cue) => cue.value === value),
    means: (intent) =>
      recognition.intents.some((scored) => scored.intent === intent && scored.score >= MEANT),
  };
}

/**
 * "Je suis au RSA, c'est payant ?" states the RSA; "le RSA, ça compte ?" asks about it.
 * A clause that ends with a question mark asks, unless the person speaks of themselves in it
 * ("je suis au rsa ça marche ?"); so does one that a comma joins to a question and where they do not.
 * The words that tell are cues of `locales/<lng>/values.tsv`, found by the recogniser.
 */
function isAskedAbout(text: string, entity: Entity, cues: readonly Entity[]): boolean {
  const end = nextStop(text, entity.end);
  const start = clauseStart(text, entity.start);
  const inClause = (value: string): boolean =>
    cues.some((cue) => cue.value === value && cue.start >= start && cue.start <= entity.start);
  if (inClause('ask')) return true;
  if (text[end] === '?') return !inClause('self');
  if (text[end] !== ',') return false;
  const sentenceEnd = text.slice(end).search(/[.!?\n]/);
  const asks = sentenceEnd >= 0 && text[end + sentenceEnd] === '?';
  const sentence = sentenceStart(text, entity.start);
  // "J'ai 45 ans, sans diplôme, au RSA, je peux venir ?": the person spoke of themselves before.
  return (
    asks &&
    !cues.some(({ value, start: at }) => value === 'self' && at >= sentence && at <= entity.start)
  );
}

function nextStop(text: string, from: number): number {
  const offset = text.slice(from).search(/[,.!?;\n]/);
  return offset < 0 ? text.length : from + offset;
}

const sentenceStart = (text: string, at: number): number =>
  Math.max(-1, ...['.', '!', '?', '\n'].map((stop) => text.lastIndexOf(stop, at - 1))) + 1;

const clauseStart = (text: string, at: number): number =>
  Math.max(-1, ...[',', '.', '!', '?', ';', '\n'].map((stop) => text.lastIndexOf(stop, at - 1))) +
  1;
