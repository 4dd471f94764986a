/** Letters that only Ukrainian, and only Russian, has. */
const UKRAINIAN = /[іїєґ]/i;
const RUSSIAN = /[ыэъё]/i;

const count = (text: string, letters: RegExp): number => (text.match(letters) ?? []).length;

const lettersOf = (text: string) => ({
  arabic: count(text, /\p{Script=Arabic}/gu),
  cyrillic: count(text, /\p{Script=Cyrillic}/gu),
  latin: count(text, /\p{Script=Latin}/gu),
});

/** Whether most letters of a text are Latin: then its language must be told from its words. */
export const isLatin = (text: string): boolean => {
  const { arabic, cyrillic, latin } = lettersOf(text);
  return latin > 0 && latin >= arabic && latin >= cyrillic;
};

/**
 * The language that the letters alone tell, when most of them are not Latin.
 * @param usual language of the conversation, which decides where letters leave a doubt
 */
export const languageOfScript = (text: string, usual: string): string | undefined => {
  const { arabic, cyrillic, latin } = lettersOf(text);
  if (arabic > latin) return 'ar';
  if (cyrillic <= latin) return undefined;
  if (UKRAINIAN.test(text)) return 'uk';
  if (RUSSIAN.test(text)) return 'ru';
  return usual === 'ru' ? 'ru' : 'uk';
};
