import type booking from '../../locales/fr/booking.json';
import type bridges from '../../locales/fr/bridges.json';
import type careers from '../../locales/fr/careers.json';
import type common from '../../locales/fr/common.json';
import type doubts from '../../locales/fr/doubts.json';
import type eligibility from '../../locales/fr/eligibility.json';
import type human from '../../locales/fr/human.json';
import type jobs from '../../locales/fr/jobs.json';
import type privacy from '../../locales/fr/privacy.json';
import type programme from '../../locales/fr/programme.json';
import type safety from '../../locales/fr/safety.json';
import type welcome from '../../locales/fr/welcome.json';

interface Namespaces {
  readonly booking: typeof booking;
  readonly bridges: typeof bridges;
  readonly careers: typeof careers;
  readonly common: typeof common;
  readonly doubts: typeof doubts;
  readonly eligibility: typeof eligibility;
  readonly human: typeof human;
  readonly jobs: typeof jobs;
  readonly privacy: typeof privacy;
  readonly programme: typeof programme;
  readonly safety: typeof safety;
  readonly welcome: typeof welcome;
}

/** i18next looks plural forms up by itself: code asks for the key without its ending. */
type WithoutPlural<K extends string> =
  K extends `${infer Base}_${'one' | 'other' | 'many' | 'zero'}` ? Base : K;

type Leaves<T, Path extends string = ''> = {
  [K in keyof T & string]: T[K] extends string
    ? `${Path}${WithoutPlural<K>}`
    : Leaves<T[K], `${Path}${K}.`>;
}[keyof T & string];

/** `namespace:key` of a sentence. Made from the French files: a key that they lack does not compile. */
export type TextKey = {
  [N in keyof Namespaces]: `${N}:${Leaves<Namespaces[N]>}`;
}[keyof Namespaces];

/** A sentence and what fills it; a value can be a sentence itself, said in the same language. */
export interface Text {
  readonly key: TextKey;
  readonly values?: Values;
}

export type Values = { readonly [name: string]: string | number | Text };
