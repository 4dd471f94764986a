import type { WayOut } from './message.ts';
import { open, put, questionOf, type Run, top } from './run.ts';
import type { World } from './turn.ts';

/**
 * Takes a way out. The menu and "stop" leave the question that waits as it is, to be taken up
 * again; help, a human and erasing come back to it; going back puts the one before; only
 * restarting lets everything go.
 */
export async function takeWayOut<W extends World>(run: Run<W>, way: WayOut): Promise<void> {
  run.state.misses = 0;
  if (way === 'back') return goBack(run);
  if (way === 'restart') run.state.stack.length = 0;
  await open(run, run.conversation.waysOut[way]);
  if (way === 'menu' || way === 'stop') run.turn.pause();
}

/**
 * The question before, in the same dialog or in the one it interrupted. Where there is none, the
 * question that waits stays: going back never loses what was said.
 */
async function goBack<W extends World>(run: Run<W>): Promise<void> {
  const frame = top(run);
  const step = frame && questionOf(run, frame);
  if (frame === undefined || step === undefined) {
    run.turn.tell('common:nothingBefore');
    return open(run, run.conversation.waysOut.menu);
  }
  const before = frame.trail.at(-2);
  if (before !== undefined) {
    frame.trail.pop();
    frame.step = before;
    return bringBack(run);
  }
  const below = run.state.stack.at(-2);
  if (below !== undefined && questionOf(run, below) !== undefined) {
    run.state.stack.pop();
    return bringBack(run);
  }
  run.turn.tell('common:nothingBefore');
}

/** Puts the question on top once more, as it was. */
export async function bringBack<W extends World>(run: Run<W>): Promise<void> {
  const frame = top(run);
  const step = frame && questionOf(run, frame);
  if (frame === undefined || step === undefined) return;
  await put(run, frame, step, 0);
}
