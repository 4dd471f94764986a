import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isIntent } from '#shared/intents.ts';
import { type ReadPhrase, readProjects } from '../clu/project/read-project.ts';
import type { CommandContext } from './command.ts';

/** What can be the name of a file, on any system. */
const FILE_NAME = /^[\p{L}\p{N}][\p{L}\p{N}_. -]{0,49}$/u;

/**
 * Reads CLU projects back: prints their phrases, an object a line, or writes them as
 * `FOLDER/<language>/phrases/<intent>.txt` with `--out FOLDER`. Nothing is overwritten.
 */
export const importClu = async ({ arguments: paths, out }: CommandContext): Promise<number> => {
  const [path] = paths;
  if (path === undefined) {
    console.error('Which project? npm run nlu -- import-clu FILE.json [--out FOLDER]');
    return 2;
  }
  const projects = readProjects(readFileSync(path, 'utf8'));
  for (const { name, phrases } of projects) {
    const intents = new Set(phrases.map(({ intent }) => intent));
    console.error(`${name}: ${phrases.length} phrases, ${intents.size} intents`);
    const foreign = [...intents].filter((intent) => !isIntent(intent)).sort();
    if (foreign.length > 0) console.error(`  not intents of ours: ${foreign.join(', ')}`);
  }
  const phrases = projects.flatMap((project) => project.phrases);
  if (out !== undefined) return write(phrases, out);
  for (const phrase of phrases) console.log(JSON.stringify(phrase));
  return 0;
};

const write = (phrases: readonly ReadPhrase[], folder: string): number => {
  const files = new Map<string, string[]>();
  for (const { text, language, intent } of phrases) {
    const names = [language, intent].every((name) => FILE_NAME.test(name));
    const path = join(folder, language, 'phrases', `${intent}.txt`);
    if (names) files.set(path, [...(files.get(path) ?? []), text.replaceAll(/\s*\n\s*/g, ' ')]);
    else console.error(`left out, since no file can have that name: ${language} ${intent}`);
  }
  const there = [...files.keys()].filter((path) => existsSync(path));
  if (there.length > 0) {
    console.error(`There already, and not overwritten: ${there.join(', ')}`);
    return 1;
  }
  for (const [path, lines] of files) {
    mkdirSync(join(path, '..'), { recursive: true });
    writeFileSync(path, `${lines.join('\n')}\n`);
  }
  console.error(`${files.size} files written in ${folder}`);
  return 0;
};
