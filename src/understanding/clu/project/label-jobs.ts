import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Lexicon } from '../../entities/lexicon.ts';
import { isLexical } from '../../features/concept-finder.ts';
import { toWords } from '../../text/spelling.ts';
import { parseTerms } from '../../text/term-list.ts';
import { readSources } from '../../training/sources.ts';
import type { Label } from './clu-project.ts';

const RESOURCES = join(import.meta.dirname, '..', '..', 'resources');
const BASE = 'fr';

/** Jobs are labelled, so that the service also learns those that no list has. */
const JOBS = { career: 'careers.tsv', occupation: 'occupations.tsv' } as const;

/** Finds the jobs in a phrase. Labels never overlap: the longer one is kept. */
export type LabelJobs = (text: string) => Label[];

/** @param locale whose lists are read; the French ones stand in for those it lacks */
export const createJobLabels = (localesDir: string, locale: string): LabelJobs => {
  const { spelling } = readSources(localesDir, locale);
  const lexicons = Object.entries(JOBS).map(([category, file]) => {
    const paths = [locale, BASE].map((language) => join(RESOURCES, language, file));
    const path = paths.find((candidate) => existsSync(candidate));
    const lines = path === undefined ? [] : parseTerms(readFileSync(path, 'utf8'), path, 2);
    return { category, lexicon: new Lexicon(lines, spelling) };
  });
  return (text) => {
    const words = toWords(text, spelling).filter(isLexical);
    const found = lexicons.flatMap(({ category, lexicon }) =>
      lexicon
        .findLongest(words)
        .filter(({ doubtful }) => !doubtful)
        .map(({ from, to }) => {
          const offset = words[from]?.start ?? 0;
          return { category, offset, length: (words[to - 1]?.end ?? offset) - offset };
        }),
    );
    return apart(found);
  };
};

const apart = (labels: readonly Label[]): Label[] => {
  const kept: Label[] = [];
  for (const label of [...labels].sort((a, b) => b.length - a.length || a.offset - b.offset)) {
    if (kept.every((other) => !overlap(label, other))) kept.push(label);
  }
  return kept.sort((a, b) => a.offset - b.offset);
};

export const overlap = (a: Label, b: Label): boolean =>
  a.offset < b.offset + b.length && b.offset < a.offset + a.length;
