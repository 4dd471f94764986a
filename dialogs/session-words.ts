import { type Card, type Choice, intentChoice, type Reply } from '#conversation/reply.ts';
import type { Text } from '#conversation/text-key.ts';
import type { HeldBooking } from '#programme/booking.ts';
import { describeWhen } from '#programme/format-when.ts';
import type { Session } from '#programme/session.ts';
import { shortWhen } from '#programme/short-when.ts';
import { personZone, saysWhose } from './person-zone.ts';
import type { DeclicTurn } from './world.ts';

const literal = (text: string): Text => ({ key: 'booking:card.text', values: { text } });

/** When a session is, on the clock that hours are told on. */
export const described = (turn: DeclicTurn, session: Session) =>
  describeWhen(session, personZone(turn), turn.locale, saysWhose(turn));

/** "mardi 8 décembre 2026 à 9 h", in the person's own time. */
export function whenText(turn: DeclicTurn, session: Session): Text {
  const { day, startTime, zoneNote } = described(turn, session);
  return zoneNote === undefined
    ? { key: 'booking:when', values: { day, time: startTime } }
    : { key: 'booking:whenElsewhere', values: { day, time: startTime, zone: zoneNote } };
}

/** The date asked for has closed, and it was the last one. */
export const noDates = (): Reply => ({
  key: 'booking:closedNoOther',
  yes: { do: 'intent', intent: 'human_request' },
  choices: [intentChoice('common:choice.human', 'human_request')],
});

/** The button that gives a seat back, or leaves a waiting list. */
export const cancelChoice = (waits: boolean): Choice =>
  waits
    ? intentChoice('booking:choice.leave', 'booking_cancel')
    : intentChoice('booking:choice.cancel', 'booking_cancel');

/** The day on a button. */
export function dayTitle(turn: DeclicTurn, session: Session): Text {
  const timeZone = personZone(turn);
  const { startTime } = described(turn, session);
  const day = shortWhen(session, timeZone, turn.locale, startTime);
  return { key: 'booking:choice.day', values: { day } };
}

/** Buttons that book a session, from anywhere. */
export const bookChoice = (turn: DeclicTurn, session: Session): Choice => ({
  title: dayTitle(turn, session),
  action: { do: 'intent', intent: 'booking_create', with: { session: session.id } },
});

export function formatText(session: Session): Text {
  const { format, place } = session;
  if (place === undefined || format === 'online') return { key: `booking:format.${format}` };
  return { key: `booking:format.${format}_at`, values: { place } };
}

/** What is offered to follow the session, one text each. */
export function accessibilityTexts(session: Session): readonly Text[] {
  const { captions, signLanguage, replay } = session.accessibility;
  return [
    ...(captions ? [{ key: 'booking:card.captions' } as const] : []),
    ...(signLanguage ? [{ key: 'booking:card.sign' } as const] : []),
    ...(replay ? [{ key: 'booking:card.replay' } as const] : []),
  ];
}

function accessibilityLine(session: Session): Text | undefined {
  const [first, second, third] = accessibilityTexts(session);
  if (first === undefined) return undefined;
  if (second === undefined) return first;
  if (third === undefined) return { key: 'booking:card.two', values: { first, second } };
  return { key: 'booking:card.three', values: { first, second, third } };
}

/** The card of a held seat, a place on the waiting list, or a cancelled one. */
export function bookingCard(turn: DeclicTurn, { booking, session }: HeldBooking): Card {
  const { endTime, endDay } = described(turn, session);
  const access = accessibilityLine(session);
  const link = booking.status === 'booked' ? session.link : undefined;
  return {
    title: literal(session.title),
    ...(session.sample ? { subtitle: { key: 'booking:card.sample' } as const } : {}),
    lines: [
      { label: { key: 'booking:card.when' }, text: whenText(turn, session) },
      {
        label: { key: 'booking:card.until' },
        text: endDay
          ? { key: 'booking:when', values: { day: endDay, time: endTime } }
          : literal(endTime),
      },
      { label: { key: 'booking:card.format' }, text: formatText(session) },
      ...(access ? [{ label: { key: 'booking:card.accessibility' } as const, text: access }] : []),
      { label: { key: 'booking:card.status' }, text: statusText(booking) },
    ],
    links: link === undefined ? [] : [{ title: { key: 'booking:card.link' }, url: link }],
  };
}

function statusText({ status, rank }: HeldBooking['booking']): Text {
  if (status === 'booked') return { key: 'booking:card.held' };
  if (status === 'cancelled') return { key: 'booking:card.cancelled' };
  return { key: 'booking:card.waiting', values: { rank: rank ?? 0 } };
}
