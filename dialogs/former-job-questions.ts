import { type AskStep, to } from '#conversation/dialog.ts';
import { choice } from '#conversation/form.ts';
import { intentChoice } from '#conversation/reply.ts';
import type { TextKey } from '#conversation/text-key.ts';
import { type Bridge, DAYS, type Day, KEEPS, type Keep } from '#knowledge/bridges.ts';
import { tellDays, tellJobs } from './bridge-words.ts';
import { bridgesOf, jobsNamed, keepJobs } from './named-jobs.ts';
import type { DeclicTurn, DeclicWorld } from './world.ts';

const DAY = 'former_job.day';
const KEEP = 'former_job.keep';
/** Before the ids of jobs, where the answer is their name and not what their days were made of. */
const JOB = 'job:';
const ANY = 'any';
const SKIPPED = 'skipped';

type Words = readonly [TextKey, TextKey, TextKey];
const DAY_WORDS: Words = ['bridges:day.ask', 'bridges:day.again', 'bridges:day.last'];
const KEEP_WORDS: Words = ['bridges:keep.ask', 'bridges:keep.again', 'bridges:keep.last'];

/** A job that we do not know by name, or that was not named: what its days were made of. */
export const askDay: AskStep<DeclicWorld> = {
  kind: 'ask',
  leads: ['keep', 'end'],
  why: 'bridges:day.why',
  brief: 'bridges:day.brief',
  skip: SKIPPED,
  question: (turn, _data, round) => ({
    key: wording(turn, DAY_WORDS, round),
    choices: DAYS.map((day) => choice(`bridges:day.choice.${day}`, DAY, day)),
  }),
  read: (heard) => {
    const jobs = jobsNamed(heard);
    if (jobs.length > 0) return JOB + jobs.map(({ id }) => id).join(',');
    return heard.stated('work_day')?.value;
  },
  accepts: (value) => isDay(value) || value === SKIPPED || jobsIn(value).length > 0,
  take: (turn, data, value) => {
    data.day = value;
    if (isDay(value)) return to('keep');
    const jobs = jobsIn(value);
    keepJobs(turn, jobs);
    if (jobs.length > 0) tellJobs(turn, jobs);
    else {
      const choices = [intentChoice('common:topic.career_explore', 'career_explore')];
      turn.say({ key: 'bridges:skipped', choices });
    }
    return 'end';
  },
};

/** What should not be lost on the way: it decides what is told first. */
export const askKeep: AskStep<DeclicWorld> = {
  kind: 'ask',
  leads: ['end'],
  why: 'bridges:keep.why',
  brief: 'bridges:keep.brief',
  skip: ANY,
  question: (turn, _data, round) => ({
    key: wording(turn, KEEP_WORDS, round),
    choices: ([...KEEPS, ANY] as const).map((keep) =>
      choice(`bridges:keep.choice.${keep}`, KEEP, keep),
    ),
  }),
  read: (heard) =>
    heard.stated('yes_no')?.value === 'no' ? ANY : heard.stated('work_keep')?.value,
  accepts: (value) => isKeep(value) || value === ANY,
  take: (turn, { day }, value) => {
    if (isDay(day)) tellDays(turn, day, isKeep(value) ? value : undefined);
    return 'end';
  },
};

/** A question that was just put is put in its next words, whatever brings it back. */
function wording({ lastSaid }: DeclicTurn, words: Words, round: number): Words[number] {
  const [ask, again, last] = words;
  const said = (key: string): boolean => lastSaid.some((reply) => reply.key === key);
  if (round > 1 || said(again)) return last;
  return round > 0 || said(ask) ? again : ask;
}

const jobsIn = (value: string): readonly Bridge[] =>
  value.startsWith(JOB) ? bridgesOf(value.slice(JOB.length).split(',')) : [];

const isDay = (value: unknown): value is Day => DAYS.some((day) => day === value);
const isKeep = (value: unknown): value is Keep => KEEPS.some((keep) => keep === value);
