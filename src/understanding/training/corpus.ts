import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { AppError } from '#shared/errors.ts';
import { type Intent, isIntent } from '#shared/intents.ts';

/** A phrase to learn from, and what it means. */
export interface Example {
  readonly text: string;
  /** What it says; of several things, the one to answer first. */
  readonly intent: Intent;
  /** What else it says, in the order to answer; absent when it says one thing. */
  readonly also?: readonly Intent[];
}

/** Where the messages with several intents of a language are. */
export const SEVERAL_FILE = 'several.tsv';

/** Languages that have phrases to learn from. */
export const trainableLocales = (localesDir: string): string[] =>
  readdirSync(localesDir)
    .filter((name) => existsSync(join(localesDir, name, 'phrases')))
    .sort();

/** Reads `phrases/<intent>.txt`, one phrase a line; `#` starts a comment line. */
export const readPhrases = (localesDir: string, locale: string): Example[] => {
  const folder = join(localesDir, locale, 'phrases');
  const examples: Example[] = [];
  for (const file of readdirSync(folder).sort()) {
    if (!file.endsWith('.txt')) continue;
    const intent = file.slice(0, -'.txt'.length);
    if (!isIntent(intent)) {
      throw new AppError('CONTENT_INVALID', `${file} is not named after an intent.`);
    }
    for (const line of readFileSync(join(folder, file), 'utf8').split('\n')) {
      const text = line.trim();
      if (text !== '' && !text.startsWith('# ')) examples.push({ text, intent });
    }
  }
  return examples;
};

/**
 * Reads `several.tsv`, messages that carry several intents or that only seem to, as
 * `intent+intent<TAB>text` lines; none when the language has no such file.
 */
export const readSeveral = (localesDir: string, locale: string): Example[] => {
  const path = join(localesDir, locale, SEVERAL_FILE);
  if (!existsSync(path)) return [];
  return readFileSync(path, 'utf8')
    .split('\n')
    .flatMap((line, at) => {
      if (line.trim() === '' || line.startsWith('# ')) return [];
      const [names = '', text = ''] = line.split('\t');
      const [intent, ...also] = names.split('+').map((name) => {
        if (isIntent(name) && text.trim() !== '') return name;
        throw new AppError('CONTENT_INVALID', `${path}, line ${at + 1}: intent+intent, tab, text.`);
      }) as [Intent, ...Intent[]];
      return [{ text: text.trim(), intent, ...(also.length > 0 ? { also } : {}) }];
    });
};

/** Everything a language's model learns from. */
export const readExamples = (localesDir: string, locale: string): Example[] => [
  ...readPhrases(localesDir, locale),
  ...readSeveral(localesDir, locale),
];
