import { z } from 'zod';
import type texts from '../../locales/fr/careers.json';
import data from './careers.json' with { type: 'json' };
import { SOURCES, type SourceId } from './sources.ts';

/** A career is known when it has its ten texts: `careers:<id>.day`, `.pay`… */
export type CareerId = keyof typeof texts;

/** The texts of a career: `careers:<id>.<part>`. */
export const CAREER_PARTS = [
  'name',
  'button',
  'day',
  'strengths',
  'entry',
  'training',
  'pay',
  'work',
  'access',
  'market',
] as const satisfies readonly (keyof (typeof texts)[CareerId])[];

export const CAREER_FAMILIES = [
  'support-reseaux',
  'infra-cloud',
  'fibre-telecom',
  'reparation-reconditionnement',
  'developpement',
  'jeux-video',
  'no-code-logiciels-metiers',
  'data',
  'test-qualite',
  'ia',
  'cybersecurite',
  'design',
  'contenus-marketing',
  'e-commerce',
  'projet-produit',
  'mediation-formation',
  'accessibilite',
  'commerce-relation-client',
  'metiers-specialises',
] as const;

/** Months of training, only when a source tells both ends. */
interface Months {
  readonly least: number;
  readonly most: number;
}

/** Euros before deductions, for a year of full time at the start. */
interface Pay {
  readonly low: number;
  readonly high: number;
  /** The year that the source speaks of, old ones included: it must be told with the amounts. */
  readonly year: number;
  readonly source: SourceId;
}

/** Pay of a part of the market only: told with its limits, never compared with `pay` of others. */
interface PayMark extends Pay {
  readonly among: 'ile-de-france' | 'start-ups' | 'all-levels' | 'juniors' | 'old';
}

/** One digital career. Its sentences are the ten texts of `careers:<id>`. */
export interface Career {
  readonly id: CareerId;
  /** ROME code of France Travail; `null` when no sheet of its own is certain. */
  readonly rome: string | null;
  readonly family: (typeof CAREER_FAMILIES)[number];
  readonly code: 'none' | 'little' | 'much';
  /** Most often: `open` without a diploma, it `helps`, or it is `asked`. */
  readonly diploma: 'open' | 'helps' | 'asked';
  readonly months: Months | null;
  /** `null` when no dated source covers the start: the text says so. */
  readonly pay: Pay | null;
  readonly payMark?: PayMark;
  readonly remote: 'often' | 'partly' | 'rarely';
  readonly english: 'none' | 'read' | 'work';
  /** What the texts rest on. */
  readonly sources: readonly SourceId[];
}

const known = new Set<string>(SOURCES.map(({ id }) => id));
const source = z.custom<SourceId>((id) => known.has(String(id)), { error: 'not in sources.json' });
const amount = z.int().positive();
const pay = { low: amount, high: amount, year: z.int(), source };

const careerSchema: z.ZodType<Career> = z.strictObject({
  id: z.custom<CareerId>((id) => typeof id === 'string'),
  rome: z
    .string()
    .regex(/^[A-Z]\d{4}$/)
    .nullable(),
  family: z.enum(CAREER_FAMILIES),
  code: z.enum(['none', 'little', 'much']),
  diploma: z.enum(['open', 'helps', 'asked']),
  months: z.strictObject({ least: amount, most: amount }).nullable(),
  pay: z.strictObject(pay).nullable(),
  payMark: z.exactOptional(
    z.strictObject({
      ...pay,
      among: z.enum(['ile-de-france', 'start-ups', 'all-levels', 'juniors', 'old']),
    }),
  ),
  remote: z.enum(['often', 'partly', 'rarely']),
  english: z.enum(['none', 'read', 'work']),
  sources: z.array(source).min(1),
});

/** Every career, in the order in which lists of them are told. */
export const CAREERS: readonly Career[] = z.array(careerSchema).parse(data);

const byId: ReadonlyMap<string, Career> = new Map(CAREERS.map((career) => [career.id, career]));

export const careerOf = (id: string): Career | undefined => byId.get(id);
