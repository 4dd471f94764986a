import type { NewSession } from '#programme/session-admin.ts';
import type { TeamKey } from './team-words.ts';

/** What the team writes of a session: columns of the CSV file, options of `sessions add`. */
export const SESSION_FIELDS = [
  'date',
  'start',
  'end',
  'title',
  'capacity',
  'end_date',
  'time_zone',
  'format',
  'link',
  'place',
  'captions',
  'sign_language',
  'replay',
] as const;
export type SessionField = (typeof SESSION_FIELDS)[number];

export const REQUIRED_FIELDS = ['date', 'start', 'end', 'title', 'capacity'] as const;

/** As written; a field that is not there was left empty. */
export type WrittenSession = { readonly [F in SessionField]?: string | undefined };

export type ProblemKey = Extract<TeamKey, `problem.${string}`>;

/** One thing that is wrong, with what its sentence needs. */
export interface Problem {
  readonly key: ProblemKey;
  readonly values?: Readonly<Record<string, string | number>>;
  /** What it is about; nothing when it is about the whole. */
  readonly field?: SessionField;
  /** Line of the file, from 1. */
  readonly line?: number | undefined;
}

export type ReadSession =
  | { readonly kind: 'session'; readonly session: NewSession }
  | { readonly kind: 'problems'; readonly problems: readonly Problem[] };
