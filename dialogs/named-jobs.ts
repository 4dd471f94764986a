import type { Heard } from '#conversation/heard.ts';
import { type Bridge, bridgeFor, bridgeOf } from '#knowledge/bridges.ts';
import type { Entity } from '#shared/recognition.ts';
import type { DeclicTurn } from './world.ts';

/** Of several former jobs, as many are answered. */
const MOST_JOBS = 2;
/** A trade named this far into a message, in characters, may be anybody's. */
const EARLY = 80;

/**
 * Jobs that the person tells or asks about as theirs; else the one or two that are named early in
 * the message: where a former job is asked about, they are whose it is.
 */
export function jobsNamed(heard: Heard): readonly Bridge[] {
  const told = jobsTold(heard);
  if (told.length > 0) return told;
  const trades = bridgesIn(heard, ({ kind, start }) => kind === 'trade' && start < EARLY);
  return trades.length > MOST_JOBS ? [] : trades;
}

const jobsTold = (heard: Heard): readonly Bridge[] =>
  bridgesIn(heard, ({ kind }) => kind === 'occupation').slice(0, MOST_JOBS);

const bridgesIn = (
  { recognition: { entities } }: Heard,
  counts: (entity: Entity) => boolean,
): readonly Bridge[] => [
  ...new Set(entities.filter(counts).flatMap(({ value }) => bridgeFor(value) ?? [])),
];

export const bridgesOf = (ids: readonly string[]): readonly Bridge[] =>
  [...new Set(ids.flatMap((id) => bridgeOf(id) ?? []))].slice(0, MOST_JOBS);

/** Jobs told before, for questions that come later. */
export const jobsKept = ({ memory }: DeclicTurn): readonly Bridge[] =>
  bridgesOf(memory.formerJobs ?? []);

/** A job told in passing, whatever else is said, is not asked again. */
export const noticeJobs = (turn: DeclicTurn): void => keepJobs(turn, jobsTold(turn.heard));

/** What says something of health, a family or the law is not kept. */
export function keepJobs({ memory }: DeclicTurn, jobs: readonly Bridge[]): void {
  const kept = jobs.filter((job) => !job.private).map(({ id }) => id);
  if (kept.length > 0) memory.formerJobs = kept;
}
