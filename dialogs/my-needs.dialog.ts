import { type AskStep, type Next, to } from '#conversation/dialog.ts';
import { choice } from '#conversation/form.ts';
import type { Data } from '#conversation/json.ts';
import { LONGEST_NEEDS, shorten } from './booking-slots.ts';
import type { DeclicDialog, DeclicTurn, DeclicWorld } from './world.ts';

const STEP = 'my_needs.ask';
const KEEP = 'keep';

/** `data.ask`: a button was pressed, and the need is yet to be told. */
async function hearNeed(turn: DeclicTurn, data: Data): Promise<Next> {
  const held = await turn.services.bookings.view(turn.personId);
  const { heard } = turn;
  if (held !== undefined && data.ask !== undefined) return to('ask');
  const states = heard.means('programme_accommodation') && !heard.text.includes('?');
  if (held !== undefined && states && !heard.has('ask')) {
    return keepNeeds(turn, heard.text.slice(0, LONGEST_NEEDS));
  }
  return { become: 'answers', with: { intents: ['programme_accommodation'] } };
}

/** What someone who has booked needs besides: added to what they said before. */
const addNeeds: AskStep<DeclicWorld> = {
  kind: 'ask',
  leads: ['end'],
  why: 'booking:needs.why',
  skip: KEEP,
  free: true,
  question: async (turn, _data, round) => {
    const before = (await turn.services.bookings.view(turn.personId))?.booking.needs;
    const choices = [choice('booking:addNeeds.keep', STEP, KEEP)];
    if (round > 0) return { key: 'booking:addNeeds.again', choices };
    if (before === undefined) return { key: 'booking:addNeeds.ask', choices };
    return { key: 'booking:addNeeds.askMore', values: { before: shorten(before) }, choices };
  },
  read: (heard) => {
    if (heard.stated('yes_no')?.value === 'no' || heard.means('deny')) return KEEP;
    const bareYes = heard.stated('yes_no') !== undefined && heard.text.length < 12;
    return bareYes ? undefined : heard.text.slice(0, LONGEST_NEEDS);
  },
  accepts: (value) => value.length <= LONGEST_NEEDS,
  take: (turn, _data, value) => keepNeeds(turn, value),
};

/** A need told once booked is kept with the booking; before, the answer says where to tell it. */
export const myNeedsDialog: DeclicDialog = {
  id: 'my_needs',
  version: 1,
  purpose: 'Adds a need to the booking that the person holds',
  start: 'hear',
  steps: {
    hear: { kind: 'tell', leads: ['ask', '@answers', 'end'], run: hearNeed },
    ask: addNeeds,
  },
};

async function keepNeeds(turn: DeclicTurn, value: string): Promise<Next> {
  if (value === KEEP) {
    turn.tell('booking:addNeeds.kept');
    return 'end';
  }
  const { bookings } = turn.services;
  const before = (await bookings.view(turn.personId))?.booking.needs;
  const all = before === undefined ? value : `${before} ; ${value}`;
  const held = await bookings.setNeeds(turn.personId, all.slice(-LONGEST_NEEDS));
  if (held === undefined) turn.tell('booking:viewNone');
  else turn.tell('booking:addNeeds.done', { needs: shorten(held.booking.needs ?? '') });
  return 'end';
}
