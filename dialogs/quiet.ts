import type { Heard } from '#conversation/heard.ts';
import type { Action } from '#conversation/message.ts';
import type { Intent } from '#shared/intents.ts';
import type { Danger, DeclicTurn, Quiet } from './world.ts';

/** A person who writes the next day is greeted as anyone. */
const LASTS_MS = 12 * 3_600_000;

/** The danger that the message speaks of: of one's own life, when nothing says otherwise. */
export function dangerIn({ heard }: DeclicTurn): Danger {
  const said = heard.recognition.entities.filter(({ kind }) => kind === 'danger');
  const named = (['violence', 'relative'] as const).find((danger) =>
    said.some(({ value }) => value === danger),
  );
  return named ?? 'self';
}

/** What keeps us quiet now; too long ago is forgotten. */
export function quietNow({ memory, now }: DeclicTurn): Quiet | undefined {
  const { quiet } = memory;
  if (quiet === undefined) return undefined;
  if (!(now.getTime() - quiet.heardAt < LASTS_MS)) delete memory.quiet;
  return memory.quiet?.over ? undefined : memory.quiet;
}

/** From here on, nothing about the programme, until the person comes back to it. */
export function beQuiet(turn: DeclicTurn, danger: Danger): void {
  const denied = turn.memory.quiet?.denied ?? false;
  turn.memory.quiet = { danger, heardAt: turn.now.getTime(), stayed: 0, denied };
  turn.pause();
}

/** What a person says while they are still in it: none of this brings the programme back. */
const STILL_THERE: ReadonlySet<Intent> = new Set([
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
  'help',
  'privacy_info',
  // "He reads my messages" may be taken for it: no copy of them is shown.
  'privacy_export',
  'bot_identity',
]);

const isStillThere = (intent: Intent): boolean =>
  STILL_THERE.has(intent) || intent.startsWith('barrier_');

/** What is plainly asked, other than help with what hurts; ways out and "where were we?" too. */
export function asksPlainly({ recognition }: Heard): boolean {
  if (recognition.distress !== 'no') return false;
  const said = recognition.entities.some(
    ({ kind, value }) =>
      (kind === 'way_out' && value !== 'help') || (kind === 'meta' && value === 'resume'),
  );
  const intent = recognition.intents[0]?.intent;
  return said || (recognition.action === 'answer' && intent !== undefined && !isStillThere(intent));
}

const asksForHuman = ({ recognition }: Heard, chosen: Action | undefined): boolean =>
  chosen !== undefined
    ? chosen.do === 'way_out' && chosen.way === 'human'
    : recognition.entities.some(({ kind, value }) => kind === 'way_out' && value === 'human') ||
      (recognition.action === 'answer' && recognition.intents[0]?.intent === 'human_request');

/** "I was joking", "it is only work"; not "is this a joke?". */
export const deniesDanger = (heard: Heard): boolean =>
  heard.has('no_danger') && !heard.text.includes('?');

/** "Stop", "I want to stop": where words of dying were read, it may mean either. */
export const wantsToStop = ({ recognition }: Heard): boolean =>
  recognition.entities.some(({ kind, value }) => kind === 'way_out' && value === 'stop') ||
  (recognition.action === 'answer' && recognition.intents[0]?.intent === 'stop_messages');

/** What to do with a message while quiet. */
type InQuiet =
  /** The person asks for a person of the team. */
  | 'call_back'
  /** It is said in the form for the call-back, and is for that form. */
  | 'form'
  /** In that form too, and the programme has an answer: it keeps it. */
  | 'beside_form'
  /** There is no danger, the person says: a joke, a manner of speaking. */
  | 'denied'
  /** The person comes back to the programme. */
  | 'back'
  | 'stay';

export function inQuiet(
  turn: DeclicTurn,
  waitsAt: string | undefined,
  chosen: Action | undefined,
  { denied }: Quiet,
): InQuiet {
  const { heard } = turn;
  const inForm = waitsAt?.startsWith('human.') === true;
  if (asksForHuman(heard, chosen)) return inForm ? 'form' : 'call_back';
  if (chosen !== undefined) return isOfForm(chosen) ? 'form' : 'back';
  if (heard.recognition.distress !== 'no' || wantsToStop(heard)) return 'stay';
  if (deniesDanger(heard) && !denied) return 'denied';
  if (inForm) return readInForm(turn, waitsAt);
  return asksPlainly(heard) ? 'back' : 'stay';
}

const isOfForm = (action: Action): boolean =>
  action.do === 'answer' && action.step.startsWith('human.');

const TAKES_ANY_WORDS: ReadonlySet<string> = new Set(['human.firstName', 'human.when']);
const FOR_THE_FORM: ReadonlySet<string> = new Set(['phone', 'email', 'meta', 'not_now']);

/** A name or a moment may look like anything; a number or an agreement does not. */
function readInForm(turn: DeclicTurn, waitsAt: string): InQuiet {
  const { heard } = turn;
  const { action, entities, intents } = heard.recognition;
  if (entities.some(({ kind }) => kind === 'way_out')) {
    return asksPlainly(heard) ? 'back' : 'beside_form';
  }
  const given = entities.some(({ kind }) => FOR_THE_FORM.has(kind));
  const first = intents[0]?.intent;
  const speaks = TAKES_ANY_WORDS.has(waitsAt) ? heard.text.includes('?') : action !== 'unknown';
  if (given || !speaks || first === undefined || first === 'none') return 'form';
  if (first === 'affirm' || first === 'deny') return 'form';
  return asksPlainly(heard) ? 'back' : 'beside_form';
}
