import { join } from 'node:path';
import type { Entity, Recognition, Understanding } from '#shared/recognition.ts';
import { loadUnderstanding } from '#understanding/embedded-understanding.ts';

export const LOCALES = join(import.meta.dirname, '..', '..', 'locales');

let loading: Promise<Understanding> | undefined;

/** The real recogniser, loaded once for all tests of a process (trained if it is not yet). */
export const recogniser = (): Promise<Understanding> => {
  loading ??= loadUnderstanding({ localesDir: LOCALES });
  return loading;
};

/** A Tuesday, in the morning in Paris. */
export const NOW = new Date('2026-11-24T08:00:00Z');

export const recognise = async (text: string, locale = 'fr'): Promise<Recognition> =>
  (await recogniser()).recognise(text, { locale, now: NOW });

/** `kind=value` of the entities of a message, of some kinds or all. */
export const entitiesOf = async (text: string, ...kinds: string[]): Promise<string[]> =>
  (await recognise(text)).entities
    .filter(({ kind }) => kinds.length === 0 || kinds.includes(kind))
    .map(({ kind, value }: Entity) => `${kind}=${value}`);
