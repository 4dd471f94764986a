import { type Alone, stepAddress } from './dialog.ts';
import type { Action } from './message.ts';
import { answer, put, questionOf, type Run, top } from './run.ts';
import type { Frame } from './state.ts';
import type { World } from './turn.ts';

/** How the question on top stands alone, when it does. */
const aloneOnTop = <W extends World>(run: Run<W>): Alone | undefined => {
  const frame = top(run);
  return frame && questionOf(run, frame)?.alone;
};

/**
 * Reads a message where the question on top stands alone. Answers false when something is still to
 * be done: a button to press, or the other thing that the person plainly asks for, the question let go.
 */
export async function readAlone<W extends World>(
  run: Run<W>,
  chosen: Action | undefined,
): Promise<boolean> {
  const frame = top(run);
  const alone = aloneOnTop(run);
  if (frame === undefined || alone === undefined) return false;
  if (chosen !== undefined) return isItsButton(frame, chosen) ? false : leave(run, alone);
  if (await aboutIt(run, frame)) return true;
  const { heard } = run.turn;
  const value = await questionOf(run, frame)?.read(heard, run.turn, frame.data);
  if (value !== undefined) await answer(run, value);
  else if (alone.leaves(heard)) return leave(run, alone);
  else await putAgain(run, frame, alone);
  return true;
}

const isItsButton = (frame: Frame, action: Action): boolean =>
  action.do === 'answer' && action.step === stepAddress(frame.dialog, frame.step);

function leave<W extends World>(run: Run<W>, { left }: Alone): false {
  run.state.stack.pop();
  run.turn.tell(left);
  return false;
}

/** "Why do you ask?", "say that again", "I'd rather not say". */
async function aboutIt<W extends World>(run: Run<W>, frame: Frame): Promise<boolean> {
  const step = questionOf(run, frame);
  const said = run.turn.heard.recognition.entities.find(({ kind }) => kind === 'meta')?.value;
  if (step === undefined || said === undefined) return false;
  if (said === 'why') run.turn.tell(step.why);
  if (said === 'why' || said === 'repeat') await put(run, frame, step, 1);
  else if (said === 'skip' && step.skip !== undefined) await answer(run, step.skip);
  else return false;
  return true;
}

/** Once in other words; then the person is taken to have said what unclear words stand for. */
async function putAgain<W extends World>(run: Run<W>, frame: Frame, alone: Alone): Promise<void> {
  const step = questionOf(run, frame);
  if (step === undefined || frame.round > 0) return answer(run, alone.unclear);
  if (run.turn.incoming.hasAttachment) run.turn.tell('common:cannotRead');
  await put(run, frame, step, 1);
}

/** A question that stands alone is not brought back: what was done instead has passed it. */
export function letAlonePass<W extends World>(run: Run<W>): void {
  const { state } = run;
  const waits = run.asked ? top(run) : undefined;
  state.stack = state.stack.filter(
    (frame) => frame === waits || questionOf(run, frame)?.alone === undefined,
  );
}

/** Who speaks, told once, where nobody has opened the chat; not beside a question that stands alone. */
export function introduce<W extends World>(run: Run<W>): void {
  if (!run.state.owesFirstWords || aloneOnTop(run) !== undefined) return;
  const key = run.conversation.firstWords(run.turn);
  if (key === undefined) return;
  delete run.state.owesFirstWords;
  run.turn.tell(key);
}
