import type { Heard } from '#conversation/heard.ts';
import type { Text } from '#conversation/text-key.ts';
import { dayInWords } from '#programme/format-when.ts';
import type { SessionAvailability } from '#programme/session.ts';
import { isoDay, nextNumbered, todayFor } from '#programme/short-when.ts';
import { type NamedDay, namedDays } from './named-days.ts';
import { personZone } from './person-zone.ts';
import type { DeclicTurn } from './world.ts';

/** The answer that asks for the dates after those shown. */
export const MORE = 'more';
/** The answer that names several dates: `among:<id>,<id>`. */
const AMONG = 'among:';
/** The answer that names a day, a weekday or a month without a date: `near:2026-12-09:day`. */
const NEAR = /^near:(\d{4}-\d{2}-\d{2}):(day|weekday|month)$/;
const NEAREST = 2;
/** A month without a date is looked for from its middle. */
const MIDDLE = 15;

/** Dates to show in place of the next ones, and what is said over them. */
export interface Narrowed {
  readonly shown: readonly SessionAvailability[];
  readonly heading: Text;
}

/**
 * What a message names: the id of a session, `among:` several, or `near:` a day that has none.
 * `held` is the session that the person has: naming it asks for nothing.
 */
export function namedSession(
  heard: Heard,
  turn: DeclicTurn,
  sessions: readonly SessionAvailability[],
  held?: string,
): string | undefined {
  const days = namedDays(heard, turn.locale);
  if (days.length === 0) return undefined;
  const found = matching(turn, days, sessions);
  const others = found.filter(({ id }) => id !== held);
  const [first, second] = others;
  if (second !== undefined) return AMONG + others.map(({ id }) => id).join(',');
  if (first !== undefined) return first.id;
  return found.length > 0 ? undefined : near(turn, days[0]);
}

/** Whether a value, which anyone can forge, asks for other dates. */
export const asksForOthers = (value: string): boolean =>
  value === MORE || NEAR.test(value) || /^among:[\w,-]{1,400}$/.test(value);

/** Sessions on the days named; of a weekday in a month, those that are both. */
function matching(
  turn: DeclicTurn,
  days: readonly NamedDay[],
  sessions: readonly SessionAvailability[],
): readonly SessionAvailability[] {
  const kinds = [...new Set(days.map(({ kind }) => (kind === 'number' ? 'day' : kind)))];
  return sessions.filter((session) => {
    const local = localDay(turn, session);
    return kinds.every((kind) =>
      days.some((named) => {
        const same = named.kind === kind || (kind === 'day' && named.kind === 'number');
        return same && isOn(local, named, turn.locale);
      }),
    );
  });
}

function isOn(local: string, named: NamedDay, locale: string): boolean {
  switch (named.kind) {
    case 'day':
      return local === named.day;
    case 'number':
      return Number(local.slice(8, 10)) === named.number;
    case 'weekday':
      return dayInWords(local, locale).weekday === dayInWords(named.day, locale).weekday;
    case 'month':
      return Number(local.slice(5, 7)) === named.month;
  }
}

/** A day that has gone by is not asked for. */
function near(turn: DeclicTurn, named: NamedDay | undefined): string | undefined {
  if (named === undefined) return undefined;
  const today = todayFor(turn.now, personZone(turn));
  switch (named.kind) {
    case 'day':
      return named.day < today ? undefined : `near:${named.day}:day`;
    case 'number':
      return `near:${nextNumbered(named.number, today)}:day`;
    case 'weekday':
      return `near:${named.day}:weekday`;
    case 'month':
      return `near:${nextInMonth(named.month, today)}:month`;
  }
}

function nextInMonth(month: number, today: string): string {
  const year = Number(today.slice(0, 4)) + (month < Number(today.slice(5, 7)) ? 1 : 0);
  return `${year}-${String(month).padStart(2, '0')}-${MIDDLE}`;
}

/** The dates that such an answer leaves; undefined when it is no such answer, or none is left. */
export function narrowed(
  turn: DeclicTurn,
  value: string,
  sessions: readonly SessionAvailability[],
): Narrowed | undefined {
  if (value.startsWith(AMONG)) {
    const ids = value.slice(AMONG.length).split(',');
    const shown = sessions.filter(({ id }) => ids.includes(id));
    return shown.length === 0 ? undefined : { shown, heading: { key: 'booking:session.several' } };
  }
  const [, day, as] = NEAR.exec(value) ?? [];
  if (day === undefined || sessions.length === 0) return undefined;
  const shown = nearest(turn, day, sessions);
  const { day: whole, weekday } = dayInWords(day, turn.locale);
  return {
    shown,
    heading:
      as === 'month'
        ? { key: 'booking:session.notThatMonth', values: { count: shown.length } }
        : {
            key: 'booking:session.notThatDay',
            values: { day: as === 'weekday' ? weekday : whole, count: shown.length },
          },
  };
}

function nearest(
  turn: DeclicTurn,
  day: string,
  sessions: readonly SessionAvailability[],
): readonly SessionAvailability[] {
  const away = (session: SessionAvailability): number =>
    Math.abs(Date.parse(localDay(turn, session)) - Date.parse(day));
  const close = [...sessions].sort((a, b) => away(a) - away(b)).slice(0, NEAREST);
  return sessions.filter((session) => close.includes(session));
}

const localDay = (turn: DeclicTurn, session: SessionAvailability): string =>
  isoDay(session, personZone(turn));
