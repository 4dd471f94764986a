import type { Intent } from '#shared/intents.ts';
import type { SourceId } from './sources.ts';

/** A ready answer about jobs at large: `jobs:general.<key>.text`, then `.more`. */
interface Answer {
  readonly intent: Extract<Intent, `career_${string}`>;
  readonly key: string;
  /** Empty when the answer says nothing about the world. */
  readonly sources: readonly SourceId[];
}

/** What is said where no job is named. One that is not in the list has one message: it is unknown. */
export const CAREER_ANSWERS = [
  { intent: 'career_describe', key: 'unknown', sources: [] },
  { intent: 'career_salary', key: 'salary', sources: ['M1', 'C2', 'C6'] },
  { intent: 'career_training', key: 'training', sources: ['R45', 'R55'] },
  { intent: 'career_remote', key: 'remote', sources: ['M2', 'M7'] },
  { intent: 'career_demand', key: 'demand', sources: ['M3', 'M4', 'C5'] },
  { intent: 'career_ai', key: 'ai', sources: ['M5', 'M6'] },
] as const satisfies readonly Answer[];

export type CareerAnswer = (typeof CAREER_ANSWERS)[number];

/** The answer to this intent about jobs at large, when there is one. */
export const careerAnswerFor = (intent: Intent): CareerAnswer | undefined =>
  CAREER_ANSWERS.find((answer) => answer.intent === intent);
