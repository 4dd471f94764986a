import type { Slot } from '#conversation/form.ts';
import type { Data } from '#conversation/json.ts';
import type { Text } from '#conversation/text-key.ts';
import { askSession, choosable, readSession } from './session-choice.ts';
import { asksForOthers, MORE, namedSession } from './session-wanted.ts';
import { noDates, whenText } from './session-words.ts';
import type { DeclicTurn, DeclicWorld } from './world.ts';

export const NO_NEEDS = 'none';
export const LONGEST_NEEDS = 500;

/** Which date: by its day, its month, its rank, or one of the next. */
export const sessionSlot: Slot<DeclicWorld> = {
  name: 'session',
  label: 'booking:session.label',
  why: 'booking:session.why',
  brief: 'booking:session.brief',
  question: async (turn, data, round) => {
    const sessions = await choosable(turn);
    if (sessions.length === 0) return noDates();
    return askSession(turn, data, 'booking.session', sessions, round, {
      first: 'booking:session.ask',
      again: 'booking:session.again',
      last: 'booking:session.last',
    });
  },
  read: async (heard, turn, data) => {
    const chosen = readSession(heard, turn, data, await choosable(turn));
    return chosen ?? (heard.means('session_list') ? MORE : undefined);
  },
  harvest: async (heard, turn, data) => {
    const sessions = await choosable(turn);
    // "Sign me up for the first one" names a session too; elsewhere "first" can be anything.
    if (heard.means('booking_create')) return readSession(heard, turn, data, sessions);
    return namedSession(heard, turn, sessions);
  },
  accepts: async (value, turn) =>
    asksForOthers(value) || (await choosable(turn)).some(({ id }) => id === value),
  show: async (value, turn) => {
    const chosen = await turn.services.bookings.session(value);
    return chosen ? whenText(turn, chosen) : { key: 'booking:closed' };
  },
};

/** What the person needs to follow, in their own words. */
export const needsSlot: Slot<DeclicWorld> = {
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

export const needsText = (value: string): Text =>
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

/** A long need is kept whole and shown in part. */
export const shorten = (text: string): string =>
  text.length > 80 ? `${text.slice(0, 79)}…` : text;
