import { choice } from '#conversation/form.ts';
import type { Heard } from '#conversation/heard.ts';
import type { Data } from '#conversation/json.ts';
import type { Choice, Reply } from '#conversation/reply.ts';
import type { TextKey } from '#conversation/text-key.ts';
import type { SessionAvailability } from '#programme/session.ts';
import { isoDay } from '#programme/short-when.ts';
import { dayTitle, sessionList } from './session-words.ts';
import type { DeclicTurn } from './world.ts';

/** Dates shown at once: as many as WhatsApp has buttons, and one more for "other dates". */
export const SHOWN = 3;
/** Dates a person can choose from. */
const MOST = 30;
/** The answer that asks for the dates after those shown. */
export const MORE = 'more';

const PAGE = 'page';

/** Asked for several times in a turn, and the same until something is booked in it. */
const known = new WeakMap<DeclicTurn, Promise<readonly SessionAvailability[]>>();

/** Dates that can be chosen; `except` is the one the person has already. */
export async function choosable(
  turn: DeclicTurn,
  except?: string,
): Promise<readonly SessionAvailability[]> {
  const sessions = known.get(turn) ?? turn.services.bookings.upcoming(MOST);
  known.set(turn, sessions);
  return (await sessions).filter((session) => session.id !== except);
}

/** After a booking, a cancellation or a move, the places left are others. */
export const placesChanged = (turn: DeclicTurn): void => {
  known.delete(turn);
};

interface Wording {
  readonly first: TextKey;
  readonly again: TextKey;
  readonly last: TextKey;
  readonly values?: Reply['values'];
}

/** "Which date suits you?" with three dates as buttons, and the next ones on demand. */
export function askSession(
  turn: DeclicTurn,
  data: Data,
  step: string,
  sessions: readonly SessionAvailability[],
  round: number,
  wording: Wording,
): Reply {
  const page = pageOf(data, sessions.length);
  const shown = sessions.slice(page * SHOWN, (page + 1) * SHOWN);
  const key = page > 0 && round === 0 ? 'booking:session.more' : wordingAt(wording, round);
  return {
    key,
    values: { ...wording.values, list: sessionList(turn, shown) },
    choices: [
      ...shown.map((session) => dayChoice(turn, step, session)),
      ...(sessions.length > SHOWN ? [choice('booking:session.choiceMore', step, MORE)] : []),
    ],
  };
}

const wordingAt = ({ first, again, last }: Wording, round: number): TextKey =>
  [first, again][round] ?? last;

const dayChoice = (turn: DeclicTurn, step: string, session: SessionAvailability): Choice => ({
  title: dayTitle(turn, session),
  action: { do: 'answer', step, value: session.id },
});

/** Turns to the next dates, and after the last ones to the first again. */
export function turnPage(data: Data): void {
  data[PAGE] = Number(data[PAGE] ?? 0) + 1;
}

const pageOf = (data: Data, count: number): number =>
  Number(data[PAGE] ?? 0) % Math.max(1, Math.ceil(count / SHOWN));

/**
 * The session that a message names: by its day, its month ("celle de janvier"), its rank among
 * those shown ("la deuxième", "la dernière"), or "other dates".
 */
export function readSession(
  heard: Heard,
  turn: DeclicTurn,
  data: Data,
  sessions: readonly SessionAvailability[],
): string | undefined {
  const page = pageOf(data, sessions.length);
  const shown = sessions.slice(page * SHOWN, (page + 1) * SHOWN);
  return named(heard, turn, sessions)?.id ?? ranked(heard, shown)?.id;
}

/** The session that a message names by its day or, when only one is in it, its month. */
export function named(
  heard: Heard,
  turn: DeclicTurn,
  sessions: readonly SessionAvailability[],
): SessionAvailability | undefined {
  const days = heard.allStated('date').map(({ value }) => value);
  const onDay = sessions.filter((session) => days.includes(localDay(turn, session)));
  if (onDay.length > 0) return onDay[0];
  // "Celle du 10": a day of the month, when only one session is on it.
  const numbers = heard.allStated('number').map(({ value }) => Number(value));
  const onNumber = sessions.filter((session) =>
    numbers.includes(Number(localDay(turn, session).slice(8, 10))),
  );
  if (onNumber.length === 1) return onNumber[0];
  const months = heard.allStated('month').map(({ value }) => Number(value));
  const inMonth = sessions.filter((session) =>
    months.includes(Number(localDay(turn, session).slice(5, 7))),
  );
  return inMonth.length === 1 ? inMonth[0] : undefined;
}

function ranked(
  heard: Heard,
  shown: readonly SessionAvailability[],
): SessionAvailability | undefined {
  const ordinal = heard.stated('ordinal');
  if (ordinal === undefined) return undefined;
  const rank = Number(ordinal.value);
  return rank < 0 ? shown.at(rank) : shown[rank - 1];
}

const localDay = (turn: DeclicTurn, session: SessionAvailability): string =>
  isoDay(session, turn.memory.timeZone);
