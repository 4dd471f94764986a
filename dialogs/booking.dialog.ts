import type { Next } from '#conversation/dialog.ts';
import { to } from '#conversation/dialog.ts';
import { type FormSpec, formDialog, type Slot } from '#conversation/form.ts';
import type { Data } from '#conversation/json.ts';
import { intentChoice, type Reply } from '#conversation/reply.ts';
import type { Text, TextKey } from '#conversation/text-key.ts';
import type { BookResult, HeldBooking } from '#programme/booking.ts';
import { isFull, type Session } from '#programme/session.ts';
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
import type { DeclicTurn, DeclicWorld } from './world.ts';

const NO_NEEDS = 'none';
const LONGEST_NEEDS = 500;

const session: Slot<DeclicWorld> = {
  name: 'session',
  label: 'booking:session.label',
  why: 'booking:session.why',
  brief: 'booking:session.brief',
  question: async (turn, data, round) =>
    askSession(turn, data, 'booking.session', await choosable(turn), round, {
      first: 'booking:session.ask',
      again: 'booking:session.again',
      last: 'booking:session.last',
    }),
  read: async (heard, turn, data) => {
    if (heard.means('session_list') && heard.stated('date') === undefined) return MORE;
    return readSession(heard, turn, data, await choosable(turn));
  },
  harvest: async (heard, turn, data) => {
    const sessions = await choosable(turn);
    // "Sign me up for the first one" names a session too; elsewhere "first" can be anything.
    if (heard.means('booking_create')) return readSession(heard, turn, data, sessions);
    return named(heard, turn, sessions)?.id;
  },
  accepts: async (value, turn) =>
    value === MORE || (await choosable(turn)).some(({ id }) => id === value),
  show: async (value, turn) => {
    const chosen = await turn.services.bookings.session(value);
    return chosen ? whenText(turn, chosen) : { key: 'booking:closed' };
  },
};

const needs: Slot<DeclicWorld> = {
  name: 'needs',
  label: 'booking:needs.label',
  why: 'booking:needs.why',
  brief: 'booking:needs.brief',
  skip: NO_NEEDS,
  blank: NO_NEEDS,
  free: true,
  harvest: (heard) =>
    heard.means('programme_accommodation') && !heard.text.includes('?')
      ? heard.text.slice(0, LONGEST_NEEDS)
      : undefined,
  question: async (turn, data, round) => ({
    key: (['booking:needs.ask', 'booking:needs.again'] as const)[round] ?? 'booking:needs.last',
    values: { offers: await offers(turn, data) },
    choices: [
      {
        title: { key: 'booking:needs.none' },
        action: { do: 'answer', step: 'booking.needs', value: NO_NEEDS },
      },
    ],
  }),
  read: (heard) => {
    if (heard.stated('yes_no')?.value === 'no' || heard.means('deny')) return NO_NEEDS;
    const bareYes = heard.stated('yes_no') !== undefined && heard.text.length < 12;
    return bareYes ? undefined : heard.text.slice(0, LONGEST_NEEDS);
  },
  accepts: (value) => value.length <= LONGEST_NEEDS,
  show: (value) => needsText(value),
};

const needsText = (value: string): Text =>
  value === NO_NEEDS
    ? { key: 'booking:needs.noneValue' }
    : { key: 'booking:needs.value', values: { text: value } };

/** What is already planned for the session, before asking what else is needed. */
async function offers(turn: DeclicTurn, data: Data): Promise<Text> {
  const chosen = await turn.services.bookings.session(String(data.session));
  const { captions, signLanguage, replay } = chosen?.accessibility ?? NOTHING_OFFERED;
  const planned: Text[] = [
    ...(captions ? [{ key: 'booking:needs.offersCaptions' } as const] : []),
    ...(signLanguage ? [{ key: 'booking:needs.offersSign' } as const] : []),
    ...(replay ? [{ key: 'booking:needs.offersReplay' } as const] : []),
  ];
  const [first, second, third] = planned;
  if (first === undefined) return { key: 'booking:needs.offersNothing' };
  if (second === undefined) return first;
  if (third === undefined) return { key: 'booking:needs.offersTwo', values: { first, second } };
  return { key: 'booking:needs.offersThree', values: { first, second, third } };
}

const NOTHING_OFFERED = { captions: false, signLanguage: false, replay: false };

/** Booking: who can take part, which date, which needs, a recap, and a seat that is really held. */
const spec: FormSpec<DeclicWorld> = {
  id: 'booking',
  version: 1,
  purpose: 'Books a seat, or a place on the waiting list, in one session',
  slots: [session, needs],
  before: {
    gate: {
      kind: 'tell',
      leads: ['@eligibility', 'afterEligibility', 'fill', 'end'],
      run: gate,
    },
    afterEligibility: {
      kind: 'tell',
      leads: ['fill', 'end'],
      run: (turn) => (turn.memory.eligibility?.outcome === 'yes' ? to('fill') : 'end'),
    },
  },
  missing: async (turn, data) => {
    if (data.session === MORE) {
      turnPage(data);
      delete data.session;
    }
    if (data.session === undefined) return 'session';
    const known = (await choosable(turn)).some(({ id }) => id === data.session);
    if (!known) return 'session';
    return data.needs === undefined ? 'needs' : undefined;
  },
  recap: {
    summary: recap,
    confirm: 'booking:recap.confirm',
    why: 'booking:recap.why',
    later: 'booking:recap.later',
  },
  after: {
    done: { kind: 'tell', leads: ['session', '@human', 'end'], run: book },
  },
};

export const bookingDialog = formDialog(spec);

/** What must be settled before a date is asked. */
async function gate(turn: DeclicTurn): Promise<Next> {
  delete turn.memory.notNow;
  const held = await turn.services.bookings.view(turn.personId);
  if (held !== undefined) {
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
  const key = isFull(chosen) ? waitingRecap(round) : seatRecap(round);
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

/** A long need is kept whole and shown in part. */
const shorten = (text: string): string => (text.length > 80 ? `${text.slice(0, 79)}…` : text);

async function book(turn: DeclicTurn, data: Data): Promise<Next> {
  const needed =
    data.needs === undefined || data.needs === NO_NEEDS ? undefined : String(data.needs);
  const result = await turn.services.bookings.book(turn.personId, String(data.session), {
    channel: turn.incoming.channel,
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
    case 'already':
      turn.say(already(turn, result));
      return 'end';
    case 'closed':
      delete data.session;
      if ((await choosable(turn)).length > 0) {
        turn.tell('booking:closed');
        return to('session');
      }
      turn.tell('booking:closedNoOther');
      return { become: 'human' };
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
      intentChoice('booking:choice.cancel', 'booking_cancel'),
    ],
  };
}
