import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInstance, type i18n, type Resource } from 'i18next';
import { AppError } from '#shared/errors.ts';
import type { Text, TextKey, Values } from './text-key.ts';
import { typesetFrench } from './typeset.ts';

/** Says sentences in the person's language. The French is complete; other locales fall back to it. */
export interface Words {
  /** Locales that have at least one file, e.g. `fr`, `fr-x-tu`. */
  readonly locales: readonly string[];
  /** The nearest locale that exists: `fr-FR` → `fr`, unknown → `fr`. */
  nearest(locale: string | undefined): string;
  say(locale: string, key: TextKey, values?: Values): string;
  /** Whether this locale, or French behind it, has the sentence. */
  has(locale: string, key: string): key is TextKey;
}

const FALLBACK = 'fr';

/**
 * Reads every `locales/<locale>/<namespace>.json`.
 * Throws CONTENT_INVALID, naming the file, when one is not JSON.
 */
export function createWords(localesDir: string): Words {
  const resources: Resource = {};
  for (const locale of folders(localesDir)) {
    const namespaces = readNamespaces(join(localesDir, locale));
    if (Object.keys(namespaces).length > 0) resources[locale] = namespaces;
  }
  const locales = Object.keys(resources);
  if (!locales.includes(FALLBACK)) {
    throw new AppError('CONTENT_INVALID', `${localesDir} has no French.`);
  }
  const translator = createInstance();
  // Everything is in memory, so that initialisation is synchronous.
  void translator.init({
    resources,
    lng: FALLBACK,
    fallbackLng: (code: string) => fallbacks(code, locales),
    ns: Object.keys(resources[FALLBACK] ?? {}),
    defaultNS: 'common',
    interpolation: { escapeValue: false },
    initAsync: false,
    returnNull: false,
  });
  return wordsOver(translator, locales);
}

function wordsOver(translator: i18n, locales: readonly string[]): Words {
  /** Sentences that nothing fills are the same every time. */
  const plain = new Map<string, string>();
  const say = (locale: string, key: TextKey, values?: Values): string => {
    if (values !== undefined) return sayAnew(locale, key, values);
    const name = `${locale} ${key}`;
    const known = plain.get(name);
    if (known !== undefined) return known;
    const text = sayAnew(locale, key);
    plain.set(name, text);
    return text;
  };
  const sayAnew = (locale: string, key: TextKey, values?: Values): string => {
    const text = translator.t(key, { ...sayAll(locale, values), lng: locale });
    return locale.startsWith(FALLBACK) ? typesetFrench(text) : text;
  };
  const sayAll = (locale: string, values: Values = {}): Record<string, string | number> =>
    Object.fromEntries(
      Object.entries(values).map(([name, value]) => [
        name,
        isText(value) ? say(locale, value.key, value.values) : value,
      ]),
    );
  return {
    locales,
    nearest: (locale) => nearest(locale, locales),
    say,
    has: (locale, key): key is TextKey => translator.exists(key, { lng: locale }),
  };
}

const isText = (value: string | number | Text): value is Text => typeof value === 'object';

const folders = (dir: string): string[] =>
  readdirSync(dir, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort();

function readNamespaces(dir: string): Record<string, Record<string, unknown>> {
  const files = readdirSync(dir).filter((name) => name.endsWith('.json'));
  return Object.fromEntries(
    files.map((name) => [name.slice(0, -'.json'.length), readJson(join(dir, name))]),
  );
}

function readJson(path: string): Record<string, unknown> {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as Record<string, unknown>;
  } catch (cause) {
    throw new AppError('CONTENT_INVALID', `${path} is not JSON.`, { cause });
  }
}

/** `fr-x-tu` falls back to `fr`; everything falls back to French at last. */
const fallbacks = (code: string, locales: readonly string[]): string[] => {
  const base = code.split('-')[0] ?? FALLBACK;
  return [...new Set([base, FALLBACK])].filter((locale) => locales.includes(locale));
};

function nearest(locale: string | undefined, locales: readonly string[]): string {
  if (locale === undefined) return FALLBACK;
  const wanted = locale.toLowerCase();
  const exact = locales.find((known) => known.toLowerCase() === wanted);
  if (exact !== undefined) return exact;
  const base = wanted.split('-')[0];
  return locales.find((known) => known === base) ?? FALLBACK;
}
