import type { Intent } from '#shared/intents.ts';
import { keepUnread, noteGuessed } from './keep-unread.ts';
import type { Choice, Reply } from './reply.ts';
import { put, questionOf, type Run, top } from './run.ts';
import type { Frame } from './state.ts';
import type { World } from './turn.ts';

/** Below this, a guess is not worth a button. */
const WORTH_A_BUTTON = 0.05;
/** A human is offered at this many messages in a row that were not understood. */
const PATIENCE = 3;

const human: Choice = {
  title: { key: 'common:choice.human' },
  action: { do: 'way_out', way: 'human' },
};
const menu: Choice = {
  title: { key: 'common:choice.else' },
  action: { do: 'way_out', way: 'menu' },
};
const resume: Choice = { title: { key: 'common:choice.resume' }, action: { do: 'resume' } };

/**
 * Nothing could be read. At a question: other words, then plainer ones, then a human. Elsewhere:
 * two guesses, then three, then a human. Never the same sentence twice.
 */
export async function misunderstood<W extends World>(
  run: Run<W>,
  frame: Frame | undefined,
): Promise<void> {
  await keepUnread(run);
  run.state.misses += 1;
  const step = frame && questionOf(run, frame);
  if (run.state.misses >= PATIENCE) return offerHuman(run, step !== undefined);
  if (frame !== undefined && step !== undefined) return put(run, frame, step, frame.round + 1);
  const choices = guesses(run, run.state.misses === 1 ? 2 : 3);
  if (choices.length === 0) run.turn.say({ key: 'common:lost', choices: [menu, human] });
  else {
    const key = run.state.misses === 1 ? 'common:unclear' : 'common:unclearAgain';
    run.turn.say({ key, choices: [...choices, menu], ...yesTo(choices) });
  }
}

/** A bare yes, where only one thing was guessed, is for it. */
function yesTo(choices: readonly Choice[]): Pick<Reply, 'yes'> {
  const [only, ...others] = choices;
  return only === undefined || others.length > 0 ? {} : { yes: only.action };
}

/** "Did you mean…?". Answers false when there is no guess worth showing. */
export function offerGuesses<W extends World>(run: Run<W>): boolean {
  const choices = guesses(run, 2);
  // Twice in a row would be an interrogation: the second time, it was not understood.
  const guessedBefore = run.turn.lastSaid.some(({ key }) => key === 'common:guess');
  if (choices.length === 0 || run.state.misses > 0 || guessedBefore) return false;
  noteGuessed(run);
  const waits = run.state.stack.length > 0;
  const last = waits ? resume : menu;
  run.turn.say({ key: 'common:guess', choices: [...choices, last], ...yesTo(choices) });
  run.asked = true;
  return true;
}

function offerHuman<W extends World>(run: Run<W>, waits: boolean): void {
  run.state.misses = 0;
  // Where a person is being asked for already, a person is no way out.
  if (top(run)?.dialog === run.conversation.waysOut.human.dialog) {
    run.turn.say({ key: 'common:stuckHere', choices: [resume, menu] });
  } else {
    run.turn.say({ key: 'common:stuck', choices: waits ? [human, resume, menu] : [human, menu] });
  }
  run.asked = true;
}

function guesses<W extends World>(run: Run<W>, most: number): readonly Choice[] {
  const seen = new Set<string>();
  return run.turn.heard.recognition.top3
    .filter((scored) => scored.score >= WORTH_A_BUTTON)
    .flatMap(({ intent }) => {
      const key = run.conversation.topic(intent);
      if (key === undefined || seen.has(key)) return [];
      seen.add(key);
      return [topicChoice(intent, key)];
    })
    .slice(0, most);
}

const topicChoice = (intent: Intent, key: Choice['title']['key']): Choice => ({
  title: { key },
  action: { do: 'intent', intent },
});
