import type { Hidden } from './hidden.ts';
import type { NamingWords, Terms, TextWord } from './naming-words.ts';

/** A text whose names are looked for. */
export interface NamedText {
  readonly text: string;
  /** Its words, but those that are masked already. */
  readonly words: readonly TextWord[];
  readonly language: string;
  readonly naming: NamingWords;
}

/** First name, second name, surname. */
const LONGEST_NAME = 3;

const CAPITALISED = /^\p{Lu}.*\p{Ll}/u;
const ALL_CAPITALS = /^\p{Lu}{2,}$/u;
/** The beginning of a sentence; what stands after "M." or "J." is not one. */
const SENTENCE_STARTS = /(?:^|[!?…\n]|(?<!(?<![\p{L}\p{N}])\p{L})\.)[^\p{L}\p{N}]*$/u;
const AFTER_ANNOUNCEMENT = /^[\s.:'’«"(-]*$/;
const INSIDE_NAME = /^[ \t'’-]*$/;

/**
 * Names: what is announced, words with a capital inside a sentence, and what touches them, the
 * first word of the sentence ("Awa Diop, 34 ans") or capitals ("Awa DIOP").
 * @param found what is hidden already: a name beside a name is one
 */
export function findNames(named: NamedText, found: readonly Hidden[]): Hidden[] {
  const { text, words, naming, language } = named;
  const never = covered(words, naming.never.get(language) ?? naming.never.get('fr'));
  const names = new Set<number>();
  for (let at = 0; at < words.length; at += 1) {
    for (const name of announced(named, at, never)) names.add(name);
    if (!never.has(at) && hasCapitalInside(text, words[at])) names.add(at);
  }
  const beside = found.filter(({ what }) => what === 'name');
  spread(named, names, beside, never);
  return [...names].map((at) => ({
    what: 'name',
    start: words[at]?.start ?? 0,
    end: words[at]?.end ?? 0,
  }));
}

/** The words that belong to some term. */
function covered(words: readonly TextWord[], terms: Terms | undefined): ReadonlySet<number> {
  const inside = new Set<number>();
  for (let at = 0; at < words.length; at += 1) {
    const length = terms?.lengthAt(words, at) ?? 0;
    for (let offset = 0; offset < length; offset += 1) inside.add(at + offset);
  }
  return inside;
}

/** The words after "my name is", up to a sign or a word that is no name. */
function announced(
  { text, words, naming }: NamedText,
  at: number,
  never: ReadonlySet<number>,
): number[] {
  const length = naming.announces.lengthAt(words, at);
  if (length === 0) return [];
  const names: number[] = [];
  for (let next = at + length; names.length < LONGEST_NAME; next += 1) {
    const word = words[next];
    const gap = text.slice(words[next - 1]?.end, word?.start);
    const joined = names.length === 0 ? AFTER_ANNOUNCEMENT : INSIDE_NAME;
    if (word === undefined || never.has(next) || !joined.test(gap)) break;
    names.push(next);
  }
  return names;
}

const hasCapitalInside = (text: string, word: TextWord | undefined): boolean =>
  word !== undefined &&
  CAPITALISED.test(word.raw) &&
  !SENTENCE_STARTS.test(text.slice(0, word.start));

/** Takes in what touches a name and is written as one, until nothing more does. */
function spread(
  { text, words }: NamedText,
  names: Set<number>,
  beside: readonly Hidden[],
  never: ReadonlySet<number>,
): void {
  const touches = (a: { end: number }, b: { start: number }): boolean =>
    b.start >= a.end && INSIDE_NAME.test(text.slice(a.end, b.start));
  const isBesideName = (at: number, word: TextWord): boolean =>
    [at - 1, at + 1].some((other) => {
      const name = names.has(other) ? words[other] : undefined;
      return name !== undefined && (touches(name, word) || touches(word, name));
    }) || beside.some((name) => touches(name, word) || touches(word, name));
  const shouts = isShouted(words);
  for (let before = -1; before !== names.size; ) {
    before = names.size;
    for (const [at, word] of words.entries()) {
      const looksLikeOne = CAPITALISED.test(word.raw) || (!shouts && ALL_CAPITALS.test(word.raw));
      if (looksLikeOne && !never.has(at) && isBesideName(at, word)) names.add(at);
    }
  }
}

/** Among words that are mostly in capitals, capitals make no name. */
const isShouted = (words: readonly TextWord[]): boolean => {
  const loud = words.filter(({ raw }) => ALL_CAPITALS.test(raw)).length;
  return loud > words.filter(({ raw }) => !/\p{Lu}/u.test(raw)).length;
};
