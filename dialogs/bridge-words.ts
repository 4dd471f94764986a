import { type Choice, intentChoice } from '#conversation/reply.ts';
import type { Text, TextKey } from '#conversation/text-key.ts';
import { type Bridge, careersKeeping, type Day, type Keep } from '#knowledge/bridges.ts';
import { type Career, type CareerId, careerOf } from '#knowledge/careers.ts';
import { careerChoice } from './career-answer.ts';
import { dropSubject, namedCareers } from './career-subject.ts';
import type { DeclicTurn } from './world.ts';

/** A career, and why it suits somebody who comes from there. */
interface Reason {
  readonly career: Career;
  readonly why: Text;
}

/** More would not fit in two messages. */
const MOST = 4;
/** In one message, where who speaks is told first. */
const MOST_AT_FIRST = 2;

/** What one or two jobs made the person good at, and where it counts. */
export function tellJobs(turn: DeclicTurn, jobs: readonly Bridge[]): void {
  const [first, second] = jobs.map(strengthsOf);
  if (first === undefined) return;
  turn.say(second === undefined ? first : { key: 'bridges:both', values: { first, second } });
  const crowded = second !== undefined && turn.lastSaid.length === 0;
  const reasons = reasonsOfAll(turn, jobs);
  tellReasons(turn, reasons.slice(0, crowded ? MOST_AT_FIRST : MOST));
}

/** One message, where others come before it; the reasons are a button away. */
export function tellJobsBriefly(turn: DeclicTurn, jobs: readonly Bridge[]): void {
  const [strengths] = jobs.map(strengthsOf);
  if (strengths === undefined) return;
  const why = intentChoice('bridges:choice.why', 'career_reconversion', {
    job: jobs.map(({ id }) => id).join(','),
  });
  const choices = [why, ...choicesFor(reasonsOfAll(turn, jobs))];
  turn.say({ key: 'bridges:brief', values: { strengths }, choices });
  dropSubject(turn);
}

/** In the middle of something else. */
export function tellJobsInPassing(turn: DeclicTurn, jobs: readonly Bridge[]): void {
  const [strengths] = jobs.map(strengthsOf);
  if (strengths !== undefined) turn.tell('bridges:inPassing', { strengths });
}

/** The same, for a job that we do not know by name. */
export function tellDays(turn: DeclicTurn, day: Day, keep: Keep | undefined): void {
  const first: Text = { key: `bridges:family.${day}.strengths` };
  if (keep === undefined) turn.say(first);
  else turn.tell('bridges:both', { first, second: { key: `bridges:keep.heard.${keep}` } });
  const reasons = careersKeeping(day, keep).flatMap((career) =>
    reasonFor(career, `bridges:family.${day}.why.${career}` as TextKey),
  );
  tellReasons(turn, reasons);
}

const strengthsOf = ({ id }: Bridge): Text => ({ key: `bridges:job.${id}.strengths` });

/** Its careers, each with the reason that is this job's own. */
const reasonsOf = ({ id, careers }: Bridge): readonly Reason[] =>
  careers.flatMap((career) => reasonFor(career, `bridges:job.${id}.why.${career}` as TextKey));

function reasonFor(id: CareerId, key: TextKey): readonly Reason[] {
  const career = careerOf(id);
  return career === undefined ? [] : [{ career, why: { key } }];
}

/** A career that the person names comes first. */
function reasonsOfAll(turn: DeclicTurn, [one, other]: readonly Bridge[]): readonly Reason[] {
  if (one === undefined) return [];
  const reasons = other === undefined ? reasonsOf(one) : reasonsOfBoth(one, other);
  const [wished] = namedCareers(turn);
  if (wished === undefined) return reasons;
  const known = reasons.find(({ career }) => career === wished);
  return eachOnce([known ?? { career: wished, why: { key: 'bridges:wished' } }, ...reasons]);
}

/** Of two jobs: what both lead to first, then in turn. */
function reasonsOfBoth(first: Bridge, second: Bridge): readonly Reason[] {
  const one = reasonsOf(first);
  const other = reasonsOf(second);
  const leadsToo = ({ career }: Reason): boolean => second.careers.includes(career.id);
  const inTurn = one.flatMap((reason, at) => [reason, ...other.slice(at, at + 1)]);
  return eachOnce([...one.filter(leadsToo), ...inTurn, ...other]);
}

const eachOnce = (reasons: readonly Reason[]): readonly Reason[] =>
  reasons.filter(({ career }, at) => reasons.findIndex((one) => one.career === career) === at);

/** Why these careers, two a message, what they ask for, and a button to open each. */
function tellReasons(turn: DeclicTurn, reasons: readonly Reason[]): void {
  const told = reasons.slice(0, MOST);
  const lines = told.map(
    ({ career, why }): Text => ({
      key: 'bridges:line',
      values: { career: buttonOf(career), why },
    }),
  );
  if (lines.length > 2) turn.say(together(lines.slice(0, 2)));
  const last = [...(lines.length > 2 ? lines.slice(2) : lines), stepAfter(told)];
  turn.say({ ...together(last), choices: choicesFor(told) });
  dropSubject(turn);
}

function together([first, second, third]: readonly Text[]): Text {
  if (first === undefined || second === undefined) return first ?? { key: 'bridges:step.mixed' };
  return third === undefined
    ? { key: 'bridges:both', values: { first, second } }
    : { key: 'bridges:three', values: { first, second, third } };
}

/** A button for each career, and "not now". */
const choicesFor = (reasons: readonly Reason[]): readonly Choice[] => [
  ...reasons.slice(0, MOST).map(({ career }) => careerChoice(career)),
  intentChoice('common:choice.notNow', 'deny'),
];

const buttonOf = ({ id }: Career): Text => ({ key: `careers:${id}.button` });

/** Honest about what these careers ask for, and one small step. */
function stepAfter(reasons: readonly Reason[]): Text {
  const hard = reasons.find(({ career }) => career.diploma === 'asked')?.career;
  if (hard !== undefined) return { key: 'bridges:step.asked', values: { career: buttonOf(hard) } };
  const open = reasons.every(({ career }) => career.diploma === 'open');
  return { key: open ? 'bridges:step.open' : 'bridges:step.mixed' };
}
