/** One sentence of a locale file. */
export interface Message {
  /** Path in the file, e.g. `age.hear`. */
  readonly key: string;
  readonly text: string;
}

/** All the sentences of a namespace, in the order of the file. */
export function messagesOf(namespace: object, path = ''): Message[] {
  return Object.entries(namespace).flatMap(([name, value]: [string, unknown]): Message[] => {
    const key = path === '' ? name : `${path}.${name}`;
    if (typeof value === 'string') return [{ key, text: value }];
    return typeof value === 'object' && value !== null ? messagesOf(value, key) : [];
  });
}

/** Stands for a value that code fills in: about as long as a date or a short list. */
const FILLED = 'mardi 8 décembre à 9 h';

/** The text as people see it, with its placeholders filled. */
export const filled = (text: string): string => text.replace(/\{\{[^}]+\}\}/g, FILLED);

/** The text without its placeholders: for rules on what the writer wrote. */
export const written = (text: string): string => text.replace(/\{\{[^}]+\}\}/g, 'valeur');

/** Ends at . ! ? … or at a line break; `:` and `;` do not end a sentence. */
export const sentencesOf = (text: string): string[] =>
  written(text)
    .split(/(?<=[.!?…])(?:\u00a0»)?\s+|\n+/u)
    .map((sentence) => sentence.trim())
    .filter((sentence) => /[\p{L}\d]/u.test(sentence));

/** Elided words count with the next one ("l'anglais" is one word), as readers hear them. */
export const wordsOf = (sentence: string): string[] =>
  sentence.split(/\s+/u).filter((token) => /[\p{L}\d]/u.test(token));

const VOWELS = 'aeiouyàâäéèêëîïôöùûüœæ';

/** Syllables of one French word as spoken: final mute e not counted, never less than 1. */
export function syllablesOf(word: string): number {
  const parts = word
    .toLowerCase()
    .split(/[-–]/u)
    .filter((part) => /\p{L}/u.test(part));
  return Math.max(
    1,
    parts.reduce((sum, part) => sum + syllablesOfPart(part), 0),
  );
}

function syllablesOfPart(part: string): number {
  const spoken = part
    .replace(/[^\p{L}]/gu, '')
    .replace(/qu/g, 'q')
    .replace(/gu(?=[eiéèêîy])/g, 'g')
    .replace(/ées?$/, 'é')
    .replace(new RegExp(`y(?=[${VOWELS}])`, 'g'), 'j')
    .replace(new RegExp(`é(?=[${VOWELS}])`, 'g'), 'éh');
  const groups = spoken.match(new RegExp(`[${VOWELS}]+`, 'g'))?.length ?? 0;
  const endsMute = /[^aeiouyàâäéèêëîïôöùûüœæ]es?$/.test(spoken);
  return groups > 1 && endsMute ? groups - 1 : groups;
}

/**
 * Ease of reading of French: 100 very easy, 60 standard, 30 difficult.
 * Kandel and Moles (1958): 207 − 1.015 × words per sentence − 73.6 × syllables per word.
 * Figures count as words of a sentence but not in the syllables.
 */
export function kandelMoles(texts: readonly string[]): number {
  const sentences = texts.flatMap(sentencesOf);
  const words = sentences.flatMap(wordsOf);
  const spoken = words.filter((word) => /\p{L}/u.test(word));
  const syllables = spoken.reduce((sum, word) => sum + syllablesOf(word), 0);
  return (
    207 -
    1.015 * (words.length / sentences.length) -
    73.6 * (syllables / Math.max(1, spoken.length))
  );
}
