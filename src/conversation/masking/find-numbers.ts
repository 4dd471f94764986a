import type { Entity } from '#shared/recognition.ts';
import type { Hidden } from './hidden.ts';
import type { NamingWords, TextWord } from './naming-words.ts';

/** An e-mail address, spaces around its sign or not, and the name of an account. */
const AROUND_AT = /[^\s@]+\s@(?:\s[^\s@]+|[^\s@]+\.\p{L}{2,})|[^\s@]*@[^\s@]+|[^\s@]+@/gu;
const WEB = /(?:https?:\/\/|www\.)\S+/giu;
/** Without `www`: the endings that no word of a hurried sentence ("pas.ma", "dur.ca") is taken for. */
const SITE =
  /[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+){0,4}\.(?:fr|com|org|net|eu|io|info|gouv|gov|edu|app|dev|uk|ua|tr|br|pt|dz|tn|sn|ml|cm|ch|be)(?![\p{L}\p{N}])(?:\/\S*)?/giu;
/** No word is that long: a key, a token, the end of an address. */
const ENDLESS = /[^\s[\]]{41,}/gu;
const ACCOUNT = /[\p{L}\p{N}.]*\p{L}_+[\p{L}\p{N}][\p{L}\p{N}_.]*/gu;

/** Telephones, social security, files, bank cards: six digits or more, with what is glued to them. */
const LONG_NUMBER =
  /\p{L}{0,4}[+(]?\p{N}(?:[\s.\-/()]{0,2}\p{N}){5,}(?:\p{L}{1,2}(?![\p{L}\p{M}]))?/gu;
const IBAN =
  /(?<![\p{L}\p{N}])[a-z]{2}\d{2}(?:[ -]?[a-z\d]{4}){2,7}(?:[ -]?[a-z\d]{1,4})?(?![\p{L}\p{N}])/giu;
const DIGITS_OF_IBAN = 8;

/** A number spelt in so many words is dictated. */
const DICTATED = 4;
const BETWEEN_NUMBERS = /^[\s,.-]*$/;

const STREET_NUMBER = /\p{N}+\s*(?:bis|ter|quater)?[\s,]*$/iu;
const WORDS_OF_STREET = 4;
const WORDS_AROUND_AT = 3;

/** Addresses of the web, of mail and of streets. */
export const findAddresses = (
  text: string,
  words: readonly TextWord[],
  naming: NamingWords,
): Hidden[] => [
  ...[AROUND_AT, WEB, SITE, ENDLESS, ACCOUNT].flatMap((pattern) =>
    [...text.matchAll(pattern)].map((match) => ({ what: 'address' as const, ...spanOf(match) })),
  ),
  ...words.flatMap((word, at) => {
    if (naming.street.lengthAt(words, at) > 0) return street(text, words, at);
    if (naming.at.lengthAt(words, at) === 0) return [];
    const first = words[Math.max(0, at - WORDS_AROUND_AT)] ?? word;
    const last = words[Math.min(words.length - 1, at + WORDS_AROUND_AT)] ?? word;
    return [{ what: 'address' as const, start: first.start, end: last.end }];
  }),
];

function street(text: string, words: readonly TextWord[], at: number): Hidden[] {
  const word = words[at];
  const number = word && STREET_NUMBER.exec(text.slice(0, word.start));
  if (word === undefined || !number) return [];
  let { end } = word;
  for (const next of words.slice(at + 1, at + 1 + WORDS_OF_STREET)) {
    if (/[.,;:!?\n]/.test(text.slice(end, next.start))) break;
    end = next.end;
  }
  return [{ what: 'address', start: number.index, end }];
}

/** Numbers that may lead to a person: not ages, hours or amounts, but a date of birth in digits. */
export const findNumbers = (text: string, entities: readonly Entity[]): Hidden[] => {
  const matches = [
    ...text.matchAll(LONG_NUMBER),
    ...[...text.matchAll(IBAN)].filter(
      ([iban]) => (iban.match(/\d/g) ?? []).length >= DIGITS_OF_IBAN,
    ),
  ];
  return [...matches.map(spanOf), ...dictated(text, entities)].map((span) => ({
    what: 'number',
    ...span,
  }));
};

/** "zero six twelve thirty-four": numbers in words that follow each other. */
function dictated(text: string, entities: readonly Entity[]): { start: number; end: number }[] {
  const runs: { start: number; end: number; count: number }[] = [];
  for (const { kind, start, end } of entities) {
    if (kind !== 'number') continue;
    const run = runs.at(-1);
    const goesOn = run && start >= run.end && BETWEEN_NUMBERS.test(text.slice(run.end, start));
    if (run && goesOn) Object.assign(run, { end, count: run.count + 1 });
    else runs.push({ start, end, count: 1 });
  }
  return runs.filter(({ count }) => count >= DICTATED);
}

const spanOf = (match: RegExpExecArray | RegExpMatchArray): { start: number; end: number } => {
  const start = match.index ?? 0;
  return { start, end: start + match[0].length };
};
