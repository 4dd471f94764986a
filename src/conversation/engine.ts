import { letAlonePass } from './alone.ts';
import type { Conversation } from './conversation.ts';
import { stepAddress } from './dialog.ts';
import { type Heard, heardNothing } from './heard.ts';
import { guessedInVain, keepGuessed } from './keep-unread.ts';
import { listen } from './listen.ts';
import type { Mask } from './masking/mask.ts';
import type { Incoming, Outgoing } from './message.ts';
import { atMostThree, render } from './render.ts';
import type { Reply } from './reply.ts';
import { open, put, questionOf, type Run, top } from './run.ts';
import type { ConversationState } from './state.ts';
import type { Turn, World } from './turn.ts';
import type { UnreadMessages } from './unread-messages.ts';
import type { Words } from './words.ts';

/** What the engine is given for one turn. */
export interface TurnInput<W extends World> {
  readonly incoming: Incoming;
  /** Undefined when there are no words to read. */
  readonly heard: Heard | undefined;
  readonly now: Date;
  readonly personId: string;
  readonly services: W['services'];
  /** Where a message that is not understood is kept, in the turn's transaction. */
  readonly unread: UnreadMessages;
  /** Whether this conversation has had a turn before. */
  readonly known: boolean;
  /** The state could not be read back: something was lost on our side. */
  readonly lost: boolean;
}

/** Runs one turn: changes `state` in place and answers what to say. Pure but for the services. */
export type Engine<W extends World> = (
  state: ConversationState,
  input: TurnInput<W>,
) => Promise<readonly Outgoing[]>;

/**
 * The engine that the dialogs run on. `mask` hides who wrote a message before it is kept.
 * Throws DIALOG_BROKEN when a dialog goes where it does not say it goes.
 */
export function createEngine<W extends World>(
  conversation: Conversation<W>,
  words: Words,
  mask: Mask,
): Engine<W> {
  const dialogs = new Map(conversation.dialogs.map((dialog) => [dialog.id, dialog]));
  return async (state, input) => {
    const run = begin({ conversation, dialogs, words, mask }, state, input);
    dropOutdated(run);
    conversation.before(run.turn);
    if (input.lost) run.turn.tell('common:updated');
    if (input.incoming.kind === 'start') await openChat(run, input.known);
    else {
      if (!input.known) state.owesFirstWords = true;
      const guessed = guessedInVain(run);
      await listen(run);
      await keepGuessed(run, guessed);
    }
    await resume(run);
    // Never silence: whoever writes is answered.
    if (run.said.length === 0) await open(run, conversation.waysOut.menu);
    const { messages, said } = render(run.said, state, words);
    state.last = said;
    return atMostThree(messages);
  };
}

function begin<W extends World>(
  {
    conversation,
    dialogs,
    words,
    mask,
  }: Pick<Run<W>, 'conversation' | 'dialogs' | 'mask'> & {
    readonly words: Words;
  },
  state: ConversationState,
  input: TurnInput<W>,
): Run<W> {
  const said: Reply[] = [];
  const lastSaid = state.last;
  let heard = input.heard ?? heardNothing();
  const run: Omit<Run<W>, 'turn'> & { turn: Turn<W> } = {
    conversation,
    dialogs,
    state,
    said,
    passing: false,
    hurried: false,
    asked: false,
    mask,
    unread: input.unread,
    sayTitle: (title) => words.say(state.locale, title.key, title.values),
    turn: {
      now: input.now,
      personId: input.personId,
      incoming: input.incoming,
      get heard() {
        return heard;
      },
      hearNothing() {
        heard = heardNothing();
      },
      services: input.services,
      get memory() {
        return state.memory as W['memory'];
      },
      get locale() {
        return state.locale;
      },
      get passing() {
        return run.passing;
      },
      get hurried() {
        return run.hurried;
      },
      get waiting() {
        return state.stack.length > 1;
      },
      lastSaid,
      speak(locale) {
        const nearest = words.nearest(locale);
        if (nearest.split('-')[0] !== locale.split('-')[0]) return false;
        if (locale.includes('-x-') && nearest !== locale) return false;
        state.locale = nearest;
        return true;
      },
      say: (reply) => said.push(run.passing ? withoutChoices(reply) : reply),
      tell: (key, values) => said.push(values === undefined ? { key } : { key, values }),
      pause() {
        state.paused = state.stack.length > 0;
      },
      forget() {
        state.memory = {};
        state.stack.length = 0;
      },
    },
  };
  return run;
}

const withoutChoices = ({ choices: _, ...reply }: Reply): Reply => reply;

/** A dialog that has changed since the state was saved begins again, and says so. */
function dropOutdated<W extends World>(run: Run<W>): void {
  const { stack } = run.state;
  const at = stack.findIndex((frame) => {
    const dialog = run.dialogs.get(frame.dialog);
    return dialog === undefined || dialog.version !== frame.version || !dialog.steps[frame.step];
  });
  if (at < 0) return;
  stack.length = at;
  run.turn.tell('common:updated');
}

/** Opening the chat again does not greet again: what waits comes back. */
async function openChat<W extends World>(run: Run<W>, known: boolean): Promise<void> {
  const danger = run.conversation.safety(run.turn, undefined, undefined);
  if (danger !== undefined) return open(run, danger);
  if (known && run.state.stack.length > 0) return;
  await open(run, run.conversation.opening);
}

/** After a digression the question that waits is put again, with everything already said kept. */
async function resume<W extends World>(run: Run<W>): Promise<void> {
  letAlonePass(run);
  const frame = top(run);
  const step = frame && questionOf(run, frame);
  if (frame === undefined || step === undefined || run.asked || run.state.paused) return;
  if (run.said.length === 0) return put(run, frame, step, 0);
  const question = await step.question(run.turn, frame.data, 0);
  const key = saidBefore(run, 'common:backTo') ? 'common:backToAgain' : 'common:backTo';
  const text = step.brief === undefined ? textOf(question) : { key: step.brief };
  withdrawChoices(run.said, question);
  run.said.push({ ...question, key, values: { question: text } });
}

/** Only the question's own buttons can be pressed, or numbered, at the end of the turn. */
function withdrawChoices(said: Reply[], question: Reply): void {
  if (question.choices === undefined) return;
  for (const [index, reply] of said.entries()) said[index] = withoutChoices(reply);
}

const saidBefore = <W extends World>(run: Run<W>, key: string): boolean =>
  run.turn.lastSaid.some((reply) => reply.key === key);

const textOf = ({ key, values }: Reply) => (values === undefined ? { key } : { key, values });

/** Where the conversation waits, e.g. `booking.session`; undefined when it waits for nothing. */
export const waitingAt = (state: ConversationState): string | undefined => {
  const frame = state.stack.at(-1);
  return frame && stepAddress(frame.dialog, frame.step);
};
