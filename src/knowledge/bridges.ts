import { z } from 'zod';
import type texts from '../../locales/fr/bridges.json';
import data from './bridges.json' with { type: 'json' };
import { type CareerId, careerOf } from './careers.ts';

/** A former job is known when it has its texts: `bridges:job.<id>.strengths` and its reasons. */
export type BridgeId = keyof (typeof texts)['job'];

/** What filled the days of a job that we do not know by name. */
export const DAYS = ['people', 'hands', 'papers', 'care', 'sell', 'drive', 'organise'] as const;
export type Day = (typeof DAYS)[number];

/** What people would like to keep in their next job. */
export const KEEPS = ['people', 'hands', 'outside', 'precision', 'create', 'useful'] as const;
export type Keep = (typeof KEEPS)[number];

/** From a job, paid or not, to digital careers. Each career has its reason in the texts. */
export interface Bridge {
  readonly id: BridgeId;
  /** What the recogniser calls this job: first column of its `occupations.tsv`. */
  readonly occupation: string;
  /** Two to four, the nearest first. */
  readonly careers: readonly CareerId[];
  /** It says something of health, of a family or of the law: told about, never remembered. */
  readonly private?: boolean;
}

const careers = z.array(
  z.custom<CareerId>((id) => careerOf(String(id)) !== undefined, { error: 'not in careers.json' }),
);

const schema = z.strictObject({
  jobs: z.array(
    z.strictObject({
      id: z.custom<BridgeId>((id) => typeof id === 'string'),
      occupation: z.string().min(1),
      careers: careers.min(2).max(4),
      private: z.exactOptional(z.literal(true)),
    }),
  ),
  days: z.record(z.enum(DAYS), careers.min(4)),
  keeps: z.record(z.enum(KEEPS), careers.min(4)),
});

const { jobs, days, keeps } = schema.parse(data);

/** Every former job that we know by name. */
export const BRIDGES: readonly Bridge[] = jobs;

const byId: ReadonlyMap<string, Bridge> = new Map(jobs.map((bridge) => [bridge.id, bridge]));
const byOccupation: ReadonlyMap<string, Bridge> = new Map(
  jobs.map((bridge) => [bridge.occupation, bridge]),
);

export const bridgeOf = (id: string): Bridge | undefined => byId.get(id);

/** @param occupation value of an `occupation` entity */
export const bridgeFor = (occupation: string): Bridge | undefined => byOccupation.get(occupation);

/** The careers that days like these prepare for, all of which have their reason in the texts. */
export const careersFrom = (day: Day): readonly CareerId[] => days[day];

/** How many careers are told where the job is not known by name. */
const TOLD = 3;

/** Three careers for a job that we do not know: those that keep what the person would keep first. */
export function careersKeeping(day: Day, keep: Keep | undefined): readonly CareerId[] {
  const kept = (id: CareerId): boolean => keep !== undefined && keeps[keep].includes(id);
  const all = days[day];
  return [...all.filter(kept), ...all.filter((id) => !kept(id))].slice(0, TOLD);
}
