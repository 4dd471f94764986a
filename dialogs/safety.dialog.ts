import type { Call } from '#conversation/conversation.ts';
import type { AskStep, Next } from '#conversation/dialog.ts';
import { choice } from '#conversation/form.ts';
import type { Heard } from '#conversation/heard.ts';
import type { Data } from '#conversation/json.ts';
import type { Action } from '#conversation/message.ts';
import { type Choice, intentChoice } from '#conversation/reply.ts';
import type { TextKey } from '#conversation/text-key.ts';
import type { Intent } from '#shared/intents.ts';
import {
  asksPlainly,
  beQuiet,
  dangerIn,
  deniesDanger,
  inQuiet,
  quietNow,
  wantsToStop,
} from './quiet.ts';
import type { Danger, DeclicDialog, DeclicTurn, DeclicWorld, Quiet } from './world.ts';

const YES = 'yes';
const NO = 'no';
const UNSAID = 'unsaid';
const ASK = 'safety.ask';

const callMeBack: Choice = {
  title: { key: 'safety:buttons.call_me_back' },
  action: { do: 'way_out', way: 'human' },
};
const back: Choice = intentChoice('safety:buttons.back', 'help');
const resume: Choice = { title: { key: 'common:choice.resume' }, action: { do: 'resume' } };

/** What is told while the person stays, in order; the last as often as needed. */
const STAY: Readonly<Record<Danger, readonly TextKey[]>> = {
  self: ['safety:stay.first', 'safety:stay.second', 'safety:stay.third', 'safety:stay.last'],
  violence: [
    'safety:stay_violence.first',
    'safety:stay_violence.second',
    'safety:stay_violence.last',
  ],
  relative: [
    'safety:stay_relative.first',
    'safety:stay_relative.second',
    'safety:stay_relative.last',
  ],
};

/** Distress: numbers that answer day and night, a human, and silence on everything else. */
export const safetyDialog: DeclicDialog = {
  id: 'safety',
  version: 1,
  purpose: 'Answers distress before anything else, and keeps quiet about the programme after it',
  start: 'help',
  steps: {
    help: { kind: 'tell', leads: ['end'], run: tellHelp },
    stay: { kind: 'tell', leads: ['end'], run: stay },
    denied: { kind: 'tell', leads: ['end'], run: takeDenial },
    besideForm: { kind: 'tell', leads: ['end'], run: tellBesideForm },
    ask: askStep(),
  },
};

/** Where distress leads in this turn, or undefined when there is none to answer. */
export function watch(
  turn: DeclicTurn,
  waitsAt: string | undefined,
  chosen: Action | undefined,
): Call | undefined {
  const { distress } = turn.heard.recognition;
  const quiet = quietNow(turn);
  if (distress === 'yes') return { dialog: 'safety', at: helped(turn, quiet) ? 'stay' : 'help' };
  if (waitsAt === ASK) return undefined;
  if (chosen?.do === 'answer' && chosen.step === ASK) {
    return { dialog: 'safety', at: chosen.value === NO ? 'denied' : 'help' };
  }
  if (quiet !== undefined) return whileQuiet(turn, waitsAt, chosen, quiet);
  if (distress !== 'maybe' || chosen !== undefined) return undefined;
  return { dialog: 'safety', at: 'ask', with: { danger: dangerIn(turn) } };
}

/** Whether the help for this danger was given; once all is told again, help begins anew. */
const helped = (turn: DeclicTurn, quiet: Quiet | undefined): boolean =>
  quiet !== undefined &&
  quiet.danger === dangerIn(turn) &&
  quiet.stayed < STAY[quiet.danger].length;

function whileQuiet(
  turn: DeclicTurn,
  waitsAt: string | undefined,
  chosen: Action | undefined,
  quiet: Quiet,
): Call | undefined {
  switch (inQuiet(turn, waitsAt, chosen, quiet)) {
    case 'call_back':
      return { dialog: 'call_back', at: 'numbers' };
    case 'beside_form':
      return { dialog: 'safety', at: 'besideForm' };
    case 'denied':
      return { dialog: 'safety', at: 'denied' };
    case 'stay':
      return { dialog: 'safety', at: 'stay' };
    case 'form':
      return undefined;
    case 'back':
      turn.memory.quiet = { ...quiet, over: true };
      return undefined;
  }
}

