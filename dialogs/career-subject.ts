import { type Career, careerOf } from '#knowledge/careers.ts';
import type { Entity } from '#shared/recognition.ts';
import type { DeclicTurn } from './world.ts';

/** An hour later, "and the salary?" is about nothing in particular any more. */
const LASTS_MS = 3_600_000;
/** As many as can be put side by side. */
export const MOST_AT_ONCE = 2;
/** Between "other than" and the job that is set aside, at most "un " or "être ". */
const NEXT_TO = 6;

/** The jobs that the message names, in its order, each once. */
export function namedCareers({ heard }: DeclicTurn): readonly Career[] {
  const { entities } = heard.recognition;
  const excepted = entities.filter(
    ({ kind, value }) => kind === 'career_scope' && value === 'except',
  );
  const named = entities
    .filter(({ kind }) => kind === 'career')
    .filter((one) => !wishesIn(heard).some((wish) => holds(wish, one)))
    .filter((one) => !excepted.some((word) => comesNext(word, one)))
    .flatMap(({ value }) => careerOf(value) ?? [])
    .filter((career) => isMeant(heard.means, career));
  return [...new Set(named)];
}

/** What jobs are wished to be; "à distance" in the name of a job is no wish. */
export function wishesIn({ recognition }: DeclicTurn['heard']): readonly Entity[] {
  const careers = recognition.entities.filter(({ kind }) => kind === 'career');
  return recognition.entities
    .filter(({ kind }) => kind === 'career_wish')
    .filter((wish) => !careers.some((career) => isLonger(career, wish)));
}

const isLonger = (one: Entity, other: Entity): boolean =>
  holds(one, other) && one.end - one.start > other.end - other.start;

/** "Without coding" names no job of coding, and "will AI replace…" none of AI. */
function isMeant(means: DeclicTurn['heard']['means'], { family, code }: Career): boolean {
  if (means('career_no_code') && code === 'much') return false;
  return !(means('career_ai') && family === 'ia' && code === 'much');
}

const holds = (outer: Entity, inner: Entity): boolean =>
  outer.start <= inner.start && inner.end <= outer.end;

const comesNext = (word: Entity, { start }: Entity): boolean =>
  start >= word.end && start - word.end <= NEXT_TO;

/** The jobs that the message is about: one that is set against the one just told is with it. */
export function careersIn(turn: DeclicTurn): readonly Career[] {
  const named = namedCareers(turn);
  const [before, second] = subjectOf(turn);
  const [only, other] = named;
  const joins = speaksOf(turn, 'versus') && second === undefined && before !== undefined;
  return joins && only !== undefined && other === undefined && only !== before
    ? [before, only]
    : named;
}

/** The one or two jobs that the conversation is about. */
export function subjectOf({ memory, now }: DeclicTurn): readonly Career[] {
  const { careers } = memory;
  if (careers === undefined || now.getTime() - careers.at > LASTS_MS) return [];
  return careers.ids.flatMap((id) => careerOf(id) ?? []);
}

export function keepSubject({ memory, now }: DeclicTurn, careers: readonly Career[]): void {
  memory.careers = { ids: careers.map(({ id }) => id), at: now.getTime() };
}

/** Lists are about no job in particular. */
export function dropSubject({ memory }: DeclicTurn): void {
  delete memory.careers;
}

/** Whether the last answer was about these jobs, or asked what was meant by what followed it. */
export const wasJustTold = ({ lastSaid }: DeclicTurn): boolean =>
  lastSaid.some(({ key }) => key.startsWith('careers:') || ABOUT_THEM.has(key));

const ABOUT_THEM: ReadonlySet<string> = new Set(['jobs:about', 'common:guess']);

/**
 * Speaks of jobs at large ("which jobs…"), of some job ("a job…"), of the one just told ("this
 * job"), or sets one against another ("compare…").
 */
export const speaksOf = (
  { heard }: DeclicTurn,
  scope: 'many' | 'any' | 'this' | 'versus',
): boolean =>
  heard.recognition.entities.some(({ kind, value }) => kind === 'career_scope' && value === scope);
