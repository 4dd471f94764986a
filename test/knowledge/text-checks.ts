import { typesetFrench } from '#conversation/typeset.ts';
import {
  filled,
  kandelMoles,
  type Message,
  messagesOf,
  sentencesOf,
  wordsOf,
  written,
} from './french-text.ts';

/** A rule of the voice that a sentence breaks. */
export interface Problem {
  readonly key: string;
  readonly rule: string;
  readonly detail: string;
}

/** WhatsApp and small screens first. */
export const MAX_CHARACTERS = 320;
const MAX_WORDS = 20;
/** Share of the sentences that must have MAX_WORDS words or fewer. */
export const SHORT_SHARE = 0.9;
/** Kandel–Moles of a whole namespace; 60 is "standard", 70 "fairly easy", newspapers are at 40 to 50. */
export const READABILITY_FLOOR = 70;

/** A text this short that ends without a full stop is a label: nothing can be explained in it. */
const MAX_LABEL = 30;

const NO_BREAK = '[\u00a0\u202f]';

/** Shames, pushes, minimises, promises, flatters, or puts people in a box. */
const BANNED = [
  /autocensur/i,
  /n'ayez (pas|plus|aucune) (peur|crainte)/i,
  /\bil (vous |te )?suffi(t|ra|sait)\b|\bsuffi(t|ra) de\b/i,
  /(crois|croyez) en (vous|toi)/i,
  /(?<!\p{L})(osez|foncez|lancez-vous|boostez|dépassez-vous)(?!\p{L})/iu,
  /ce n'est rien(?! d)/i,
  /(c'est|rien de plus) (très |tout |vraiment )?(facile|simple)(?!ment)/i,
  /en tant que? ?(femme|homme|personne)/i,
  /comme vous êtes une? /i,
  /n'hésitez pas/i,
  /ne vous (inquiétez|en faites|tracassez) pas/i,
  /pas de panique/i,
  /quand on veut,? on peut/i,
  /tout le monde peut/i,
  /jamais trop tard/i,
  /zone de confort/i,
  /(votre|ton) potentiel/i,
  /(bravo|félicitations|courageu)/i,
  /(emploi|travail|place|réussite) garanti/i,
  /issu(e|es|s)? de la diversité|profils? divers/i,
  /malgré (votre|ton) (âge|handicap|origine|nom|accent)/i,
  /souffr(ant|e|ez) d'un handicap|surmonter (votre|son) handicap/i,
  /les gens comme vous/i,
];

/** Words that would guess whether a woman or a man reads. "prête ou prêt" is a doublet: allowed. */
const GUESSED_GENDER =
  /(?<!\p{L})vous (?:êtes|serez|étiez|seriez|soyez|restez) (?:déjà |bien |pas |toujours |plus |donc )*(?:seul|prêt|inscrit|intéressé|motivé|sûr|certain|inquiet|content|venu|perdu|concerné|connecté|noté|attendu|désinscrit|accompagné|éligible et )e?s?(?!\p{L})(?! ou )/iu;
const MIDDLE_DOT =
  /\p{L}\s?[·•‧∙⋅]\s?\p{L}|\p{L}\((?:e|ne|se|rice|euse|trice)s?\)|\p{L}\.(?:e|es|ne|nes|trice|euse)s?(?!\p{L}|\.)/u;
const EMOJI = /\p{Extended_Pictographic}/gu;
const ACRONYM = /(?<![\p{L}\d])\p{Lu}{2,}(?![\p{L}\d])/gu;
/** Everyday words, for everyone. */
const KNOWN_ACRONYMS = ['CV', 'SMS'];
const YEAR = /(?<!\d)(?:19|20)\d\d(?!\d)/gu;
/** Figures that state nothing about the world: emergency numbers, names, marks of time. */
const HARMLESS_FIGURES = [
  YEAR,
  /(?<!\d)(?:3114|3919|39\u00a028|112|114|119|15|17)(?!\d|[\u00a0 ]?(?:%|€|heures|ans|jours|h(?!\p{L})))/gu,
  /École 42/gu,
  /bac ?\+ ?\d/giu,
];

const TYPOGRAPHY: readonly (readonly [RegExp, string])[] = [
  [/[’‘“”]/u, "curly quote: write ' and « »"],
  [/"/u, 'straight double quote: write « »'],
  [new RegExp(`«(?!${NO_BREAK})|(?<!${NO_BREAK})»`, 'u'), 'no no-break space inside « »'],
  [/ [;:!?%€»]/u, 'ordinary space before ; : ! ? % €'],
  [/[\p{L}\d][;!?](?:\s|$)|[\p{L}\d]:\s/u, 'no space before ; : ! ?'],
  [/\.\.\./u, 'three dots: write …'],
  [/[ \u00a0]{2}|^\s|\s$/u, 'space doubled, or at an end'],
  [/!.*!/su, 'more than one !'],
];

type Rule = (text: string) => string | undefined;

const firstMatch = (text: string, patterns: readonly RegExp[]): string | undefined =>
  patterns.map((pattern) => text.match(pattern)?.[0]).find((match) => match !== undefined);

function unexplainedAcronym(text: string): string | undefined {
  if (text.length <= MAX_LABEL && !/[.…]$/.test(text)) return undefined;
  const found = (written(text).match(ACRONYM) ?? []).filter(
    (word) => !KNOWN_ACRONYMS.includes(word),
  );
  return found.find((word) => !text.includes(`${word} (`) && !text.includes(`(${word})`));
}

/** What is left of a text when figures that state nothing are gone has a digit: it states a figure. */
export const statesFigure = (text: string): boolean =>
  /\d/.test(HARMLESS_FIGURES.reduce((rest, pattern) => rest.replace(pattern, ''), written(text)));

const RULES: Readonly<Record<string, Rule>> = {
  'too long': (text) =>
    filled(text).length > MAX_CHARACTERS ? `${filled(text).length} characters` : undefined,
  'middle dot': (text) => firstMatch(text, [MIDDLE_DOT]),
  'banned phrase': (text) => firstMatch(text.replaceAll('\u00a0', ' '), BANNED),
  'guessed gender': (text) => firstMatch(text, [GUESSED_GENDER]),
  'more than one emoji': (text) => ((text.match(EMOJI) ?? []).length > 1 ? text : undefined),
  // Ordinary spaces are held together when the sentence is said: writers need not think of it.
  typography: (text) =>
    TYPOGRAPHY.find(([pattern]) => pattern.test(typesetFrench(written(text))))?.[1],
  'acronym not explained in its message': unexplainedAcronym,
};

/** "(Insee)", "selon une étude", "interrogées par", "la loi": who says so, in words. */
const SOURCE_IN_WORDS =
  /\([^)]*\p{Lu}[^)]*\)|selon |d'après |interrogée?s par |la loi |\(règle de /u;

