import { choose } from './choices.ts';
import { isYes } from './meaning.ts';
import { questionOf, type Run } from './run.ts';
import { actionSchema } from './state.ts';
import type { World } from './turn.ts';
import type { UnreadMessage } from './unread-messages.ts';

/** Longer messages are kept up to `BEGINNING`: one sentence teaches, a life told is nobody's business. */
const LONGEST = 500;
const BEGINNING = 200;
/** With fewer letters once masked, there is nothing to learn. */
const FEWEST_LETTERS = 2;

/** Keeps, masked, the message that was not understood. Most messages may not be kept: see below. */
export async function keepUnread<W extends World>(run: Run<W>): Promise<void> {
  const message = unreadMessage(run);
  if (message !== undefined) await run.unread.keep(message);
}

/** Remembers until the next message what the guesses were about: none of them may be right. */
export function noteGuessed<W extends World>(run: Run<W>): void {
  const message = unreadMessage(run);
  if (message !== undefined) run.state.guessed = message;
}

/**
 * The message that the last turn made guesses about, when this one takes none of them: it was not
 * understood either. It can be kept once this one has been heard and nothing in it forbids it.
 */
export function guessedInVain<W extends World>(run: Run<W>): UnreadMessage | undefined {
  const { guessed } = run.state;
  delete run.state.guessed;
  const { incoming, heard, lastSaid } = run.turn;
  const pressed = actionSchema.safeParse(incoming.action);
  const chosen = pressed.success ? pressed.data : choose(heard, lastSaid, run.sayTitle);
  const isTaken = chosen === undefined ? isYes(run) : chosen.do === 'intent';
  return isTaken ? undefined : guessed;
}

/** Keeps a message of the turn before, unless what was heard since forbids it. */
export async function keepGuessed<W extends World>(
  run: Run<W>,
  message: UnreadMessage | undefined,
): Promise<void> {
  if (message !== undefined && isAllowed(run)) await run.unread.keep(message);
}

function unreadMessage<W extends World>(run: Run<W>): UnreadMessage | undefined {
  const { text, recognition } = run.turn.heard;
  if (!isAllowed(run) || isUnderstood(run)) return undefined;
  const { language, entities } = recognition;
  const masked = onOneLine(run.mask({ text: beginning(text), language, entities }));
  const letters = masked.replace(/\[\p{L}+\]/gu, '').match(/\p{L}/gu)?.length ?? 0;
  return letters < FEWEST_LETTERS ? undefined : { text: masked, language };
}

/** What people say of themselves when asked, and anything said in danger, is theirs alone. */
function isAllowed<W extends World>(run: Run<W>): boolean {
  if (run.turn.heard.recognition.distress !== 'no') return false;
  const asked = run.state.stack.map((frame) => questionOf(run, frame));
  if (asked.some((step) => step?.free === true || step?.alone !== undefined)) return false;
  return run.conversation.mayKeepUnread(
    run.turn,
    run.state.stack.map(({ dialog }) => dialog),
  );
}

/** A plain yes that does not answer the question is read well: it has nothing to teach. */
function isUnderstood<W extends World>({ turn }: Run<W>): boolean {
  const { action, intents } = turn.heard.recognition;
  return action === 'answer' && intents[0] !== undefined && intents[0].intent !== 'none';
}

/** Nothing that moves a terminal or turns the direction of what follows; emoji stay whole. */
const onOneLine = (text: string): string =>
  text
    .replace(/[\p{Cc}\p{Cs}\s]+/gu, ' ')
    .replace(/(?![\u200c\u200d])\p{Cf}/gu, '')
    .trim();

/** The whole of a message, or the first words of a long one. */
function beginning(text: string): string {
  if (text.length <= LONGEST) return text;
  const cut = text.slice(0, BEGINNING + 1);
  return cut.slice(0, Math.max(cut.search(/\s\S*$/), 0));
}
