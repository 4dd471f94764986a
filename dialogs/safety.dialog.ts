import type { Call } from '#conversation/conversation.ts';
import type { AskStep, Next } from '#conversation/dialog.ts';
import { choice } from '#conversation/form.ts';
import { type Choice, intentChoice } from '#conversation/reply.ts';
import type { DeclicDialog, DeclicTurn, DeclicWorld } from './world.ts';

const YES = 'yes';
const NO = 'no';
const QUIET = ['safety:stay.first', 'safety:stay.second', 'safety:stay.third'] as const;

const callMeBack: Choice = {
  title: { key: 'safety:buttons.call_me_back' },
  action: { do: 'way_out', way: 'human' },
};
const back: Choice = intentChoice('safety:buttons.back', 'help');

/** Distress: numbers that answer day and night, a human, and silence on everything else. */
export const safetyDialog: DeclicDialog = {
  id: 'safety',
  version: 1,
  purpose: 'Answers distress before anything else, and keeps quiet about the programme after it',
  start: 'help',
  steps: {
    help: { kind: 'tell', leads: ['end'], run: tellHelp },
    stay: { kind: 'tell', leads: ['end'], run: stay },
    ask: askStep(),
  },
};

/** Where distress leads in this turn, or undefined when there is none to answer. */
export function watch(
  turn: DeclicTurn,
  waitsIn: string | undefined,
  pressed: boolean,
): Call | undefined {
  const { heard, memory } = turn;
  if (heard.recognition.distress === 'yes') {
    return { dialog: 'safety', at: memory.quiet ? 'stay' : 'help' };
  }
  if (waitsIn === 'safety') return undefined;
  if (heard.recognition.distress === 'maybe' && !memory.quiet)
    return { dialog: 'safety', at: 'ask' };
  if (!memory.quiet) return undefined;
  if (pressed || comesBack(turn)) {
    delete memory.quiet;
    return undefined;
  }
  return { dialog: 'safety', at: 'stay' };
}

/** A button, a way out or a plain question: the person is talking of something else again. */
function comesBack({ incoming, heard }: DeclicTurn): boolean {
  if (incoming.action !== undefined) return true;
  const { recognition } = heard;
  if (recognition.entities.some(({ kind }) => kind === 'way_out')) return true;
  const intent = recognition.intents[0]?.intent;
  return recognition.action === 'answer' && intent !== undefined && !STILL_THERE.has(intent);
}

/** What a person says while they are still in it: none of this brings the programme back. */
const STILL_THERE = new Set<string>([
  'none',
  'affirm',
  'deny',
  'thanks',
  'greeting',
  'goodbye',
  'distress',
  'feedback',
  'abuse',
  'repeat',
  'barrier_not_for_me',
  'barrier_fear_of_failure',
  'barrier_money',
  'barrier_job_gap',
]);

/** From here on, nothing about the programme, until the person comes back to it. */
function beQuiet(turn: DeclicTurn): void {
  turn.memory.quiet = true;
  turn.pause();
}

function tellHelp(turn: DeclicTurn): Next {
  beQuiet(turn);
  const danger = turn.heard.recognition.entities.find(({ kind }) => kind === 'danger')?.value;
  const words = danger === 'violence' || danger === 'relative' ? danger : 'yes';
  turn.tell(`safety:${words}.text`);
  turn.say({ key: `safety:${words}.more`, choices: [callMeBack] });
  return 'end';
}

function stay(turn: DeclicTurn): Next {
  turn.pause();
  const said = new Set(turn.lastSaid.map(({ key }) => key as string));
  const key = QUIET.find((_, index) => said.has(QUIET[index - 1] ?? '')) ?? QUIET[0];
  turn.say({ key, choices: [callMeBack, back] });
  return 'end';
}

function askStep(): AskStep<DeclicWorld> {
  return {
    kind: 'ask',
    leads: ['help', 'end'],
    why: 'safety:maybe',
    question: (_turn, _data, round) => ({
      key: round === 0 ? 'safety:maybe' : 'safety:maybeAgain',
      choices: [
        choice('safety:buttons.maybe_yes', 'safety.ask', YES),
        choice('safety:buttons.maybe_no', 'safety.ask', NO),
      ],
    }),
    read: (heard) => {
      if (heard.recognition.distress !== 'no') return YES;
      const said = heard.stated('yes_no')?.value;
      if (said === 'no' || heard.means('deny')) return NO;
      return said === 'yes' || heard.means('affirm') ? YES : undefined;
    },
    accepts: (value) => value === YES || value === NO,
    take: (turn, _data, value): Next => {
      if (value === NO) {
        turn.tell('safety:maybe_no');
        return 'end';
      }
      beQuiet(turn);
      turn.tell('safety:maybe_yes.text');
      turn.say({ key: 'safety:maybe_yes.more', choices: [callMeBack] });
      return 'end';
    },
  };
}
