import { basename, dirname } from 'node:path';
import { find, read } from './tree.ts';

/** A sentence of a locale file: its key, with dots, and its text. A list counts as one sentence. */
export type Sentences = ReadonlyMap<string, string>;

export interface LocaleFile {
  readonly locale: string;
  readonly namespace: string;
  readonly sentences: Sentences;
}

/** Takes a locale file apart. */
export const sentencesOf = (content: unknown): Sentences => new Map(leaves(content, ''));

function* leaves(value: unknown, path: string): Generator<[string, string]> {
  if (typeof value === 'string') yield [path, value];
  else if (Array.isArray(value)) yield [path, JSON.stringify(value)];
  else if (typeof value === 'object' && value !== null) {
    for (const [key, child] of Object.entries(value)) {
      yield* leaves(child, path === '' ? key : `${path}.${key}`);
    }
  }
}

export const localeFiles = (): readonly LocaleFile[] =>
  find('locales/*/*.json').map((path) => ({
    locale: basename(dirname(path)),
    namespace: basename(path, '.json'),
    sentences: sentencesOf(JSON.parse(read(path))),
  }));

/** i18next's endings for counts, which differ from language to language. */
const PLURAL = /_(zero|one|two|few|many|other)$/;

/** The key that code asks for. */
export const withoutPlural = (key: string): string => key.replace(PLURAL, '');

export const isPlural = (key: string): boolean => PLURAL.test(key);

/** The sentence said when `key` was said the turn before. */
export const AGAIN = /Again$/;
