/** A word, number, sign or emoji of a message, with where it stands in it. */
export interface Token {
  /** As written, in lower case without accents, elongations collapsed; never empty. */
  readonly norm: string;
  /** UTF-16 offsets in the original text, end excluded. */
  readonly start: number;
  readonly end: number;
  /** `word` also covers numbers and mixes ("2h", "3e"). */
  readonly type: 'word' | 'sign' | 'emoji' | 'address';
}

const PIECES =
  /(?<address>[\p{L}\p{N}._%+-]{1,64}@[\p{L}\p{N}.-]{1,190}\.\p{L}{2,24}|https?:\/\/\S{1,500}|www\.\S{1,500})|(?<word>[\p{L}\p{N}][\p{L}\p{M}\p{N}]*)|(?<emoji>\p{Extended_Pictographic}|[:;]['-]?[()DPp/|]|<3)|(?<sign>[?!.,;:…()"«»+&=€%\n؟،؛¿¡])/gu;

/** Latin letters that Unicode does not decompose. */
const LIGATURES: Readonly<Record<string, string>> = {
  œ: 'oe',
  æ: 'ae',
  ß: 'ss',
  ı: 'i',
  ø: 'o',
  ł: 'l',
};

/** Lower case, no accents or Arabic vowel marks, no ligatures, three same letters made one. */
export const foldWord = (word: string): string => {
  const lower = word.toLowerCase();
  if (/^[a-z0-9]*$/.test(lower)) return collapse(lower);
  const bare = lower
    .normalize('NFKD')
    .toLowerCase()
    .replace(/\p{M}+/gu, '')
    .replace(/[œæßıøł]/g, (letter) => LIGATURES[letter] ?? letter)
    .replace(/[أإآٱ]/g, 'ا')
    .replace(/ى/g, 'ي')
    .replace(/ة/g, 'ه')
    .replace(/ـ/g, '');
  return collapse(bare);
};

/** "trooop" → "trop"; digits and the few doubled letters of real words are left alone. */
const collapse = (word: string): string =>
  /(\p{L})\1\1/u.test(word) ? word.replace(/(\p{L})\1{2,}/gu, '$1') : word;

/**
 * Cuts a message into tokens. Apostrophes and hyphens part words ("j'ai" → j, ai).
 * The caller has already cut the message to a bounded length.
 */
export const tokenise = (text: string): Token[] =>
  /^[a-z0-9 ]*$/.test(text) ? tokenisePlain(text) : tokeniseAny(text);

/** The short way for plain words, as most terms of our own files are. */
const tokenisePlain = (text: string): Token[] => {
  const tokens: Token[] = [];
  for (let start = 0; start < text.length; ) {
    const space = text.indexOf(' ', start);
    const end = space < 0 ? text.length : space;
    if (end > start) {
      tokens.push({ norm: collapse(text.slice(start, end)), start, end, type: 'word' });
    }
    start = end + 1;
  }
  return tokens;
};

const tokeniseAny = (text: string): Token[] => {
  const tokens: Token[] = [];
  for (const match of text.replaceAll('\u02bc', "'").matchAll(PIECES)) {
    const groups = match.groups ?? {};
    const start = match.index;
    const end = start + match[0].length;
    if (groups.word !== undefined) {
      const norm = foldWord(groups.word);
      if (norm !== '') tokens.push({ norm, start, end, type: 'word' });
    } else if (groups.emoji !== undefined)
      tokens.push({ norm: match[0], start, end, type: 'emoji' });
    else if (groups.address !== undefined) {
      tokens.push({ norm: match[0].toLowerCase(), start, end, type: 'address' });
    } else tokens.push({ norm: match[0], start, end, type: 'sign' });
  }
  return tokens;
};
