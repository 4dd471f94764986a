import type { AskStep, Next } from '#conversation/dialog.ts';
import { choice } from '#conversation/form.ts';
import type { Data } from '#conversation/json.ts';
import { type Choice, intentChoice } from '#conversation/reply.ts';
import type { DeclicDialog, DeclicTurn, DeclicWorld } from './world.ts';

const YES = 'yes';
const NO = 'no';

const keepNone: Choice = intentChoice('privacy:buttons.keep_none', 'privacy_info', { keep: NO });

/** What is kept, a summary of it, and erasing it for good. */
export const privacyDialog: DeclicDialog = {
  id: 'privacy',
  version: 1,
  purpose: 'Says what is kept about a person, and erases it when they ask',
  start: 'info',
  steps: {
    info: { kind: 'tell', leads: ['end'], run: tellInfo },
    export: { kind: 'tell', leads: ['end'], run: tellSummary },
    erase: eraseStep(),
  },
};

/** `data.keep`: the button was pressed by which the person refuses that copies be kept. */
function tellInfo(turn: DeclicTurn, data: Data): Next {
  const refuses = data.keep === NO;
  if (refuses) turn.memory.keepsNothing = true;
  else turn.tell('privacy:info');
  if (turn.services.readsElsewhere) turn.tell('privacy:readElsewhere');
  if (turn.memory.keepsNothing) turn.tell('privacy:keepsNone');
  else turn.say({ key: 'privacy:unread', choices: [keepNone] });
  return 'end';
}

async function tellSummary(turn: DeclicTurn): Promise<Next> {
  const { messages, bookings, callbacks } = await turn.services.personalData.summary(turn.personId);
  if (messages + bookings + callbacks === 0) turn.tell('privacy:exportNothing');
  else {
    turn.tell('privacy:export', {
      messages: { key: 'privacy:messages', values: { count: messages } },
      bookings: { key: 'privacy:bookings', values: { count: bookings } },
      callbacks: { key: 'privacy:callbacks', values: { count: callbacks } },
    });
  }
  return 'end';
}

function eraseStep(): AskStep<DeclicWorld> {
  return {
    kind: 'ask',
    leads: ['end'],
    why: 'privacy:erase.why',
    brief: 'privacy:erase.brief',
    question: (_turn, _data, round) => ({
      key: round === 0 ? 'privacy:erase.ask' : 'privacy:erase.again',
      choices: [
        choice('privacy:erase.yes', 'privacy.erase', YES),
        choice('privacy:erase.no', 'privacy.erase', NO),
      ],
    }),
    read: (heard) => {
      const said = heard.stated('yes_no')?.value;
      if (said === 'no' || heard.stated('not_now') || heard.means('deny')) return NO;
      const agrees = said === 'yes' || heard.means('affirm') || heard.means('privacy_delete');
      return agrees ? YES : undefined;
    },
    accepts: (value) => value === YES || value === NO,
    take: async (turn, _data, value): Promise<Next> => {
      if (value === NO) {
        turn.tell('privacy:erase.kept');
        return 'end';
      }
      const { seatReleased } = await turn.services.personalData.erase(turn.personId);
      turn.forget();
      turn.tell(seatReleased ? 'privacy:erase.doneSeat' : 'privacy:erase.done');
      return 'end';
    },
  };
}
