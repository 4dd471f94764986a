import { type AskStep, type Next, to } from '#conversation/dialog.ts';
import { choice } from '#conversation/form.ts';
import type { Heard } from '#conversation/heard.ts';
import { intentChoice } from '#conversation/reply.ts';
import { calendarFile } from './booking.dialog.ts';
import {
  acceptWaiting,
  beginMove,
  confirmMove,
  isWaiting,
  KEEP,
  keep,
  keepChoice,
  OTHER,
  pickSession,
  tellNone,
} from './move-booking.ts';
import { choosable, placesChanged } from './session-choice.ts';
import { namedSession } from './session-wanted.ts';
import { bookingCard, cancelChoice, formatText, whenText } from './session-words.ts';
import type { DeclicDialog, DeclicTurn, DeclicWorld } from './world.ts';

const YES = 'yes';

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
    move: {
      kind: 'tell',
      leads: ['pickSession', 'confirmMove', 'acceptWaiting', 'end'],
      run: beginMove,
    },
    pickSession: pickSession(),
    acceptWaiting: acceptWaiting(),
    confirmMove: confirmMove(),
  },
};

async function view(turn: DeclicTurn): Promise<Next> {
  const found = await turn.services.bookings.view(turn.personId);
  if (found === undefined) return tellNone(turn);
  const { booking, session } = found;
  const when = whenText(turn, session);
  const waits = isWaiting(found);
  turn.say({
    key: waits ? 'booking:viewWaiting' : 'booking:view',
    values: waits ? { when, rank: booking.rank ?? 0 } : { when, format: formatText(session) },
    card: bookingCard(turn, found),
    ...(waits ? {} : { file: calendarFile(turn, found) }),
    choices: [
      intentChoice('booking:choice.move', 'booking_reschedule'),
      cancelChoice(waits),
      intentChoice('booking:choice.needs', 'programme_accommodation', { ask: 'yes' }),
    ],
  });
  return 'end';
}

/** On to the step when the person has something booked; else says that they have not. */
async function held(turn: DeclicTurn, step: string): Promise<Next> {
  const found = await turn.services.bookings.view(turn.personId);
  return found === undefined ? tellNone(turn) : to(step);
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
      const waits = isWaiting(found);
      const first = waits ? 'booking:cancel.askWaiting' : 'booking:cancel.ask';
      const again = waits ? 'booking:cancel.againWaiting' : 'booking:cancel.again';
      return {
        key: round === 0 ? first : again,
        values: { when: whenText(turn, found.session) },
        choices: [
          waits
            ? choice('booking:cancel.yesWaiting', step, YES)
            : choice('booking:cancel.yes', step, YES),
          choice('booking:cancel.other', step, OTHER),
          keepChoice(found, step),
        ],
      };
    },
    read: readCancel,
    accepts: (value) => [YES, OTHER, KEEP].includes(value),
    take: (turn, _data, value) => (value === OTHER ? to('move') : cancelOrKeep(turn, value)),
  };
}

async function readCancel(heard: Heard, turn: DeclicTurn): Promise<string | undefined> {
  if (heard.means('booking_reschedule')) return OTHER;
  const found = await turn.services.bookings.view(turn.personId);
  // "Yes, cancel the 8th" names the date held; "rather the 14th" asks for another.
  if (namedSession(heard, turn, await choosable(turn), found?.session.id)) return OTHER;
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
  const waited = before !== undefined && isWaiting(before);
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
