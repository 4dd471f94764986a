import type { Next } from '#conversation/dialog.ts';
import type { Data } from '#conversation/json.ts';
import { asks } from '#conversation/meaning.ts';
import { type Choice, intentChoice, type Reply } from '#conversation/reply.ts';
import type { Text } from '#conversation/text-key.ts';
import { type DOUBTS, type DoubtStep, doubtFor } from '#knowledge/doubts.ts';
import { type Intent, isIntent } from '#shared/intents.ts';
import { aboutJobs, WISH_OF } from './doubt-about-jobs.ts';
import type { DeclicDialog, DeclicTurn } from './world.ts';

type Doubt = (typeof DOUBTS)[number];

/** A doubt heard: the person's words, one true fact, someone like them, one small step. */
export const doubtsDialog: DeclicDialog = {
  id: 'doubts',
  version: 1,
  purpose: 'Hears doubts and answers them honestly, in four beats',
  start: 'hear',
  steps: {
    hear: { kind: 'tell', leads: ['end', '@careers'], run: hearDoubts },
    invite: { kind: 'tell', leads: ['end'], run: invite },
  },
};

/** The same doubt this many times: a human would do better. */
const THIRD_TIME = 3;

function hearDoubts(turn: DeclicTurn, data: Data): Next {
  const doubts = concreteFirst(intentsIn(data).flatMap((intent) => doubtFor(intent) ?? []));
  const [first, second] = doubts;
  if (data.invite !== undefined || first === undefined) return invite(turn);
  const [times = 1] = doubts.map((doubt) => remember(turn, doubt));
  if (second === undefined) return hearOne(turn, first, times);
  if (turn.passing) tellBriefly(turn, first);
  else tellSeveral(turn, doubts);
  return 'end';
}

/** `times`: how often it was raised, this time included. */
function hearOne(turn: DeclicTurn, doubt: Doubt, times: number): Next {
  const jobs = times < THIRD_TIME ? aboutJobs(turn, doubt) : undefined;
  if (jobs !== undefined) {
    const states = !asks({ turn }) && turn.heard.recognition.leansBack !== true;
    if (states && !turn.hurried) turn.tell(`doubts:${doubt.key}.hear`);
    return { become: 'careers', with: jobs };
  }
  if (isAboutBeingYoung(turn, doubt)) tellYoung(turn);
  else if (turn.passing) tellBriefly(turn, doubt);
  else if (times >= THIRD_TIME) offerHuman(turn);
  else if (times > 1) tellOtherAngle(turn, doubt);
  else tellFourBeats(turn, doubt);
  return 'end';
}

const intentsIn = (data: Data): readonly Intent[] =>
  (Array.isArray(data.intents) ? data.intents.map(String) : []).filter(isIntent);

/** "Not for me, I have no diploma" is about the diploma: the general feeling comes after. */
const concreteFirst = (doubts: readonly Doubt[]): readonly Doubt[] =>
  [...doubts].sort((one, other) => Number(isGeneral(one)) - Number(isGeneral(other)));

const isGeneral = ({ key }: Doubt): boolean => key === 'not_for_me' || key === 'fear_of_failure';

/** Counts how often the doubt was raised, this time included. */
function remember(turn: DeclicTurn, { key }: Doubt): number {
  const times = (turn.memory.doubts?.[key] ?? 0) + 1;
  turn.memory.doubts = { ...turn.memory.doubts, [key]: times };
  return times;
}

function tellFourBeats(turn: DeclicTurn, doubt: Doubt): void {
  turn.tell(`doubts:${doubt.key}.hear`);
  turn.tell(`doubts:${doubt.key}.fact`);
  turn.say({ ...someoneAndStep(doubt), ...offer(turn, doubt) });
}

const someoneAndStep = ({ key }: Doubt): Reply => ({
  key: 'doubts:together',
  values: { first: { key: `doubts:${key}.model` }, second: { key: `doubts:${key}.step` } },
});

function tellOtherAngle(turn: DeclicTurn, doubt: Doubt): void {
  turn.say({ key: `doubts:${doubt.key}.again`, ...offer(turn, doubt) });
}

/** "Too young" is not answered with what seniors live. */
const YOUNG_UNTIL = 26;

