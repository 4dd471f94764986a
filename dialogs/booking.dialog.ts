import type { Awaitable, Next } from '#conversation/dialog.ts';
import { to } from '#conversation/dialog.ts';
import { type FormSpec, formDialog } from '#conversation/form.ts';
import type { Data } from '#conversation/json.ts';
import { intentChoice, type Reply } from '#conversation/reply.ts';
import type { TextKey } from '#conversation/text-key.ts';
import type { BookResult, HeldBooking } from '#programme/booking.ts';
import { isFull, type Session } from '#programme/session.ts';
import { NO_NEEDS, needsSlot, needsText, sessionSlot, shorten } from './booking-slots.ts';
import { choosable, placesChanged, showOthers } from './session-choice.ts';
import { asksForOthers } from './session-wanted.ts';
import { bookingCard, cancelChoice, formatText, noDates, whenText } from './session-words.ts';
import type { DeclicDialog, DeclicTurn, DeclicWorld } from './world.ts';

const NO_DATES = 'noDates';

/** Booking: who can take part, which date, which needs, a recap, and a seat that is really held. */
const spec: FormSpec<DeclicWorld> = {
  id: 'booking',
  version: 1,
  purpose: 'Books a seat, or a place on the waiting list, in one session',
  slots: [sessionSlot, needsSlot],
  before: {
    gate: {
      kind: 'tell',
      leads: ['@eligibility', '@my_booking', 'afterEligibility', 'fill', 'end'],
      run: gate,
    },
    afterEligibility: {
      kind: 'tell',
      leads: ['fill', 'end'],
      run: (turn) => (turn.memory.eligibility?.outcome === 'yes' ? to('fill') : 'end'),
    },
  },
  missing,
  recap: {
    summary: recap,
    confirm: 'booking:recap.confirm',
    why: 'booking:recap.why',
    later: 'booking:recap.later',
  },
  after: {
    done: { kind: 'tell', leads: ['session', 'recap', NO_DATES, 'end'], run: book },
    [NO_DATES]: { kind: 'tell', leads: ['end'], run: tellNoDates },
  },
};

const form = formDialog(spec);

/** Wherever a date is asked, the last one may have closed meanwhile. */
export const bookingDialog: DeclicDialog = {
  ...form,
  ...(form.form === undefined ? {} : { form: { ...form.form, noted } }),
  steps: Object.fromEntries(
    Object.entries(form.steps).map(([name, step]) => [
      name,
      step.leads.includes('session') ? { ...step, leads: [...step.leads, NO_DATES] } : step,
    ]),
  ),
};

/** What to ask next. A date that closed meanwhile is said to be, and another is asked. */
async function missing(turn: DeclicTurn, data: Data): Promise<string | undefined> {
  if (data.session !== undefined && showOthers(data, String(data.session))) delete data.session;
  const sessions = await choosable(turn);
  if (sessions.length === 0) return NO_DATES;
  if (data.session !== undefined && !sessions.some(({ id }) => id === data.session)) {
    turn.tell('booking:closed');
    delete data.session;
  }
  if (data.session === undefined) return 'session';
  return data.needs === undefined ? 'needs' : undefined;
}

/** A day that has no date is not noted: the question says so. */
function noted(turn: DeclicTurn, data: Data, slots: readonly string[]): Awaitable<void> {
  const asks = asksForOthers(String(data.session));
  return form.form?.noted(turn, data, asks ? slots.filter((name) => name !== 'session') : slots);
}

function tellNoDates(turn: DeclicTurn): Next {
  turn.say(noDates());
  return 'end';
}

/** What must be settled before a date is asked. */
async function gate(turn: DeclicTurn, data: Data): Promise<Next> {
  delete turn.memory.notNow;
  const held = await turn.services.bookings.view(turn.personId);
  if (held !== undefined) {
    const wanted = typeof data.session === 'string' ? data.session : undefined;
    const known = (await choosable(turn, held.session.id)).some(({ id }) => id === wanted);
    // A date pressed by someone who holds another is asked for in its place.
    if (wanted !== undefined && known) {
      return { become: 'my_booking', at: 'move', with: { wanted } };
    }
    turn.say(already(turn, held));
    return 'end';
  }
  if ((await choosable(turn)).length === 0) {
    turn.say({
      key: 'booking:none',
      choices: [intentChoice('common:choice.human', 'human_request')],
    });
    return 'end';
  }
  if (turn.memory.eligibility?.outcome === 'yes') return to('fill');
  return { call: 'eligibility', with: { for: 'booking' }, resumeAt: 'afterEligibility' };
}

