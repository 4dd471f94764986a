import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseTerms } from '../text/term-list.ts';
import { foldWord, type Token } from '../text/tokenise.ts';

const PATH = join(import.meta.dirname, '..', 'resources', 'languages.tsv');
/** Letters that only Ukrainian, and only Russian, has. */
const UKRAINIAN = /[іїєґ]/i;
const RUSSIAN = /[ыэъё]/i;
/** How far ahead of the conversation's language another must be, in words. */
const LEAD = 1.5;
/** What share of the words must be known for a language to be believed. */
const SHARE = 0.25;
/** Fewer words than this say nothing when they could be of several languages. */
const SHORT = 3;

/** Tells the language of a message; short and doubtful ones keep the conversation's. */
export class LanguageDetector {
  /** word → languages that have it */
  readonly #languages = new Map<string, string[]>();

  constructor() {
    for (const { labels, terms } of parseTerms(readFileSync(PATH, 'utf8'), PATH, 2)) {
      const language = labels[0] ?? '';
      for (const term of new Set(terms.map(foldWord))) {
        const list = this.#languages.get(term);
        if (list === undefined) this.#languages.set(term, [language]);
        else list.push(language);
      }
    }
  }

  /** @param usual language of the conversation, without region @returns a two-letter code */
  detect(text: string, tokens: readonly Token[], usual: string): string {
    const script = ofScript(text, usual);
    if (script !== undefined) return script;
    const words = tokens.filter((token) => token.type === 'word').map((token) => token.norm);
    const scores = this.#score(words);
    let best = usual;
    for (const [language, score] of scores) {
      if (score > (scores.get(best) ?? 0)) best = language;
    }
    if (best === usual) return usual;
    const score = scores.get(best) ?? 0;
    const own = scores.get(usual) ?? 0;
    const enough = score >= words.length * SHARE && score - own >= LEAD;
    const telling = words.length < SHORT && own === 0 && score >= words.length * 0.99;
    return enough || telling ? best : usual;
  }

  #score(words: readonly string[]): Map<string, number> {
    const scores = new Map<string, number>();
    for (const word of words) {
      const languages = this.#languages.get(word) ?? [];
      for (const language of languages) {
        scores.set(language, (scores.get(language) ?? 0) + (languages.length === 1 ? 1 : 0.5));
      }
    }
    return scores;
  }
}

/** The language that the letters alone tell, when most of them are not Latin. */
const ofScript = (text: string, usual: string): string | undefined => {
  const arabic = (text.match(/\p{Script=Arabic}/gu) ?? []).length;
  const cyrillic = (text.match(/\p{Script=Cyrillic}/gu) ?? []).length;
  const latin = (text.match(/\p{Script=Latin}/gu) ?? []).length;
  if (arabic > latin) return 'ar';
  if (cyrillic <= latin) return undefined;
  if (UKRAINIAN.test(text)) return 'uk';
  if (RUSSIAN.test(text)) return 'ru';
  return usual === 'ru' ? 'ru' : 'uk';
};
