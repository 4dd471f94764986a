import type { Intent } from '#shared/intents.ts';
import { introduce, readAlone } from './alone.ts';
import { agreed, choose } from './choices.ts';
import type { Route } from './conversation.ts';
import { stepAddress } from './dialog.ts';
import { asks, asksForLanguage, declines, isYes, meantIntents, surely } from './meaning.ts';
import { type Action, WAYS_OUT, type WayOut } from './message.ts';
import { misunderstood, offerGuesses } from './misunderstood.ts';
import { answer, dialogOf, follow, open, put, questionOf, type Run, top } from './run.ts';
import { actionSchema, type Frame } from './state.ts';
import { isTopic } from './topic.ts';
import type { World } from './turn.ts';
import { takeWayOut } from './ways-out.ts';

/**
 * Decides what a message means, in this order: danger; a button; the buttons just shown, typed
 * or numbered; a way out; the question that waits; anything else.
 */
export async function listen<W extends World>(run: Run<W>): Promise<void> {
  const { turn } = run;
  const pressed = actionSchema.safeParse(turn.incoming.action);
  const typed = pressed.success ? undefined : choose(turn.heard, turn.lastSaid, run.sayTitle);
  const chosen = pressed.success ? (pressed.data as Action) : typed;
  const waits = run.state.paused ? undefined : top(run);
  const danger = run.conversation.safety(
    turn,
    waits && stepAddress(waits.dialog, waits.step),
    chosen,
  );
  if (danger !== undefined) {
    run.state.misses = 0;
    return open(run, danger);
  }
  if (await readAlone(run, chosen)) return;
  introduce(run);
  // A button that was typed says what the button says, and nothing else.
  if (typed !== undefined) turn.hearNothing();
  if (chosen !== undefined) return act(run, chosen);
  if (turn.heard.text === '') return readNothing(run);
  const way = askedWayOut(run);
  if (way !== undefined) return takeWayOut(run, way);
  const frame = top(run);
  if (frame !== undefined && questionOf(run, frame) !== undefined) return readAnswer(run, frame);
  return readFreely(run);
}

/** Does what a button does. A button of a question that has passed is set aside kindly. */
export async function act<W extends World>(run: Run<W>, action: Action): Promise<void> {
  if (action.do === 'way_out') return takeWayOut(run, action.way);
  if (action.do === 'intent') return openIntents(run, [action.intent], action.with);
  if (action.do === 'answer') return answerButton(run, action);
  if (action.do === 'resume') {
    run.state.paused = false;
    if (top(run) === undefined) run.turn.tell('common:nothingWaits');
  }
}

async function answerButton<W extends World>(
  run: Run<W>,
  action: Extract<Action, { do: 'answer' }>,
): Promise<void> {
  const at = run.state.stack.findLastIndex((frame) => action.step.startsWith(`${frame.dialog}.`));
  const frame = run.state.stack[at];
  const name = frame && action.step.slice(frame.dialog.length + 1);
  const step = frame && name ? dialogOf(run, frame.dialog).steps[name] : undefined;
  const isTheirs = frame && (frame.step === name || frame.trail.includes(name ?? ''));
  if (!(frame && name && step?.kind === 'ask' && isTheirs)) return stale(run);
  if (!(await step.accepts(action.value, run.turn, frame.data))) return stale(run);
  run.state.stack.length = at + 1;
  delete frame.resumeAt;
  frame.step = name;
  return answer(run, action.value);
}

function stale<W extends World>(run: Run<W>): void {
  run.turn.tell('common:staleChoice');
}

/** A picture, a voice message, nothing at all. */
function readNothing<W extends World>(run: Run<W>): void {
  run.turn.tell(run.turn.incoming.hasAttachment ? 'common:cannotRead' : 'common:nothingSaid');
}

function askedWayOut<W extends World>(run: Run<W>): WayOut | undefined {
  const { heard } = run.turn;
  const said = heard.recognition.entities.find((entity) => entity.kind === 'way_out');
  if (said !== undefined) return WAYS_OUT.find((way) => way === said.value);
  // In the middle of a form, "no wait, I was wrong" mends it: the form looks first.
  if (heard.has('correction') && top(run) !== undefined) return undefined;
  return surely(run) ? wayOutOf(run, heard.recognition.intents[0]?.intent) : undefined;
}

function wayOutOf<W extends World>(run: Run<W>, intent: Intent | undefined): WayOut | undefined {
  const route = intent && run.conversation.routes[intent];
  return route && 'wayOut' in route ? route.wayOut : undefined;
}

