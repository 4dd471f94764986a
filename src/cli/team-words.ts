import { fileURLToPath } from 'node:url';
import { createWords } from '#conversation/words.ts';
import type french from '../../locales/fr/team.json';

type Leaves<T, Path extends string = ''> = {
  [K in keyof T & string]: T[K] extends string ? `${Path}${K}` : Leaves<T[K], `${Path}${K}.`>;
}[keyof T & string];

/** A text of `locales/fr/team.json`: a key that it lacks does not compile. */
export type TeamKey = Leaves<typeof french>;

/** Says a text to the team, in French. */
export type TeamWords = (
  key: TeamKey,
  values?: Readonly<Record<string, string | number>>,
) => string;

/** Time zones that the team can call by the name of the place. */
export type NamedZone = keyof (typeof french)['zoneName'];

/** The team's texts, read from `locales/`. */
export function teamWords(): TeamWords {
  const words = createWords(fileURLToPath(new URL('../../locales', import.meta.url)));
  return (key, values) => {
    const full = `team:${key}`;
    if (!words.has('fr', full)) return key;
    // What is copied from a terminal, or searched in it, has ordinary spaces.
    return words.say('fr', full, values).replaceAll('\u00a0', ' ');
  };
}
