import { type AskStep, type Next, to } from '#conversation/dialog.ts';
import { choice } from '#conversation/form.ts';
import type { Heard } from '#conversation/heard.ts';
import type { Data } from '#conversation/json.ts';
import { intentChoice } from '#conversation/reply.ts';
import type { HeldBooking, MoveResult } from '#programme/booking.ts';
import { calendarFile } from './booking.dialog.ts';
import {
  askSession,
  choosable,
  MORE,
  named,
  placesChanged,
  readSession,
  turnPage,
} from './session-choice.ts';
import { bookingCard, formatText, whenText } from './session-words.ts';
import type { DeclicDialog, DeclicTurn, DeclicWorld } from './world.ts';

const YES = 'yes';
const OTHER = 'other';
const KEEP = 'keep';
const WAIT = 'wait';

/** What was booked: seen, given back, or moved to another date. Nothing is lost by asking. */
export const myBookingDialog: DeclicDialog = {
  id: 'my_booking',
  version: 1,
  purpose: 'Shows, cancels or moves the booking that the person holds',
  start: 'view',
  steps: {
    view: { kind: 'tell', leads: ['end'], run: view },
    cancel: {
      kind: 'tell',
      leads: ['confirmCancel', 'end'],
      run: (turn) => held(turn, 'confirmCancel'),
    },
    confirmCancel: confirmCancel(),
    move: { kind: 'tell', leads: ['pickSession', 'acceptWaiting', 'end'], run: beginMove },
    pickSession: pickSession(),
    acceptWaiting: acceptWaiting(),
  },
};

async function view(turn: DeclicTurn): Promise<Next> {
  const found = await turn.services.bookings.view(turn.personId);
  if (found === undefined) return tellNone(turn);
  const { booking, session } = found;
  const when = whenText(turn, session);
  const waits = booking.status === 'waiting';
  turn.say({
    key: waits ? 'booking:viewWaiting' : 'booking:view',
    values: waits ? { when, rank: booking.rank ?? 0 } : { when, format: formatText(session) },
    card: bookingCard(turn, found),
    ...(waits ? {} : { file: calendarFile(turn, found) }),
    choices: [
      intentChoice('booking:choice.move', 'booking_reschedule'),
      intentChoice('booking:choice.cancel', 'booking_cancel'),
    ],
  });
  return 'end';
}

/** On to the step when the person has something booked; else says that they have not. */
async function held(turn: DeclicTurn, step: string): Promise<Next> {
  const found = await turn.services.bookings.view(turn.personId);
  return found === undefined ? tellNone(turn) : to(step);
}

function tellNone(turn: DeclicTurn): Next {
  turn.say({
    key: 'booking:viewNone',
    choices: [intentChoice('booking:choice.dates', 'session_list')],
  });
  return 'end';
}

function confirmCancel(): AskStep<DeclicWorld> {
  const step = 'my_booking.confirmCancel';
  return {
    kind: 'ask',
    leads: ['move', 'end'],
    why: 'booking:cancel.why',
    question: async (turn, _data, round) => {
      const found = await turn.services.bookings.view(turn.personId);
      if (found === undefined) return { key: 'booking:viewNone' };
      const waits = found.booking.status === 'waiting';
      const first = waits ? 'booking:cancel.askWaiting' : 'booking:cancel.ask';
      return {
        key: round === 0 ? first : 'booking:cancel.again',
        values: { when: whenText(turn, found.session) },
        choices: [
          choice('booking:cancel.yes', step, YES),
          choice('booking:cancel.other', step, OTHER),
          choice('booking:cancel.keep', step, KEEP),
        ],
      };
    },
    read: readCancel,
    accepts: (value) => [YES, OTHER, KEEP].includes(value),
    take: (turn, _data, value) => (value === OTHER ? to('move') : cancelOrKeep(turn, value)),
  };
}

function readCancel(heard: Heard): string | undefined {
  if (heard.means('booking_reschedule') || heard.stated('date')) return OTHER;
  const said = heard.stated('yes_no')?.value;
  if (said === 'no' || heard.stated('not_now') || heard.means('deny')) return KEEP;
  return said === 'yes' || heard.means('affirm') || heard.means('booking_cancel') ? YES : undefined;
}