/** Reads a message as the answer to the question that waits, then as anything else. */
async function readAnswer<W extends World>(run: Run<W>, frame: Frame): Promise<void> {
  const step = questionOf(run, frame);
  if (step === undefined) return;
  const { turn } = run;
  if (await settled(run, frame)) return;
  const value = await step.read(turn.heard, turn, frame.data);
  const sides = sideQuestions(run, value !== undefined, step.free === true);
  if (value === undefined || (step.free && sides.length > 0)) return readAside(run, frame, sides);
  if (sides.length > 0) await passBy(run, sides);
  return answer(run, value);
}

function setAside<W extends World>(run: Run<W>): void {
  run.turn.tell('common:setAside');
  run.turn.pause();
  run.state.misses = 0;
}

/** Whether the question that waits is the one just seen: a yes to anything else is not for it. */
const putLast = <W extends World>({ turn }: Run<W>, frame: Frame): boolean => {
  const address = stepAddress(frame.dialog, frame.step);
  const offered = turn.lastSaid.findLast(({ choices }) => choices?.length)?.choices;
  return (offered ?? []).some(({ action }) => action.do === 'answer' && action.step === address);
};

/** What comes before the answer: a word about the question, a yes to something else, a correction. */
async function settled<W extends World>(run: Run<W>, frame: Frame): Promise<boolean> {
  if (await meta(run, frame)) return true;
  const step = questionOf(run, frame);
  if (step !== undefined && isYes(run) && !putLast(run, frame)) {
    await (run.state.paused ? readFreely(run) : put(run, frame, step, 1));
    return true;
  }
  // At the recap, whatever the person states is how it should read.
  const mends = run.turn.heard.has('correction') || frame.step === 'recap';
  return mends && (await mend(run, frame, 'correct'));
}

/** No answer to the question: something else is asked, stated, or nothing can be made of it. */
async function readAside<W extends World>(
  run: Run<W>,
  frame: Frame,
  sides: readonly Intent[],
): Promise<void> {
  if (declines(run)) return setAside(run);
  // "I need subtitles", said plainly in the middle of a form, is for the form.
  if (!asks(run) && (await mend(run, frame, 'empty'))) return;
  if (sides.length > 0) return openIntents(run, sides);
  if (await mend(run, frame, 'empty')) return;
  if (asksForLanguage(run)) return openIntents(run, ['change_language']);
  if (run.turn.heard.recognition.action === 'clarify' && offerGuesses(run)) return;
  return misunderstood(run, frame);
}

/** "Why do you ask?", "I'd rather not say", "say that again", "where were we?". */
async function meta<W extends World>(run: Run<W>, frame: Frame): Promise<boolean> {
  const step = questionOf(run, frame);
  const said = run.turn.heard.recognition.entities.find((entity) => entity.kind === 'meta')?.value;
  if (step === undefined || said === undefined) return false;
  if (said === 'why') run.turn.tell(step.why);
  else if (said === 'repeat') await put(run, frame, step, Math.max(1, frame.round));
  else if (said === 'resume') run.state.paused = false;
  else if (said === 'skip' && step.skip !== undefined) await answer(run, step.skip);
  else if (said === 'skip') run.turn.tell('common:cannotSkip');
  else if (said === 'modify' && canModify(run, frame)) await follow(run, { to: 'modify' });
  else return false;
  if (said !== 'resume') run.state.misses = 0;
  run.state.paused = false;
  return true;
}

/** Among the questions of a form, "modify" chooses which one; at the recap, the recap reads it. */
const canModify = <W extends World>(run: Run<W>, frame: Frame): boolean =>
  dialogOf(run, frame.dialog).form !== undefined && !['recap', 'modify'].includes(frame.step);

/** Lets a form take what the message states for its other questions, or correct them. */
async function mend<W extends World>(
  run: Run<W>,
  frame: Frame,
  mode: 'empty' | 'correct',
): Promise<boolean> {
  const { form } = dialogOf(run, frame.dialog);
  if (form === undefined) return false;
  const changed = await form.harvest(run.turn, frame.data, mode);
  if (changed.length === 0) return false;
  run.state.misses = 0;
  await form.noted(run.turn, frame.data, changed);
  await follow(run, await form.next(run.turn, frame.data));
  return true;
}

