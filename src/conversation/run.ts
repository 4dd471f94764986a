import { AppError } from '#shared/errors.ts';
import type { Call, Conversation } from './conversation.ts';
import { type AskStep, type Dialog, type Next, type Step, stepAddress } from './dialog.ts';
import type { Mask } from './masking/mask.ts';
import type { Reply } from './reply.ts';
import type { ConversationState, Frame } from './state.ts';
import type { Text } from './text-key.ts';
import type { Turn, World } from './turn.ts';
import type { UnreadMessages } from './unread-messages.ts';

/** One turn on its way: the state it changes and what was said so far. */
export interface Run<W extends World = World> {
  readonly conversation: Conversation<W>;
  readonly dialogs: ReadonlyMap<string, Dialog<W>>;
  readonly state: ConversationState;
  readonly turn: Turn<W>;
  readonly said: Reply[];
  /** A title in the language of the conversation. */
  readonly sayTitle: (title: Text) => string;
  readonly mask: Mask;
  readonly unread: UnreadMessages;
  /** See `Turn.passing`. */
  passing: boolean;
  /** See `Turn.hurried`. */
  hurried: boolean;
  /** The question that waits was put in this very turn: it need not be brought back. */
  asked: boolean;
}

/** More steps than this in one turn is a circle. */
const MOST_STEPS = 40;
/** Digressions within digressions; the oldest is let go. */
const DEEPEST = 6;

/** Opens a dialog on top of whatever waits, and runs it until it asks or ends. */
export async function open<W extends World>(run: Run<W>, call: Call): Promise<void> {
  const dialog = dialogOf(run, call.dialog);
  if (call.at === undefined && (await reopened(run, call))) return;
  remove(run, dialog.id);
  push(run, dialog, call);
  await follow(run, { to: call.at ?? dialog.start });
}

/**
 * A dialog already under way is not begun twice: what was opened above it is over, and its
 * question comes back, with whatever the person has just added ("book the 8th").
 */
async function reopened<W extends World>(run: Run<W>, call: Call): Promise<boolean> {
  const { stack } = run.state;
  const at = stack.findIndex((frame) => frame.dialog === call.dialog);
  const frame = stack[at];
  if (frame === undefined) return false;
  Object.assign(frame.data, call.with);
  if (frame.resumeAt !== undefined) {
    stack.length = at + 2;
    run.state.paused = false;
    return true;
  }
  if (questionOf(run, frame) === undefined) return false;
  stack.length = at + 1;
  run.state.paused = false;
  run.asked = false;
  const { form } = dialogOf(run, frame.dialog);
  if (form !== undefined) await follow(run, await form.next(run.turn, frame.data));
  return true;
}

function remove(run: { readonly state: ConversationState }, dialog: string): void {
  const at = run.state.stack.findIndex((frame) => frame.dialog === dialog);
  if (at >= 0) run.state.stack.splice(at, 1);
}

function push<W extends World>(run: Run<W>, dialog: Dialog<W>, call: Call): void {
  run.state.stack.push({
    dialog: dialog.id,
    version: dialog.version,
    step: call.at ?? dialog.start,
    data: { ...call.with },
    round: 0,
    trail: [],
  });
  if (run.state.stack.length > DEEPEST) run.state.stack.shift();
}

/** Goes where a step of the top dialog leads, and on, until something is asked or all is over. */
export async function follow<W extends World>(run: Run<W>, first: Next): Promise<void> {
  let next: Next | undefined = first;
  for (let count = 0; next !== undefined; count += 1) {
    if (count > MOST_STEPS) {
      throw new AppError('DIALOG_BROKEN', `${top(run)?.dialog} runs in circles.`);
    }
    next = await advance(run, next);
  }
}

