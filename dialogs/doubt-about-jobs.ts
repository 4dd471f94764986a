import type { Data } from '#conversation/json.ts';
import { asks } from '#conversation/meaning.ts';
import type { DOUBTS } from '#knowledge/doubts.ts';
import type { Topic } from './career-answer.ts';
import type { Wish } from './career-search.ts';
import { namedCareers, speaksOf, subjectOf, wasJustTold } from './career-subject.ts';
import type { DeclicTurn } from './world.ts';

type Doubt = (typeof DOUBTS)[number];

/** What of a job answers a doubt about it. */
const TOPIC_OF: { readonly [K in Doubt['key']]?: Topic } = {
  no_diploma: 'entry',
  disability: 'access',
  english: 'work',
};

/** The jobs where what is doubted is not asked for. */
export const WISH_OF: { readonly [K in Doubt['key']]?: Wish } = {
  no_diploma: 'no_diploma',
  english: 'no_english',
  location: 'remote',
};

/**
 * A doubt about one job, named or just told ("et sans le bac ?"), is answered with what is known
 * of that job; a question on jobs ("which jobs without a diploma?"), with those jobs. Answers what
 * to open the dialog on careers with, or undefined when the doubt is about the person.
 */
export function aboutJobs(turn: DeclicTurn, { key }: Doubt): Data | undefined {
  if (isAboutSeveral(turn)) {
    const wish = WISH_OF[key];
    // Where jobs are asked for beside the doubt, they are told after it.
    const lists = wish !== undefined && !turn.passing && !saysTheirOwn(turn);
    return lists ? { intents: ['career_explore'], by: wish } : undefined;
  }
  const topic = TOPIC_OF[key];
  const told = subjectOf(turn).length > 0 && wasJustTold(turn);
  if (topic === undefined || !(told || namedCareers(turn).length > 0)) return undefined;
  return { intents: ['career_describe'], topic };
}

/** "I have no diploma for these jobs" is about the person, "jobs without a diploma" about the jobs. */
const saysTheirOwn = (turn: DeclicTurn): boolean => turn.heard.has('self') && !asks({ turn });

const isAboutSeveral = (turn: DeclicTurn): boolean =>
  speaksOf(turn, 'many') ||
  speaksOf(turn, 'any') ||
  turn.heard.means('career_explore') ||
  turn.heard.means('career_no_code');
