import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseTerms, type TermLine } from '../text/term-list.ts';

const FILE = 'values.tsv';
const COLUMNS = 3;

/**
 * The lines of a language's `values.tsv`, and those of the base language for the groups that it
 * has none of: a small file need not repeat the names of countries.
 */
export const readValueLines = (localesDir: string, locale: string, base: string): TermLine[] => {
  const own = linesIn(join(localesDir, locale, FILE));
  if (locale === base) return own;
  const groups = new Set(own.map(({ labels }) => labels[0]));
  const lent = linesIn(join(localesDir, base, FILE));
  return [...own, ...lent.filter(({ labels }) => !groups.has(labels[0]))];
};

const linesIn = (path: string): TermLine[] =>
  existsSync(path) ? parseTerms(readFileSync(path, 'utf8'), path, COLUMNS) : [];
