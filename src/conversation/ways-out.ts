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
  if (way === 'menu' || way === 'stop') run.state.paused = run.state.stack.length > 0;
}

async function goBack<W extends World>(run: Run<W>): Promise<void> {
  const frame = top(run);
  if (frame === undefined) {
    run.turn.tell('common:nothingBefore');
    return open(run, run.conversation.waysOut.menu);
  }
  const before =
    questionOf(run, frame) === undefined ? frame.trail.at(-1) : beforeLast(frame.trail);
  if (before === undefined) {
    run.state.stack.pop();
    const below = top(run);
    if (below !== undefined) delete below.resumeAt;
    return below !== undefined && questionOf(run, below) !== undefined
      ? bringBack(run)
      : goBack(run);
  }
  frame.step = before;
  return bringBack(run);
}

/** Takes the current question off the trail and answers the one before it. */
function beforeLast(trail: string[]): string | undefined {
  trail.pop();
  return trail.at(-1);
}

/** Puts the question on top once more, as it was. */
export async function bringBack<W extends World>(run: Run<W>): Promise<void> {
  const frame = top(run);
  const step = frame && questionOf(run, frame);
  if (frame === undefined || step === undefined) return;
  await put(run, frame, step, 0);
}
