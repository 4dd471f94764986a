import { type Next, to } from '#conversation/dialog.ts';
import type { Data } from '#conversation/json.ts';
import type { Bridge } from '#knowledge/bridges.ts';
import { tellJobs, tellJobsBriefly, tellJobsInPassing } from './bridge-words.ts';
import { namedCareers } from './career-subject.ts';
import { askDay, askKeep } from './former-job-questions.ts';
import { bridgesOf, jobsKept, jobsNamed, keepJobs } from './named-jobs.ts';
import type { DeclicDialog, DeclicTurn } from './world.ts';

/** What a former job, paid or not, makes somebody good at, and the careers where it counts. */
export const formerJobDialog: DeclicDialog = {
  id: 'former_job',
  version: 1,
  purpose: 'Says what a former job, paid or not, leads to, and why',
  start: 'hear',
  steps: {
    hear: { kind: 'tell', leads: ['day', '@careers', 'end'], run: hearJob },
    day: askDay,
    keep: askKeep,
  },
};

/** `data.job`: a button asks for the reasons of these jobs, ids with a comma between. */
function hearJob(turn: DeclicTurn, data: Data): Next {
  const named = jobsAskedAbout(turn, data);
  if (named.length === 0 && namedCareers(turn).length > 0) {
    return { become: 'careers', with: { intents: ['career_reconversion'] } };
  }
  const jobs = named.length > 0 ? named : jobsKept(turn);
  if (jobs.length > 0) {
    keepJobs(turn, jobs);
    if (turn.passing) tellJobsInPassing(turn, jobs);
    else if (saysMore(turn)) tellJobsBriefly(turn, jobs);
    else tellJobs(turn, jobs);
    return 'end';
  }
  if (!turn.passing) return to('day');
  turn.tell('bridges:later');
  return 'end';
}

const jobsAskedAbout = ({ heard }: DeclicTurn, { job }: Data): readonly Bridge[] =>
  typeof job === 'string' ? bridgesOf(job.split(',')) : jobsNamed(heard);

/** Something else was asked or told beside the job, and is answered first. */
const saysMore = ({ heard }: DeclicTurn): boolean =>
  heard.recognition.intents.some(({ intent }) => !SAYS_NO_MORE.has(intent) && heard.means(intent));

const SAYS_NO_MORE: ReadonlySet<string> = new Set([
  'career_reconversion',
  'greeting',
  'thanks',
  'affirm',
  'deny',
  'none',
]);
