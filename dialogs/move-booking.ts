import { type AskStep, type Awaitable, type Next, to } from '#conversation/dialog.ts';
import { choice } from '#conversation/form.ts';
import type { Data } from '#conversation/json.ts';
import { type Choice, intentChoice, type Reply } from '#conversation/reply.ts';
import type { TextKey } from '#conversation/text-key.ts';
import type { HeldBooking, MoveResult } from '#programme/booking.ts';
import { calendarFile } from './booking.dialog.ts';
import { askSession, choosable, placesChanged, readSession, showOthers } from './session-choice.ts';
import { asksForOthers, namedSession } from './session-wanted.ts';
import { bookingCard, whenText } from './session-words.ts';
import type { DeclicTurn, DeclicWorld } from './world.ts';

export const OTHER = 'other';
export const KEEP = 'keep';
const WAIT = 'wait';

/** Someone on a waiting list has no seat: nothing said to them may speak of one. */
export const isWaiting = ({ booking }: HeldBooking): boolean => booking.status === 'waiting';

/** The button that leaves things as they are. */
export const keepChoice = (held: HeldBooking, step: string): Choice =>
  isWaiting(held)
    ? choice('booking:cancel.keepWaiting', step, KEEP)
    : choice('booking:cancel.keep', step, KEEP);

/** Nothing changes, and what is held is said. */
export async function keep(turn: DeclicTurn): Promise<Next> {
  const found = await turn.services.bookings.view(turn.personId);
  if (found === undefined) return tellNone(turn);
  const kept = isWaiting(found) ? 'booking:cancel.keptWaiting' : 'booking:cancel.kept';
  turn.tell(kept, { when: whenText(turn, found.session) });
  return 'end';
}

export function tellNone(turn: DeclicTurn): Next {
  turn.say({
    key: 'booking:viewNone',
    choices: [intentChoice('booking:choice.dates', 'session_list')],
  });
  return 'end';
}

export async function beginMove(turn: DeclicTurn, data: Data): Promise<Next> {
  const found = await turn.services.bookings.view(turn.personId);
  if (found === undefined) return tellNone(turn);
  if (data.wanted !== undefined) return to('confirmMove');
  const others = await choosable(turn, found.session.id);
  if (others.length > 0) {
    // "Move me to the 11th" names it already: nothing is left to ask.
    const wanted = namedSession(turn.heard, turn, await choosable(turn), found.session.id);
    return wanted === undefined ? to('pickSession') : take(turn, data, wanted);
  }
  turn.say(noOther(turn, found));
  return 'end';
}

const noOther = (turn: DeclicTurn, held: HeldBooking): Reply => ({
  key: isWaiting(held) ? 'booking:move.noneWaiting' : 'booking:move.none',
  values: { when: whenText(turn, held.session) },
});

export function pickSession(): AskStep<DeclicWorld> {
  const step = 'my_booking.pickSession';
  const others = async (turn: DeclicTurn) =>
    choosable(turn, (await turn.services.bookings.view(turn.personId))?.session.id);
  return {
    kind: 'ask',
    leads: ['pickSession', 'acceptWaiting', 'end'],
    why: 'booking:move.why',
    brief: 'booking:move.brief',
    question: async (turn, data, round) => {
      const found = await turn.services.bookings.view(turn.personId);
      if (found === undefined) return { key: 'booking:viewNone' };
      const sessions = await others(turn);
      const waits = isWaiting(found);
      const reply =
        sessions.length === 0
          ? noOther(turn, found)
          : askSession(turn, data, step, sessions, round, {
              first: waits ? 'booking:move.askWaiting' : 'booking:move.ask',
              again: 'booking:move.again',
              last: waits ? 'booking:move.lastWaiting' : 'booking:move.last',
              values: { when: whenText(turn, found.session) },
            });
      return { ...reply, choices: [...(reply.choices ?? []), keepChoice(found, step)] };
    },
    read: async (heard, turn, data) => {
      const held = await turn.services.bookings.view(turn.personId);
      const all = await choosable(turn);
      const chosen = readSession(heard, turn, data, all, held?.session.id);
      if (chosen !== undefined) return chosen;
      return heard.stated('yes_no')?.value === 'no' || heard.means('deny') ? KEEP : undefined;
    },
    accepts: async (value, turn) =>
      value === KEEP || asksForOthers(value) || (await others(turn)).some(({ id }) => id === value),
    take: (turn, data, value) => (value === KEEP ? keep(turn) : take(turn, data, value)),
  };
}

/** Moves to the date chosen, or shows the dates asked for. */
const take = (turn: DeclicTurn, data: Data, value: string): Awaitable<Next> =>
  showOthers(data, value) ? to('pickSession') : move(turn, data, value, false);

