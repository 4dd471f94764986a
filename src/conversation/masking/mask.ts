import type { Entity } from '#shared/recognition.ts';
import { findNames } from './find-names.ts';
import { findAddresses, findNumbers } from './find-numbers.ts';
import { type Hidden, ORDER } from './hidden.ts';
import { type NamingWords, wordsIn } from './naming-words.ts';

/** What stands for what was masked. Read by the team, who write French. */
const MASKS = {
  address: '[adresse]',
  number: '[numéro]',
  place: '[lieu]',
  name: '[nom]',
} as const satisfies Record<Hidden['what'], string>;

/** A message, and what the recogniser found in it. */
export interface Maskable {
  readonly text: string;
  readonly language: string;
  readonly entities: readonly Entity[];
}

/** Hides who wrote a message: a pure function, and one that hides too much rather than too little. */
export type Mask = (message: Maskable) => string;

const KINDS: Readonly<Record<string, Hidden['what']>> = {
  email: 'address',
  phone: 'number',
  city: 'place',
  department: 'place',
  region: 'place',
  first_name: 'name',
};

/**
 * Masks e-mail and web addresses, numbers of telephones, accounts and the like, streets, places,
 * and names: those announced ("my name is"), found by the recogniser, or written with a capital
 * inside a sentence. Every other run of digits becomes `#`.
 */
export const createMask =
  (naming: NamingWords): Mask =>
  ({ text, language, entities }) => {
    const masked = alreadyMasked(text);
    const words = wordsIn(text).filter((word) => !masked.some((one) => overlaps(one, word)));
    const named = entities.flatMap(hidden).filter(({ start }) => start < text.length);
    const found = [...named, ...findAddresses(text, words, naming)];
    const numbers = findNumbers(text, entities);
    const names = findNames({ text, words, language, naming }, [...found, ...masked]);
    const spans = merge([...masked, ...found, ...numbers, ...names]);
    return withoutDigits(replace(text, spans)).replace(
      /\[nom\](?:[ '’-]{0,3}\[nom\])+/g,
      MASKS.name,
    );
  };

const hidden = ({ kind, start, end }: Entity): Hidden[] => {
  const what = KINDS[kind];
  return what === undefined ? [] : [{ what, start, end }];
};

const overlaps = (one: { start: number; end: number }, other: { start: number; end: number }) =>
  one.start < other.end && other.start < one.end;

/** A mask that somebody typed, or that was put here before, stays as it is. */
const alreadyMasked = (text: string): Hidden[] =>
  ORDER.flatMap((what) =>
    [...text.matchAll(new RegExp(`\\[${MASKS[what].slice(1, -1)}\\]`, 'g'))].map((match) => ({
      what,
      start: match.index,
      end: match.index + match[0].length,
    })),
  );

/** Stretches that overlap become one, so that nothing shows at their edges. */
function merge(spans: readonly Hidden[]): Hidden[] {
  const merged: Hidden[] = [];
  for (const span of spans.toSorted((a, b) => a.start - b.start)) {
    const last = merged.at(-1);
    if (last === undefined || span.start >= last.end) merged.push(span);
    else {
      const what = ORDER.find((one) => one === last.what || one === span.what) ?? span.what;
      merged[merged.length - 1] = { what, start: last.start, end: Math.max(last.end, span.end) };
    }
  }
  return merged;
}

function replace(text: string, spans: readonly Hidden[]): string {
  let done = '';
  let at = 0;
  for (const { what, start, end } of spans) {
    done += text.slice(at, start) + MASKS[what];
    at = end;
  }
  return done + text.slice(at);
}

const withoutDigits = (text: string): string => text.replace(/\p{N}+(?:[ .,]?\p{N}+)*/gu, '#');
