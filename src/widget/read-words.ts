import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { AppError } from '#shared/errors.ts';
import type { LocaleWords } from './widget-words.ts';

const FILE = 'widget.json';
const FIRST = 'fr';

const isObject = (raw: unknown): raw is Record<string, unknown> =>
  typeof raw === 'object' && raw !== null && !Array.isArray(raw);

/** The words of `over`, and of `under` where it has none. Keys that `under` does not know are left out. */
const merge = (under: unknown, over: unknown): unknown => {
  if (!isObject(under)) return typeof under === typeof over ? over : under;
  const given = isObject(over) ? over : {};
  return Object.fromEntries(
    Object.entries(under).map(([key, value]) => [
      key,
      key in given ? merge(value, given[key]) : value,
    ]),
  );
};

const readJson = async (file: string): Promise<unknown> => {
  try {
    return JSON.parse(await readFile(file, 'utf8'));
  } catch (error) {
    if (isObject(error) && error.code === 'ENOENT') return undefined;
    throw new AppError('CONTENT_INVALID', file, { cause: error });
  }
};

/**
 * The widget's words in every language that has a `<locale>/widget.json`; what a language lacks is
 * said in French. Throws CONTENT_INVALID when the French is missing or a file is not JSON.
 */
export const readWords = async (localesDir: string): Promise<ReadonlyMap<string, LocaleWords>> => {
  const french = await readJson(join(localesDir, FIRST, FILE));
  if (!isObject(french)) throw new AppError('CONTENT_INVALID', join(localesDir, FIRST, FILE));
  const folders = await readdir(localesDir, { withFileTypes: true });
  const names = folders.filter((folder) => folder.isDirectory()).map(({ name }) => name);
  const found = new Map<string, LocaleWords>();
  for (const name of names.sort()) {
    const own = await readJson(join(localesDir, name, FILE));
    if (own !== undefined) found.set(name, merge(french, own) as LocaleWords);
  }
  return found;
};