async function move(
  turn: DeclicTurn,
  data: Data,
  sessionId: string,
  acceptWaiting: boolean,
): Promise<Next> {
  const options = { acceptWaiting };
  const before = await turn.services.bookings.view(turn.personId);
  const result = await turn.services.bookings.move(turn.personId, sessionId, options);
  placesChanged(turn);
  return tellMove(turn, data, result, before !== undefined && isWaiting(before));
}

/** `waited`: the person was on a waiting list before. */
async function tellMove(
  turn: DeclicTurn,
  data: Data,
  result: MoveResult,
  waited: boolean,
): Promise<Next> {
  switch (result.kind) {
    case 'moved':
      tellMoved(turn, result, waited);
      return 'end';
    case 'waiting':
      turn.tell(waited ? 'booking:move.waitingFromWaiting' : 'booking:move.waiting', {
        when: whenText(turn, result.session),
        rank: result.rank,
      });
      return 'end';
    case 'full':
      data.wanted = result.wanted.id;
      return to('acceptWaiting');
    case 'same':
      turn.tell('booking:move.same', { when: whenText(turn, result.session) });
      return 'end';
    case 'closed':
      return tellClosed(turn);
    case 'nothing':
      return tellNone(turn);
  }
}

/** The date that was chosen closed meanwhile: another is asked when there is one. */
async function tellClosed(turn: DeclicTurn): Promise<Next> {
  const found = await turn.services.bookings.view(turn.personId);
  if (found === undefined) return tellNone(turn);
  if ((await choosable(turn, found.session.id)).length > 0) {
    turn.tell('booking:closed');
    return to('pickSession');
  }
  turn.say(noOther(turn, found));
  return 'end';
}

function tellMoved(turn: DeclicTurn, result: HeldBooking, waited: boolean): void {
  turn.say({
    key: waited ? 'booking:move.doneFromWaiting' : 'booking:move.done',
    values: { when: whenText(turn, result.session) },
    card: bookingCard(turn, result),
    file: calendarFile(turn, result),
    choices: [intentChoice('booking:choice.view', 'booking_view')],
  });
}

export function acceptWaiting(): AskStep<DeclicWorld> {
  const step = 'my_booking.acceptWaiting';
  return {
    kind: 'ask',
    leads: ['pickSession', 'acceptWaiting', 'end'],
    why: 'booking:move.fullWhy',
    question: async (turn, data, round) => {
      const found = await turn.services.bookings.view(turn.personId);
      if (found === undefined) return { key: 'booking:viewNone' };
      const wanted = await turn.services.bookings.session(String(data.wanted));
      if (wanted === undefined) return { key: 'booking:listNone' };
      return {
        key: fullKey(isWaiting(found), round),
        values: { wanted: whenText(turn, wanted) },
        choices: [
          choice('booking:move.wait', step, WAIT),
          choice('booking:cancel.other', step, OTHER),
          keepChoice(found, step),
        ],
      };
    },
    read: (heard) => {
      const said = heard.stated('yes_no')?.value;
      if (said === 'no' || heard.means('deny')) return KEEP;
      return said === 'yes' || heard.means('affirm') ? WAIT : undefined;
    },
    accepts: (value) => [WAIT, OTHER, KEEP].includes(value),
    take: (turn, data, value) => {
      if (value === KEEP) return keep(turn);
      if (value === OTHER) return to('pickSession');
      return move(turn, data, String(data.wanted), true);
    },
  };
}

function fullKey(waits: boolean, round: number): TextKey {
  if (waits) {
    return round === 0 ? 'booking:move.fullFromWaiting' : 'booking:move.fullFromWaitingAgain';
  }
  return round === 0 ? 'booking:move.full' : 'booking:move.fullAgain';
}

/** Someone who holds a date pressed another: changing is offered, never done at once. */
export function confirmMove(): AskStep<DeclicWorld> {
  const step = 'my_booking.confirmMove';
  return {
    kind: 'ask',
    leads: ['pickSession', 'acceptWaiting', 'end'],
    why: 'booking:move.why',
    question: async (turn, data) => {
      const found = await turn.services.bookings.view(turn.personId);
      const wanted = await turn.services.bookings.session(String(data.wanted));
      if (found === undefined || wanted === undefined) return { key: 'booking:viewNone' };
      return {
        key: isWaiting(found) ? 'booking:move.confirmWaiting' : 'booking:move.confirm',
        values: { held: whenText(turn, found.session), wanted: whenText(turn, wanted) },
        choices: [choice('booking:move.yes', step, OTHER), keepChoice(found, step)],
      };
    },
    read: (heard) => {
      const said = heard.stated('yes_no')?.value;
      if (said === 'no' || heard.stated('not_now') || heard.means('deny')) return KEEP;
      return said === 'yes' || heard.means('affirm') ? OTHER : undefined;
    },
    accepts: (value) => [OTHER, KEEP].includes(value),
    take: (turn, data, value) =>
      value === KEEP ? keep(turn) : move(turn, data, String(data.wanted), false),
  };
}
