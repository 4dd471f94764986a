import { existsSync, readFileSync } from 'node:fs';
import { AppError } from '#shared/errors.ts';
import type { TextKeys } from '#shared/text-keys.ts';
import type french from '../../locales/fr/calendar.json';

/** A text of `locales/fr/calendar.json`: a key that the French lacks does not compile. */
export type CalendarKey = TextKeys<typeof french>;

/** Says a text of the `calendar` namespace, in one language, with its values filled in. */
export type CalendarWords = (
  key: CalendarKey,
  values?: Readonly<Record<string, string | number>>,
) => string;

/** The calendar texts of one language. */
export interface CalendarTexts {
  /** BCP 47: the language that the texts are in, for dates to agree with them. */
  readonly language: string;
  readonly say: CalendarWords;
  /** "heure de La Réunion", when the file has the zone. */
  zone(timeZone: string): string | undefined;
}

const FALLBACK = 'fr';
const LOCALES = new URL('../../locales/', import.meta.url);
const LOCALE = /^[a-z]{2,3}(-[a-z0-9]{1,8})*$/i;
const read = new Map<string, ReadonlyMap<string, string>>();

/**
 * The texts of `locales/<locale>/calendar.json`; what a variant lacks comes from its language, and
 * what a language lacks from the French. Files are read once.
 * Throws CONTENT_INVALID when a file is not JSON.
 */
export function calendarTexts(locale: string): CalendarTexts {
  const names = (LOCALE.test(locale) ? [locale, locale.split('-')[0] ?? FALLBACK] : []).filter(
    (name) => textsOf(name).size > 0,
  );
  const chain = [...names, FALLBACK].map(textsOf);
  const find = (key: string) => chain.find((texts) => texts.has(key))?.get(key);
  return {
    language: names[0] ?? FALLBACK,
    say: (key, values = {}) => fill(find(key) ?? key, values),
    zone: (timeZone) => find(`zone.${timeZone}`),
  };
}

/** Puts values where `{{name}}` stands, once: a value that looks like a placeholder stays as it is. */
function fill(text: string, values: Readonly<Record<string, string | number>>): string {
  return text.replace(/\{\{(\w+)\}\}/g, (whole, name: string) => String(values[name] ?? whole));
}

function textsOf(name: string): ReadonlyMap<string, string> {
  const known = read.get(name);
  if (known !== undefined) return known;
  const file = new URL(`${name}/calendar.json`, LOCALES);
  // A name that has no file is not remembered: names come from outside and have no end.
  if (!existsSync(file)) return new Map();
  const texts = new Map(flatten(parse(file)));
  read.set(name, texts);
  return texts;
}

function parse(file: URL): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (cause) {
    throw new AppError('CONTENT_INVALID', `${file.pathname} is not JSON.`, { cause });
  }
}

function* flatten(tree: unknown, path = ''): Generator<[string, string]> {
  if (typeof tree === 'string') yield [path, tree];
  if (typeof tree !== 'object' || tree === null) return;
  for (const [key, value] of Object.entries(tree)) {
    yield* flatten(value, path === '' ? key : `${path}.${key}`);
  }
}
