import type { Heard } from '#conversation/heard.ts';
import { type Bridge, bridgeFor, bridgeOf } from '#knowledge/bridges.ts';
import type { DeclicTurn } from './world.ts';

/** Of several former jobs, as many are answered. */
const MOST_JOBS = 2;
/** A trade named this far into a message, in characters, may be anybody's. */
const EARLY = 80;

/**
 * Jobs that the person tells or asks about as theirs; else the one or two that are named early in
 * the message: where a former job is asked about, they are whose it is.
 */
export function jobsNamed({ recognition: { entities } }: Heard): readonly Bridge[] {
  const named = (wanted: string): readonly Bridge[] => [
    ...new Set(
      entities
        .filter(({ kind, start }) => kind === wanted && (kind !== 'trade' || start < EARLY))
        .flatMap(({ value }) => bridgeFor(value) ?? []),
    ),
  ];
  const told = named('occupation');
  if (told.length > 0) return told.slice(0, MOST_JOBS);
  const trades = named('trade');
  return trades.length > MOST_JOBS ? [] : trades;
}

export const bridgesOf = (ids: readonly string[]): readonly Bridge[] =>
  [...new Set(ids.flatMap((id) => bridgeOf(id) ?? []))].slice(0, MOST_JOBS);

/** Jobs told before, for questions that come later. */
export const jobsKept = ({ memory }: DeclicTurn): readonly Bridge[] =>
  bridgesOf(memory.formerJobs ?? []);

/** What says something of health, a family or the law is not kept. */
export function keepJobs({ memory }: DeclicTurn, jobs: readonly Bridge[]): void {
  const kept = jobs.filter((job) => !job.private).map(({ id }) => id);
  if (kept.length > 0) memory.formerJobs = kept;
}
