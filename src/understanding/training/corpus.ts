import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { AppError } from '#shared/errors.ts';
import { type Intent, isIntent } from '#shared/intents.ts';

/** A phrase to learn from, and what it means. */
export interface Example {
  readonly text: string;
  readonly intent: Intent;
}

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