async function recap(turn: DeclicTurn, data: Data, round: number): Promise<Reply> {
  const chosen = await turn.services.bookings.session(String(data.session));
  if (chosen === undefined) return { key: 'booking:closed' };
  const full = isFull(chosen);
  // What was shown is what is confirmed: a seat, or a place on the list.
  if (full) data.waitsFor = chosen.id;
  else delete data.waitsFor;
  const key = full ? waitingRecap(round) : seatRecap(round);
  const needed = shorten(String(data.needs));
  return {
    key,
    values: { when: whenText(turn, chosen), format: formatText(chosen), needs: needsText(needed) },
  };
}

const seatRecap = (round: number): TextKey =>
  round === 0 ? 'booking:recap.text' : 'booking:recap.again';

const waitingRecap = (round: number): TextKey =>
  round === 0 ? 'booking:recap.waiting' : 'booking:recap.waitingAgain';

async function book(turn: DeclicTurn, data: Data): Promise<Next> {
  const needed =
    data.needs === undefined || data.needs === NO_NEEDS ? undefined : String(data.needs);
  const result = await turn.services.bookings.book(turn.personId, String(data.session), {
    channel: turn.incoming.channel,
    acceptWaiting: data.waitsFor === data.session,
    ...(needed === undefined ? {} : { needs: needed }),
  });
  placesChanged(turn);
  return tellResult(turn, data, result);
}

async function tellResult(turn: DeclicTurn, data: Data, result: BookResult): Promise<Next> {
  switch (result.kind) {
    case 'booked':
      tellBooked(turn, result);
      return 'end';
    case 'waiting': {
      const when = whenText(turn, result.session);
      turn.tell('booking:waiting', { when, rank: result.rank });
      turn.say({
        key: 'booking:nextWaiting',
        choices: [intentChoice('booking:choice.move', 'booking_reschedule')],
      });
      return 'end';
    }
    case 'full':
      turn.tell('booking:lastSeatTaken');
      return to('recap');
    case 'already':
      turn.say(already(turn, result));
      return 'end';
    case 'closed':
      delete data.session;
      if ((await choosable(turn)).length === 0) return to(NO_DATES);
      turn.tell('booking:closed');
      return to('session');
  }
}

function tellBooked(turn: DeclicTurn, held: HeldBooking): void {
  const { session: on } = held;
  turn.say({
    key: on.sample ? 'booking:bookedSample' : 'booking:booked',
    values: { when: whenText(turn, on) },
    card: bookingCard(turn, held),
    file: calendarFile(turn, held),
  });
  turn.say({
    key: whatNext(on),
    choices: [
      intentChoice('booking:choice.view', 'booking_view'),
      intentChoice('booking:choice.move', 'booking_reschedule'),
      intentChoice('booking:choice.cancel', 'booking_cancel'),
    ],
  });
}

function whatNext(on: Session): TextKey {
  if (on.link !== undefined) return 'booking:next';
  return on.format === 'on_site' ? 'booking:nextOnSite' : 'booking:nextNoLink';
}

/** The calendar file of a booking; after a cancellation the same address takes it off calendars. */
export const calendarFile = (turn: DeclicTurn, { booking }: HeldBooking) => ({
  name: CALENDAR_FILE,
  contentType: 'text/calendar',
  url: turn.services.calendarLinks.linkFor(booking),
});

const CALENDAR_FILE = 'declic.ics';

function already(turn: DeclicTurn, { booking, session: on }: HeldBooking): Reply {
  const when = whenText(turn, on);
  const waits = booking.status === 'waiting';
  return {
    key: waits ? 'booking:alreadyWaiting' : 'booking:already',
    values: waits ? { when, rank: booking.rank ?? 0 } : { when },
    choices: [
      intentChoice('booking:choice.view', 'booking_view'),
      intentChoice('booking:choice.move', 'booking_reschedule'),
      cancelChoice(waits),
    ],
  };
}