/** One move. Answers where to go next, or undefined when the turn waits or is over. */
async function advance<W extends World>(run: Run<W>, next: Next): Promise<Next | undefined> {
  const frame = top(run);
  if (frame === undefined) return undefined;
  if (next === 'end') return finish(run);
  if ('become' in next) {
    run.state.stack.pop();
    const call = {
      dialog: next.become,
      with: next.with ?? {},
      ...(next.at ? { at: next.at } : {}),
    };
    const dialog = dialogOf(run, next.become);
    remove(run, dialog.id);
    push(run, dialog, call);
    return { to: next.at ?? dialog.start };
  }
  if ('call' in next) {
    frame.resumeAt = next.resumeAt;
    const dialog = dialogOf(run, next.call);
    remove(run, dialog.id);
    push(run, dialog, { dialog: next.call, with: next.with ?? {} });
    return { to: dialog.start };
  }
  return enter(run, frame, next.to);
}

async function enter<W extends World>(
  run: Run<W>,
  frame: Frame,
  name: string,
): Promise<Next | undefined> {
  const step = stepOf(run, frame.dialog, name);
  const from = dialogOf(run, frame.dialog).steps[frame.step];
  if (from !== undefined && name !== frame.step) declared(frame, from.leads, name);
  frame.step = name;
  if (step.kind === 'ask') {
    await put(run, frame, step, 0);
    return undefined;
  }
  const next = await step.run(run.turn, frame.data);
  declared(frame, step.leads, leadOf(next));
  return next;
}

/** Puts a question and waits. */
export async function put<W extends World>(
  run: Run<W>,
  frame: Frame,
  step: AskStep<W>,
  round: number,
): Promise<void> {
  frame.round = round;
  if (frame.trail.at(-1) !== frame.step) frame.trail.push(frame.step);
  run.said.push(await step.question(run.turn, frame.data, round));
  run.asked = true;
  run.state.paused = false;
}

/** Gives a read answer to the question on top. */
export async function answer<W extends World>(run: Run<W>, value: string): Promise<void> {
  const frame = top(run);
  const step = frame && questionOf(run, frame);
  if (frame === undefined || step === undefined) return;
  frame.round = 0;
  run.state.misses = 0;
  run.state.paused = false;
  const next = await step.take(run.turn, frame.data, value);
  declared(frame, step.leads, leadOf(next));
  await follow(run, next);
}

function finish<W extends World>(run: Run<W>): Next | undefined {
  run.state.stack.pop();
  const below = top(run);
  if (below?.resumeAt === undefined) return undefined;
  const next = { to: below.resumeAt };
  delete below.resumeAt;
  return next;
}

function declared(frame: Frame, leads: readonly string[], lead: string): void {
  if (leads.includes(lead)) return;
  throw new AppError(
    'DIALOG_BROKEN',
    `${stepAddress(frame.dialog, frame.step)} leads to ${lead}, which it does not declare.`,
  );
}

function leadOf(next: Next): string {
  if (next === 'end') return 'end';
  if ('call' in next) return `@${next.call}`;
  return 'become' in next ? `@${next.become}` : next.to;
}

export const top = (run: { readonly state: ConversationState }): Frame | undefined =>
  run.state.stack.at(-1);

export function dialogOf<W extends World>(run: Run<W>, id: string): Dialog<W> {
  const dialog = run.dialogs.get(id);
  if (dialog === undefined) throw new AppError('DIALOG_BROKEN', `There is no dialog ${id}.`);
  return dialog;
}

function stepOf<W extends World>(run: Run<W>, dialog: string, name: string): Step<W> {
  const step = dialogOf(run, dialog).steps[name];
  if (step === undefined) throw new AppError('DIALOG_BROKEN', `${dialog} has no step ${name}.`);
  return step;
}

/** The question a frame waits on, when it waits on one. */
export function questionOf<W extends World>(run: Run<W>, frame: Frame): AskStep<W> | undefined {
  const step = run.dialogs.get(frame.dialog)?.steps[frame.step];
  return step?.kind === 'ask' ? step : undefined;
}