async function cancelOrKeep(turn: DeclicTurn, value: string): Promise<Next> {
  if (value === KEEP) return keep(turn);
  const before = await turn.services.bookings.view(turn.personId);
  const result = await turn.services.bookings.cancel(turn.personId);
  placesChanged(turn);
  if (result.kind === 'nothing') return tellNone(turn);
  const waited = before?.booking.status === 'waiting';
  turn.say({
    key: waited ? 'booking:cancel.doneWaiting' : 'booking:cancel.done',
    values: { when: whenText(turn, result.session) },
    ...(waited ? {} : { file: calendarFile(turn, result) }),
    choices: [
      intentChoice('booking:choice.dates', 'session_list'),
      intentChoice('common:choice.notNow', 'deny'),
    ],
  });
  return 'end';
}

async function keep(turn: DeclicTurn): Promise<Next> {
  const found = await turn.services.bookings.view(turn.personId);
  if (found === undefined) return tellNone(turn);
  turn.tell('booking:cancel.kept', { when: whenText(turn, found.session) });
  return 'end';
}

async function beginMove(turn: DeclicTurn, data: Data): Promise<Next> {
  const found = await turn.services.bookings.view(turn.personId);
  if (found === undefined) return tellNone(turn);
  const others = await choosable(turn, found.session.id);
  if (others.length > 0) {
    // "Move me to the 11th" names it already: nothing is left to ask.
    const wanted = named(turn.heard, turn, others);
    return wanted === undefined ? to('pickSession') : move(turn, data, wanted.id, false);
  }
  turn.tell('booking:move.none', { when: whenText(turn, found.session) });
  return 'end';
}

function pickSession(): AskStep<DeclicWorld> {
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
      const reply = askSession(turn, data, step, await others(turn), round, {
        first: 'booking:move.ask',
        again: 'booking:move.again',
        last: 'booking:move.last',
        values: { when: whenText(turn, found.session) },
      });
      return {
        ...reply,
        choices: [...(reply.choices ?? []), choice('booking:cancel.keep', step, KEEP)],
      };
    },
    read: async (heard, turn, data) => {
      const chosen = readSession(heard, turn, data, await others(turn));
      if (chosen !== undefined) return chosen;
      return heard.stated('yes_no')?.value === 'no' || heard.means('deny') ? KEEP : undefined;
    },
    accepts: async (value, turn) =>
      value === KEEP || value === MORE || (await others(turn)).some(({ id }) => id === value),
    take: (turn, data, value) => {
      if (value === KEEP) return keep(turn);
      if (value === MORE) {
        turnPage(data);
        return to('pickSession');
      }
      return move(turn, data, value, false);
    },
  };
}

async function move(
  turn: DeclicTurn,
  data: Data,
  sessionId: string,
  acceptWaiting: boolean,
): Promise<Next> {
  const options = { acceptWaiting };
  const result = await turn.services.bookings.move(turn.personId, sessionId, options);
  placesChanged(turn);
  return tellMove(turn, data, result);
}

function tellMove(turn: DeclicTurn, data: Data, result: MoveResult): Next {
  switch (result.kind) {
    case 'moved':
      tellMoved(turn, result);
      return 'end';
    case 'waiting':
      turn.tell('booking:move.waiting', {
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
      return to('pickSession');
    case 'nothing':
      return tellNone(turn);
  }
}

function tellMoved(turn: DeclicTurn, result: HeldBooking): void {
  turn.say({
    key: 'booking:move.done',
    values: { when: whenText(turn, result.session) },
    card: bookingCard(turn, result),
    file: calendarFile(turn, result),
    choices: [intentChoice('booking:choice.view', 'booking_view')],
  });
}

function acceptWaiting(): AskStep<DeclicWorld> {
  const step = 'my_booking.acceptWaiting';
  return {
    kind: 'ask',
    leads: ['pickSession', 'acceptWaiting', 'end'],
    why: 'booking:move.fullWhy',
    question: async (turn, data, round) => {
      const wanted = await turn.services.bookings.session(String(data.wanted));
      if (wanted === undefined) return { key: 'booking:listNone' };
      return {
        key: round === 0 ? 'booking:move.full' : 'booking:move.fullAgain',
        values: { wanted: whenText(turn, wanted) },
        choices: [
          choice('booking:move.wait', step, WAIT),
          choice('booking:cancel.other', step, OTHER),
          choice('booking:cancel.keep', step, KEEP),
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
