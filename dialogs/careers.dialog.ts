import type { Next } from '#conversation/dialog.ts';
import type { Data } from '#conversation/json.ts';
import { type Career, careerOf } from '#knowledge/careers.ts';
import { type Intent, isIntent } from '#shared/intents.ts';
import { isTopic, TOPIC_OF, type Topic, tellCareer } from './career-answer.ts';
import { tellAtLarge } from './career-at-large.ts';
import { compareCareers, tellBoth } from './career-compare.ts';
import { familyNamed, tellFamily, tellList } from './career-list.ts';
import { type Search, searchOf } from './career-search.ts';
import {
  careersIn,
  dropSubject,
  keepSubject,
  MOST_AT_ONCE,
  speaksOf,
  subjectOf,
} from './career-subject.ts';
import type { DeclicDialog, DeclicTurn } from './world.ts';

/** One job or two, those that fit what is asked, or jobs at large: what is known, and what is not. */
export const careersDialog: DeclicDialog = {
  id: 'careers',
  version: 1,
  purpose: 'Answers on digital jobs: one, two side by side, those that fit, or all of them',
  start: 'tell',
  steps: { tell: { kind: 'tell', leads: ['end', '@answers'], run: tellCareers } },
};

/** What a message asks of jobs. */
interface Asked {
  readonly intents: readonly Intent[];
  readonly search: Search;
  readonly data: Data;
}

function tellCareers(turn: DeclicTurn, data: Data): Next {
  const intents = (Array.isArray(data.intents) ? data.intents.map(String) : []).filter(isIntent);
  const asked: Asked = { intents, data, search: searchOf(turn, data) };
  const pressed = careerOf(String(data.career ?? ''));
  const named = pressed === undefined ? careersIn(turn) : [pressed];
  const family = familyAsked(turn, asked, named);
  if (family !== undefined) tellFamily(turn, family, asked.search);
  else if (named.length > 0) tellOf(turn, asked, named);
  else if (asksForList(turn, asked)) tellList(turn, asked.search, Number(data.page) || 0);
  else return tellSubject(turn, asked);
  if (named.length === 0 || family !== undefined) dropSubject(turn);
  return 'end';
}

/** A family that was chosen, or that of a job named to see more ("jobs in cybersecurity"). */
function familyAsked(
  turn: DeclicTurn,
  { intents, search, data }: Asked,
  named: readonly Career[],
): Career['family'] | undefined {
  const chosen = familyNamed(data.family ?? familyIn(turn));
  const [only, other] = named;
  if (chosen !== undefined || only === undefined || other !== undefined) return chosen;
  if (data.career !== undefined || data.topic !== undefined) return undefined;
  const seesMore = intents.includes('career_explore') || search.wishes.length > 0;
  return seesMore && speaksOf(turn, 'many') ? only.family : undefined;
}

const familyIn = ({ heard }: DeclicTurn): string | undefined =>
  heard.recognition.entities.find(({ kind }) => kind === 'career_family')?.value;

/** Whether several jobs are asked for, rather than something about one. */
function asksForList(turn: DeclicTurn, { intents, search, data }: Asked): boolean {
  if (data.by !== undefined || data.page !== undefined) return true;
  if (intents.includes('career_explore') || search.bestPaid) return true;
  const jobs = speaksOf(turn, 'many') || speaksOf(turn, 'any');
  if (jobs && search.wishes.length > 0) return true;
  return intents.includes('career_no_code') && !leansOnSubject(turn);
}

const leansOnSubject = (turn: DeclicTurn): boolean =>
  turn.heard.recognition.leansBack === true && subjectOf(turn).length > 0;

/** What of the jobs is asked for; a button, or a doubt, may say it in so many words. */
function topicsOf(turn: DeclicTurn, { intents, data }: Asked): readonly Topic[] {
  if (isTopic(data.topic)) return [data.topic];
  // What a comparison is about is told in so many words, or it is about everything.
  const sure = speaksOf(turn, 'versus') ? intents.filter(turn.heard.means) : intents;
  const topics = [...new Set(sure.flatMap((intent) => TOPIC_OF[intent] ?? []))];
  const precise = topics.filter((topic) => topic !== 'day');
  return precise.length > 0 ? precise : ['day'];
}

function tellOf(turn: DeclicTurn, asked: Asked, careers: readonly Career[]): void {
  const topics = topicsOf(turn, asked);
  const [first, second] = careers;
  const [topic = 'day'] = topics;
  if (first === undefined) return;
  keepSubject(turn, careers.slice(0, MOST_AT_ONCE));
  if (second === undefined) {
    const howIn = asked.intents.includes('career_reconversion') || noDiploma(asked);
    tellCareer(turn, first, { topics, dayThen: howIn ? 'entry' : 'strengths' });
  } else if (topic === 'day') compareCareers(turn, careers);
  else tellBoth(turn, careers, topic);
}

const noDiploma = ({ search }: Asked): boolean => search.wishes.includes('no_diploma');

/** No job is named: the question is about the one just told, or about jobs at large. */
function tellSubject(turn: DeclicTurn, asked: Asked): Next {
  const subject = subjectOf(turn);
  const atLarge = speaksOf(turn, 'many') || (asksWhatItIs(asked) && !pointsBack(turn));
  if (subject.length > 0 && !atLarge) tellOf(turn, asked, subject);
  else return tellAtLarge(turn, asked.intents);
  return 'end';
}

const asksWhatItIs = ({ intents, data }: Asked): boolean =>
  data.topic === undefined && intents.length > 0 && intents.every((one) => TOPIC_OF[one] === 'day');

/** "What does one do there?" is about the job just told; "what is an astronaut?" is not. */
const pointsBack = (turn: DeclicTurn): boolean =>
  speaksOf(turn, 'this') || turn.heard.recognition.leansBack === true;
