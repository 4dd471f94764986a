import { fileURLToPath } from 'node:url';
import { createWords } from '#conversation/words.ts';
import type { TextKeys } from '#shared/text-keys.ts';
import type french from '../../locales/fr/team.json';

/** A text of `locales/fr/team.json`: a key that it lacks does not compile. */
export type TeamKey = TextKeys<typeof french>;

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
