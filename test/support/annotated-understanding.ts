import { isIntent } from '#shared/intents.ts';
import type { Entity, Recognition, Understanding } from '#shared/recognition.ts';

/** How messages are understood, by their words. */
export type Notes = Map<string, string>;

const NOTE = /\s*\{([^{}]*)\}\s*$/;

/** `je veux m'inscrire {booking_create place=mainland}` is words, and how they are understood. */
export function splitNote(text: string): {
  readonly words: string;
  readonly note: string | undefined;
} {
  const found = NOTE.exec(text);
  return { words: found ? text.slice(0, found.index) : text, note: found?.[1] };
}

/**
 * Understands messages as their notes say, so that a script of a conversation tests the dialogs
 * and not the recogniser. `maybe:` before an intent makes it a guess; `distress` or
 * `distress=maybe` says so, `leans` that it leans on what was said before. Without a note, `otherwise` reads the words.
 */
export function annotatedUnderstanding(notes: Notes, otherwise?: Understanding): Understanding {
  return {
    readsElsewhere: otherwise?.readsElsewhere ?? false,
    recognise: async (text, context) => {
      const note = notes.get(text);
      if (note !== undefined) return asNoted(text, note);
      if (otherwise !== undefined) return otherwise.recognise(text, context);
      throw new Error(`« ${text} » has no note that says how it is understood.`);
    },
  };
}

function asNoted(text: string, note: string): Recognition {
  const words = note.split(/\s+/).filter((word) => word !== '');
  const sure = words.filter(isIntent);
  const guesses = words.flatMap((word) => {
    const intent = word.startsWith('maybe:') ? word.slice('maybe:'.length) : '';
    return isIntent(intent) ? [intent] : [];
  });
  const entities = words.filter((word) => word.includes('=')).map((word) => toEntity(text, word));
  const distress = words.includes('distress') ? 'yes' : 'no';
  const scored = [
    ...sure.map((intent) => ({ intent, score: 0.95 })),
    ...guesses.map((intent) => ({ intent, score: 0.3 })),
  ];
  return {
    language: 'fr',
    intents: scored.slice(0, Math.max(1, sure.length)),
    top3: scored.slice(0, 3),
    action: sure.length > 0 ? 'answer' : guesses.length > 0 ? 'clarify' : 'unknown',
    entities: entities.filter(({ kind }) => kind !== 'distress'),
    distress: words.includes('distress=maybe') ? 'maybe' : distress,
    leansBack: words.includes('leans'),
  };
}

/** Kinds whose values have spaces, written `_` in a note. */
const WITH_SPACES: ReadonlySet<string> = new Set(['first_name', 'occupation', 'trade']);

function toEntity(text: string, word: string): Entity {
  const [kind = '', value = ''] = word.split('=');
  return {
    kind,
    value: value.replaceAll('_', WITH_SPACES.has(kind) ? ' ' : '_'),
    text,
    start: 0,
    end: text.length,
  };
}