function tellHelp(turn: DeclicTurn): Next {
  // "Call the police", "I want to die": after violence it may be either, and is answered as both.
  const afterViolence = quietNow(turn)?.danger === 'violence';
  giveHelp(turn, dangerIn(turn), afterViolence ? 'unnamed' : 'yes');
  return 'end';
}

/** The words for somebody who may be thinking of dying, by how we came to know. */
type Words = 'yes' | 'maybe_yes' | 'unsaid' | 'unnamed';

function giveHelp(turn: DeclicTurn, danger: Danger, words: Words): void {
  beQuiet(turn, danger);
  const said = danger === 'self' ? words : danger;
  turn.tell(`safety:${said}.text`);
  // The way back is not the first thing to show, but where we may be wrong it is there.
  const choices = words === 'unsaid' ? [callMeBack, back] : [callMeBack];
  turn.say({ key: `safety:${said}.more`, choices });
}

function stay(turn: DeclicTurn): Next {
  const { quiet } = turn.memory;
  turn.pause();
  if (quiet === undefined) return 'end';
  if (turn.heard.means('bot_identity')) {
    turn.say({ key: 'safety:who', choices: [callMeBack, back] });
    return 'end';
  }
  const keys = STAY[quiet.danger];
  const next = wantsToStop(turn.heard) ? undefined : keys[quiet.stayed];
  const key = next ?? keys.at(-1);
  if (key !== undefined) turn.say({ key, choices: [callMeBack, back] });
  turn.memory.quiet = { ...quiet, stayed: quiet.stayed + 1 };
  return 'end';
}

function takeDenial(turn: DeclicTurn): Next {
  const { quiet } = turn.memory;
  if (quiet !== undefined) turn.memory.quiet = { ...quiet, denied: true, over: true };
  sayAllClear(turn);
  return 'end';
}

const sayAllClear = (turn: DeclicTurn): void =>
  turn.say({ key: 'safety:maybe_no', choices: [turn.waiting ? resume : back] });

function tellBesideForm(turn: DeclicTurn): Next {
  turn.tell(`safety:beside_form.${turn.memory.quiet?.danger ?? 'self'}`);
  return 'end';
}

/** The question of life and death: it stands alone, and despair is a yes. */
function askStep(): AskStep<DeclicWorld> {
  return {
    kind: 'ask',
    leads: ['end'],
    why: 'safety:why',
    skip: UNSAID,
    alone: {
      unclear: UNSAID,
      leaves: asksPlainly,
      left: 'safety:left',
    },
    question: (_turn, _data, round) => ({
      key: round === 0 ? 'safety:maybe' : 'safety:maybeAgain',
      choices: [
        choice('safety:buttons.maybe_yes', ASK, YES),
        choice('safety:buttons.maybe_no', ASK, NO),
      ],
    }),
    read: readDanger,
    accepts: (value) => [YES, NO, UNSAID].includes(value),
    take: (turn, data, value): Next => {
      if (value === NO) sayAllClear(turn);
      else giveHelp(turn, dangerSaid(turn, data), value === YES ? 'maybe_yes' : 'unsaid');
      return 'end';
    },
  };
}

/** The danger told now, or else the one that made us ask. */
function dangerSaid(turn: DeclicTurn, data: Data): Danger {
  const now = dangerIn(turn);
  return now === 'self' && (data.danger === 'violence' || data.danger === 'relative')
    ? data.danger
    : now;
}

const DESPAIR: ReadonlySet<Intent> = new Set([
  'barrier_not_for_me',
  'barrier_fear_of_failure',
  'distress',
]);
/** A guess this weak says nothing. */
const HEARD = 0.3;

function readDanger(heard: Heard): string | undefined {
  if (despairs(heard)) return YES;
  if (deniesDanger(heard)) return NO;
  const said = heard.stated('yes_no')?.value;
  if (said !== undefined) return said === 'yes' ? YES : NO;
  if (heard.means('affirm')) return YES;
  return heard.means('deny') && !heard.stated('not_now') ? NO : undefined;
}

/** "I am worth nothing", "help": said to this question, they answer it. */
function despairs({ recognition }: Heard): boolean {
  const { action, distress, entities, intents, top3 } = recognition;
  if (distress !== 'no') return true;
  const way = entities.find(({ kind }) => kind === 'way_out')?.value;
  if (way !== undefined) return way === 'help';
  if (action === 'answer' && intents[0]?.intent === 'help') return true;
  return (
    action !== 'unknown' && top3.some(({ intent, score }) => score >= HEARD && DESPAIR.has(intent))
  );
}
