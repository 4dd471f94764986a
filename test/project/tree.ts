import { execFileSync } from 'node:child_process';
import { globSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export const ROOT = join(import.meta.dirname, '..', '..');

/** The text of a file, by its path from the root. */
export const read = (path: string): string => readFileSync(join(ROOT, path), 'utf8');

/** Paths from the root, sorted. */
export const find = (...patterns: readonly string[]): readonly string[] =>
  globSync([...patterns], { cwd: ROOT }).sort();

/** The folders of `src`. */
export const roomsOfSrc = (): readonly string[] =>
  readdirSync(join(ROOT, 'src'), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort();

/** Every file that git keeps, as it is now. Throws where there is no git: nothing can be told then. */
export const keptFiles = (): readonly string[] => {
  const listed = execFileSync('git', ['ls-files', '-z'], { cwd: ROOT, encoding: 'utf8' });
  const deleted = execFileSync('git', ['ls-files', '-z', '--deleted'], {
    cwd: ROOT,
    encoding: 'utf8',
  });
  const gone = new Set(deleted.split('\0'));
  return listed.split('\0').filter((path) => path !== '' && !gone.has(path));
};

/** The pages that people read: those at the root, in `docs/`, and the README of each room. */
export const pages = (): readonly string[] =>
  find('*.md', 'docs/**/*.md', '{src,dialogs,locales,test,bench}/**/README.md');