/** What else the message says, beside an answer: only what is plainly asked then. */
function sideQuestions<W extends World>(
  run: Run<W>,
  answered: boolean,
  free: boolean,
): readonly Intent[] {
  const { heard } = run.turn;
  if (!surely(run)) return [];
  const others = meantIntents(run).filter(
    (intent) => routeOf(run, intent)?.kind === 'answer' || !answered || free,
  );
  let routed = others.filter((intent) => routeOf(run, intent) && !SAYS_NOTHING.has(intent));
  // "When the children sleep" is a moment, whatever doubt it sounds like.
  if (answered && free && !heard.text.includes('?')) routed = routed.filter(isNoDoubt);
  if ((!answered && !free) || asks(run)) return routed;
  // Any words are an answer to a free question, but "change the date" is an order.
  if (free && isOrder(run)) return routed.slice(0, 1);
  // "Yes, but at my age…": the doubt is heard before the answer is taken.
  return heard.has('but') ? routed.filter((intent) => !isNoDoubt(intent)) : [];
}

const isNoDoubt = (intent: Intent): boolean => !intent.startsWith('barrier_');

/** A yes or a no that does not answer the question says nothing else. */
const SAYS_NOTHING: ReadonlySet<Intent> = new Set(['affirm', 'deny', 'none']);

/** Sure of it, and about bookings or dates rather than the person. */
const SURE = 0.9;
const ORDERS: ReadonlySet<Intent> = new Set(['booking_view', 'session_list']);

function isOrder<W extends World>(run: Run<W>): boolean {
  const first = run.turn.heard.recognition.intents[0];
  if (first === undefined || first.score < SURE) return false;
  return routeOf(run, first.intent)?.kind === 'flow' || ORDERS.has(first.intent);
}

function routeOf<W extends World>(run: Run<W>, intent: Intent): Route | undefined {
  const route = run.conversation.routes[intent];
  return 'wayOut' in route ? undefined : route;
}

/** No question waits. */
async function readFreely<W extends World>(run: Run<W>): Promise<void> {
  const { recognition } = run.turn.heard;
  if (recognition.entities.some((entity) => entity.kind === 'meta' && entity.value === 'repeat')) {
    return openIntents(run, ['repeat']);
  }
  const intents = meantIntents(run);
  const yes = intents[0] === 'affirm' ? agreed(run.turn.lastSaid) : undefined;
  if (yes !== undefined) return act(run, yes);
  if (surely(run) && intents[0] !== undefined && intents[0] !== 'none') {
    return openIntents(run, intents);
  }
  if (asksForLanguage(run)) return openIntents(run, ['change_language']);
  if (recognition.action === 'clarify' && offerGuesses(run)) return;
  return misunderstood(run, undefined);
}

/** Answers in passing, before going on with something else in the same turn. */
async function passBy<W extends World>(run: Run<W>, intents: readonly Intent[]): Promise<void> {
  run.passing = true;
  for (const call of plan(run, intents).slice(0, 1)) await open(run, call);
  run.passing = false;
}

/** Opens what the intents ask for: everything but the last in passing, questions at the end. */
export async function openIntents<W extends World>(
  run: Run<W>,
  intents: readonly Intent[],
  extra: Readonly<Record<string, string>> = {},
): Promise<void> {
  const way = wayOutOf(run, intents[0]);
  if (way !== undefined) return takeWayOut(run, way);
  run.state.misses = 0;
  const topic = intents.find(isTopic);
  if (topic !== undefined) run.state.topic = topic;
  const waits = top(run) !== undefined && !run.state.paused;
  const calls = plan(run, intents);
  run.hurried = calls.length > 2;
  for (const [index, call] of calls.entries()) {
    run.passing = index < calls.length - 1 || (waits && call.kind !== 'flow');
    await open(run, { ...call, with: { ...call.with, ...extra } });
  }
  run.passing = false;
}

/**
 * Which dialogs to open, in order: intents of one dialog and step together, courtesies only when
 * nothing else is said, two answers at most, and one flow at the end.
 */
function plan<W extends World>(run: Run<W>, intents: readonly Intent[]): readonly Route[] {
  const calls = new Map<string, Route & { with: { intents: Intent[] } }>();
  for (const intent of intents) {
    const route = routeOf(run, intent);
    if (route === undefined) continue;
    const address = stepAddress(route.dialog, route.at ?? '');
    const known = calls.get(address);
    if (known !== undefined) known.with.intents.push(intent);
    else calls.set(address, { ...route, with: { ...route.with, intents: [intent] } });
  }
  const all = [...calls.values()];
  const told = all.filter((route) => route.kind === 'answer');
  const flows = all.filter((route) => route.kind === 'flow');
  // Booking begins with eligibility: asked together, booking is what is asked.
  const flow =
    flows.find(({ includes }) => flows.some(({ dialog }) => dialog === includes)) ?? flows[0];
  const courtesy = all.filter((route) => route.kind === 'courtesy').slice(0, 1);
  if (told.length === 0 && flow === undefined) return courtesy;
  return flow === undefined ? told.slice(0, 2) : [...told.slice(0, 2), flow];
}
