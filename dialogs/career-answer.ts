import { type Choice, intentChoice, type Reply } from '#conversation/reply.ts';
import type { Text } from '#conversation/text-key.ts';
import { CAREERS, type Career } from '#knowledge/careers.ts';
import type { Intent } from '#shared/intents.ts';
import type { DeclicTurn } from './world.ts';

/** What can be told of a job. */
export const TOPICS = [
  'day',
  'entry',
  'training',
  'pay',
  'work',
  'market',
  'access',
  'code',
  'ai',
] as const;
export type Topic = (typeof TOPICS)[number];

export const isTopic = (value: unknown): value is Topic => TOPICS.some((topic) => topic === value);

/** What of a job each intent asks for. */
export const TOPIC_OF: { readonly [I in Intent]?: Topic } = {
  career_explore: 'day',
  career_describe: 'day',
  career_match: 'day',
  career_reconversion: 'day',
  career_salary: 'pay',
  career_training: 'training',
  career_no_code: 'code',
  career_demand: 'market',
  career_remote: 'work',
  career_ai: 'ai',
};

/** What one message tells of a job. */
export function topicText({ id, code }: Career, topic: Topic): Text {
  if (topic === 'code') return { key: `jobs:code.${code}` };
  return { key: `careers:${id}.${topic === 'ai' ? 'market' : topic}` };
}

/** The name of the job, as it was understood, over what is told of it. */
export const underItsName = (career: Career, topic: Topic): Reply => ({
  key: 'jobs:about',
  values: { name: { key: `careers:${career.id}.button` }, text: topicText(career, topic) },
});

/** After the day, under the short name: the name as women and men bear it, and what it takes. */
const withFullName = ({ id }: Career, part: 'strengths' | 'entry'): Reply => ({
  key: `jobs:${part}`,
  values: { name: { key: `careers:${id}.name` }, text: { key: `careers:${id}.${part}` } },
});

export interface Telling {
  readonly topics: readonly Topic[];
  /** What is told after the day: what one brings, or how one gets in. */
  readonly dayThen: 'strengths' | 'entry';
}

/** The messages that answer about one job, two or three at most, with what to do next. */
export function tellCareer(turn: DeclicTurn, career: Career, telling: Telling): void {
  const replies = repliesOn(turn, career, telling);
  const choices = nextOf(turn, career, telling.topics);
  for (const [index, reply] of replies.entries()) {
    turn.say(index === replies.length - 1 ? { ...reply, choices } : reply);
  }
}

const AT_MOST = 3;

function repliesOn(turn: DeclicTurn, career: Career, telling: Telling): readonly Reply[] {
  const { topics, dayThen } = telling;
  const [topic = 'day'] = topics;
  if (turn.passing || topics.length > 1) {
    return topics
      .slice(0, turn.passing ? 1 : AT_MOST)
      .map((one, index) => (index === 0 ? underItsName(career, one) : topicText(career, one)));
  }
  if (topic === 'ai') return [{ key: 'jobs:general.ai.text' }, marketOrMore(turn, career)];
  if (topic === 'training') return [underItsName(career, 'entry'), topicText(career, topic)];
  const near = topic === 'market' ? offersNear(turn) : undefined;
  if (near !== undefined) return [underItsName(career, topic), near];
  if (topic !== 'day') return [underItsName(career, topic)];
  return [underItsName(career, topic), withFullName(career, dayThen)];
}

/** Where the offers near a town that the message names are: we have none. */
export function offersNear({ heard }: DeclicTurn): Reply | undefined {
  const place = heard.recognition.entities.find(({ kind }) => kind === 'city')?.value;
  return place === undefined ? undefined : { key: 'jobs:general.place.text', values: { place } };
}

/** What is known of the market of this job, unless it was told the turn before. */
function marketOrMore({ lastSaid }: DeclicTurn, career: Career): Reply {
  const market = underItsName(career, 'market');
  const told = JSON.stringify(market.values);
  return lastSaid.some(({ values }) => JSON.stringify(values) === told)
    ? { key: 'jobs:general.ai.more' }
    : market;
}

const ASKS_FOR: readonly { readonly topic: Topic; readonly choice: Choice['title']['key'] }[] = [
  { topic: 'training', choice: 'jobs:choice.training' },
  { topic: 'pay', choice: 'jobs:choice.salary' },
  { topic: 'market', choice: 'jobs:choice.demand' },
  { topic: 'work', choice: 'jobs:choice.remote' },
  { topic: 'day', choice: 'jobs:choice.describe' },
];

const INTENT_OF = {
  training: 'career_training',
  pay: 'career_salary',
  market: 'career_demand',
  work: 'career_remote',
  day: 'career_describe',
} as const satisfies { readonly [T in Topic]?: Intent };

/** Two more questions on the job, and another job nearby, or the programme once it is about how. */
function nextOf(turn: DeclicTurn, career: Career, told: readonly Topic[]): readonly Choice[] {
  const more = ASKS_FOR.filter(({ topic }) => {
    const known = topic !== 'pay' || career.pay !== null;
    return known && !told.includes(topic) && !(topic === 'market' && told.includes('ai'));
  });
  const questions = more.slice(0, 2).map(({ topic, choice }): Choice => {
    const intent = INTENT_OF[topic as keyof typeof INTENT_OF];
    return intentChoice(choice, intent, { career: career.id });
  });
  const asksHow = told.includes('training') || told.includes('entry');
  const last = asksHow && !turn.memory.notNow ? programme(turn) : nearby(career);
  return [...questions, ...(last === undefined ? [] : [last])];
}

const programme = ({ memory }: DeclicTurn): Choice =>
  memory.eligibility === undefined
    ? intentChoice('welcome:choice.eligible', 'eligibility_check')
    : intentChoice('welcome:choice.dates', 'session_list');

/** The next job of the same family; after its last, its first. */
function nearby(career: Career): Choice | undefined {
  const family = CAREERS.filter((one) => one.family === career.family);
  const next = family[(family.indexOf(career) + 1) % family.length];
  return next === undefined || next === career ? undefined : careerChoice(next);
}

/** A button that opens a job. */
export const careerChoice = ({ id }: Career): Choice =>
  intentChoice(`careers:${id}.button`, 'career_describe', { career: id });
