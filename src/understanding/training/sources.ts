import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { NO_SPELLING, parseSpelling, type Spelling } from '../text/spelling.ts';
import { parseTerms, type TermLine } from '../text/term-list.ts';
import { SEVERAL_FILE } from './corpus.ts';

const ROOM = join(import.meta.dirname, '..');
/** The folders whose code decides what a trained model is. */
const CODE = ['text', 'features', 'language', 'model', 'training'];

/** What the words of one language are read with. */
export interface LanguageSources {
  readonly locale: string;
  readonly spelling: Spelling;
  readonly concepts: readonly TermLine[];
  /** Changes whenever a model trained before must be trained again. */
  readonly contentHash: string;
}

/** Reads spelling and concepts of a language and says which content a model must come from. */
export const readSources = (localesDir: string, locale: string): LanguageSources => {
  const spellingPath = join(ROOM, 'resources', locale, 'spelling.tsv');
  const conceptsPath = join(localesDir, locale, 'concepts.tsv');
  const spellingText = readIfThere(spellingPath);
  const conceptsText = readIfThere(conceptsPath);
  const hash = createHash('sha256').update(codeHash()).update(spellingText).update(conceptsText);
  hash.update(readIfThere(join(localesDir, locale, SEVERAL_FILE)));
  const phrases = join(localesDir, locale, 'phrases');
  for (const file of readdirSync(phrases).sort()) {
    hash.update(file).update(readFileSync(join(phrases, file)));
  }
  let concepts: readonly TermLine[] | undefined;
  return {
    locale,
    spelling: spellingText === '' ? NO_SPELLING : parseSpelling(spellingText, spellingPath),
    // Read when the language is first spoken: most are not.
    get concepts() {
      concepts ??= parseTerms(conceptsText, conceptsPath, 2);
      return concepts;
    },
    contentHash: hash.digest('hex'),
  };
};

const readIfThere = (path: string): string => (existsSync(path) ? readFileSync(path, 'utf8') : '');

const codeHash = (): string => {
  const hash = createHash('sha256');
  for (const folder of CODE) {
    for (const file of readdirSync(join(ROOM, folder)).sort()) {
      hash.update(readFileSync(join(ROOM, folder, file)));
    }
  }
  return hash.digest('hex');
};