const isAboutBeingYoung = ({ heard }: DeclicTurn, { key }: Doubt): boolean =>
  key === 'age' && Number(heard.stated('age')?.value ?? YOUNG_UNTIL) < YOUNG_UNTIL;

function tellYoung(turn: DeclicTurn): void {
  turn.tell('eligibility:young.hear');
  turn.say({
    key: 'eligibility:young.fact',
    choices: [BUTTONS.check_eligibility, BUTTONS.hear_someone, BUTTONS.not_now],
  });
}

/** In the middle of something else: heard and answered, nothing offered. */
function tellBriefly(turn: DeclicTurn, doubt: Doubt): void {
  if (!turn.hurried) turn.tell(`doubts:${doubt.key}.hear`);
  turn.tell(`doubts:${doubt.key}.fact`);
}

/** Each is named; the most concrete gets its four beats, and a button opens the next. */
function tellSeveral(turn: DeclicTurn, doubts: readonly Doubt[]): void {
  const [first, second] = doubts;
  if (first === undefined || second === undefined) return;
  turn.tell('doubts:several', { list: namesOf(doubts) });
  turn.tell(`doubts:${first.key}.fact`);
  const next = intentChoice(`common:topic.${second.intent}`, second.intent);
  const { choices = [], yes } = offer(turn, first);
  const shown = [...choices.slice(0, 1), next, BUTTONS.not_now];
  turn.say({ ...someoneAndStep(first), choices: shown, ...(yes ? { yes } : {}) });
}

function namesOf(doubts: readonly Doubt[]): Text {
  const [first, second, third] = doubts.map(({ key }): Text => ({ key: `doubts:${key}.name` }));
  if (first === undefined || second === undefined) return { key: 'doubts:not_for_me.name' };
  return third === undefined
    ? { key: 'doubts:listTwo', values: { first, second } }
    : { key: 'doubts:listThree', values: { first, second, third } };
}

function offerHuman(turn: DeclicTurn): void {
  turn.say({
    key: 'doubts:third',
    yes: { do: 'way_out', way: 'human' },
    choices: [
      intentChoice('common:choice.human', 'human_request'),
      intentChoice('doubts:buttons.not_now', 'deny'),
    ],
  });
}

function invite(turn: DeclicTurn): Next {
  turn.say({
    key: 'doubts:invite',
    choices: [
      intentChoice('common:topic.barrier_not_for_me', 'barrier_not_for_me'),
      intentChoice('common:topic.barrier_no_diploma', 'barrier_no_diploma'),
      intentChoice('common:topic.barrier_age', 'barrier_age'),
    ],
  });
  return 'end';
}

/** The buttons of a doubt; a bare yes is for the first, which its question speaks of. */
function offer(turn: DeclicTurn, doubt: Doubt): Pick<Reply, 'choices' | 'yes'> {
  const choices = smallSteps(turn, doubt);
  const [first] = choices;
  return first === undefined ? { choices } : { choices, yes: first.action };
}

/** After a "not now", nothing proposes dates again unless the person does. */
function smallSteps(turn: DeclicTurn, doubt: Doubt): readonly Choice[] {
  const pushes: readonly DoubtStep[] = ['check_eligibility', 'see_dates'];
  return doubt.steps
    .filter((step: DoubtStep) => !(turn.memory.notNow && pushes.includes(step)))
    .map((step) => (step === 'see_jobs' ? seeJobs(doubt) : BUTTONS[step]));
}

/** Jobs where what is doubted is not asked for, when that can be told. */
function seeJobs({ key }: Doubt): Choice {
  const wish = WISH_OF[key];
  const title = 'doubts:buttons.see_jobs';
  return intentChoice(title, 'career_explore', wish === undefined ? undefined : { by: wish });
}

const BUTTONS: { readonly [S in Exclude<DoubtStep, 'see_jobs'>]: Choice } = {
  hear_someone: intentChoice('doubts:buttons.hear_someone', 'role_models'),
  check_eligibility: intentChoice('doubts:buttons.check_eligibility', 'eligibility_check'),
  see_dates: intentChoice('doubts:buttons.see_dates', 'session_list'),
  not_now: intentChoice('doubts:buttons.not_now', 'deny', { notNow: 'yes' }),
};