const RULES_ON_FACTS: Readonly<Record<string, Rule>> = {
  'figure without a year': (text) =>
    statesFigure(text) && text.match(YEAR) === null ? text : undefined,
  'figure without its source in words': (text) =>
    statesFigure(text) && !SOURCE_IN_WORDS.test(text) ? text : undefined,
};

/**
 * Every rule of the voice that a sentence can break alone, over a whole locale file.
 * `statesFacts`: also the rules on figures, for files that speak of the world rather than of a form.
 */
export const problemsOf = (
  namespace: object,
  { statesFacts = false }: { readonly statesFacts?: boolean } = {},
): Problem[] =>
  messagesOf(namespace).flatMap(({ key, text }: Message) =>
    Object.entries(statesFacts ? { ...RULES, ...RULES_ON_FACTS } : RULES).flatMap(
      ([rule, broken]): Problem[] => {
        const detail = broken(text);
        return detail === undefined ? [] : [{ key, rule, detail }];
      },
    ),
  );

/** How easy a whole locale file is to read. */
export interface Ease {
  readonly sentences: number;
  /** Sentences of more than MAX_WORDS words, with where they are. */
  readonly long: readonly string[];
  readonly shortShare: number;
  readonly readability: number;
}

export function easeOf(namespace: object): Ease {
  const messages = messagesOf(namespace);
  const sentences = messages.flatMap(({ key, text }) =>
    sentencesOf(text).map((sentence) => ({ key, sentence, words: wordsOf(sentence).length })),
  );
  const long = sentences.filter(({ words }) => words > MAX_WORDS);
  return {
    sentences: sentences.length,
    long: long.map(({ key, sentence, words }) => `${key} (${words}): ${sentence}`),
    shortShare: 1 - long.length / Math.max(1, sentences.length),
    readability: kandelMoles(messages.map(({ text }) => text)),
  };
}
