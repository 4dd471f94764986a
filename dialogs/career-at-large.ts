import type { Next } from '#conversation/dialog.ts';
import { type Choice, intentChoice } from '#conversation/reply.ts';
import { type CareerAnswer, careerAnswerFor } from '#knowledge/career-answers.ts';
import { CAREERS } from '#knowledge/careers.ts';
import type { Intent } from '#shared/intents.ts';
import { offersNear } from './career-answer.ts';
import { families } from './career-list.ts';
import type { DeclicTurn } from './world.ts';

/** Questions about no job in particular: what is known of all of them, and what is not. */
export function tellAtLarge(turn: DeclicTurn, intents: readonly Intent[]): Next {
  const [answer, other] = intents.flatMap((intent) => careerAnswerFor(intent) ?? []);
  // Which job suits somebody, and what a former job leads to, is not answered here yet.
  if (answer === undefined) return { become: 'answers', with: { intents: [...intents] } };
  if (answer.key === 'unknown') tellUnknown(turn);
  else if (turn.passing) turn.tell(`jobs:general.${answer.key}.text`);
  else {
    turn.tell(`jobs:general.${answer.key}.text`);
    turn.say({ ...secondOf(turn, answer, other), choices: nextOf(turn, answer) });
  }
  return 'end';
}

type Known = Exclude<CareerAnswer, { key: 'unknown' }>;

/** What comes after the first message: another question's answer, the place that was named, the rest. */
function secondOf(turn: DeclicTurn, answer: Known, other: CareerAnswer | undefined) {
  if (other !== undefined && other.key !== 'unknown') {
    return { key: `jobs:general.${other.key}.text` } as const;
  }
  const near = answer.key === 'demand' ? offersNear(turn) : undefined;
  return near ?? ({ key: `jobs:general.${answer.key}.more` } as const);
}

function tellUnknown(turn: DeclicTurn): void {
  turn.say({
    // A button that says "one job" names none.
    key: turn.heard.text === '' ? 'jobs:general.unknown.ask' : 'jobs:general.unknown.text',
    values: { count: CAREERS.length },
    choices: [families, { title: { key: 'common:choice.human' }, action: HUMAN }],
  });
}

const HUMAN = { do: 'way_out', way: 'human' } as const;

/** The jobs that the question makes one want to see, all of them, and where one meets people who do them. */
function nextOf({ memory }: DeclicTurn, { key }: Known): readonly Choice[] {
  return [
    ...(WISHED[key] ? [WISHED[key]] : []),
    families,
    ...(memory.notNow ? [] : [intentChoice('welcome:choice.dates', 'session_list')]),
  ];
}

const WISHED: { readonly [K in Known['key']]?: Choice } = {
  salary: intentChoice('jobs:choice.best_paid', 'career_explore', { by: 'best_paid' }),
  training: intentChoice('jobs:choice.no_diploma', 'career_explore', { by: 'no_diploma' }),
  remote: intentChoice('jobs:choice.remote_jobs', 'career_explore', { by: 'remote' }),
};
