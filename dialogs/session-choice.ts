import { choice } from '#conversation/form.ts';
import type { Heard } from '#conversation/heard.ts';
import type { Data } from '#conversation/json.ts';
import type { Choice, Reply } from '#conversation/reply.ts';
import type { Text, TextKey } from '#conversation/text-key.ts';
import { isFull, type SessionAvailability } from '#programme/session.ts';
import { anyWillDo } from './named-days.ts';
import { sessionList } from './session-list.ts';
import { MORE, type Narrowed, namedSession, narrowed } from './session-wanted.ts';
import { dayTitle } from './session-words.ts';
import type { DeclicTurn } from './world.ts';

/** Dates shown at once: as many as WhatsApp has buttons, and one more for "other dates". */
export const SHOWN = 3;
/** Dates a person can choose from. */
const MOST = 30;

const PAGE = 'page';
/** What the dates shown are narrowed to. */
const NARROW = 'narrow';

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
  const { shown, heading } = inView(turn, data, sessions);
  const values = { ...wording.values, list: sessionList(turn, shown) };
  const text: Text = heading && round === 0 ? heading : { key: wordingAt(wording, round) };
  return {
    key: text.key,
    values: { ...values, ...text.values },
    choices: [
      ...shown.map((session) => dayChoice(turn, step, session)),
      ...(sessions.length > shown.length ? [choice('booking:session.choiceMore', step, MORE)] : []),
    ],
  };
}

const wordingAt = ({ first, again, last }: Wording, round: number): TextKey =>
  [first, again][round] ?? last;

const dayChoice = (turn: DeclicTurn, step: string, session: SessionAvailability): Choice => ({
  title: dayTitle(turn, session),
  action: { do: 'answer', step, value: session.id },
});

/** The dates shown, and what is said over them when they are not simply the next ones. */
function inView(
  turn: DeclicTurn,
  data: Data,
  sessions: readonly SessionAvailability[],
): { readonly shown: readonly SessionAvailability[]; readonly heading?: Text } {
  const narrow: Narrowed | undefined = narrowed(turn, String(data[NARROW] ?? ''), sessions);
  if (narrow !== undefined) return { ...narrow, shown: narrow.shown.slice(0, SHOWN) };
  const page = Number(data[PAGE] ?? 0) % Math.max(1, Math.ceil(sessions.length / SHOWN));
  const shown = sessions.slice(page * SHOWN, (page + 1) * SHOWN);
  return page > 0 ? { shown, heading: { key: 'booking:session.more' } } : { shown };
}

/**
 * Shows other dates, as the answer to the question asks: the next ones (after the last, the first
 * again), or those that come near what was asked for. Answers false when the value is a date.
 */
export function showOthers(data: Data, value: string): boolean {
  if (value === MORE && data[NARROW] !== undefined) {
    delete data[NARROW];
    data[PAGE] = 0;
    return true;
  }
  if (value === MORE) {
    data[PAGE] = Number(data[PAGE] ?? 0) + 1;
    return true;
  }
  if (!value.includes(':')) return false;
  data[NARROW] = value;
  return true;
}

/**
 * The session that a message chooses: by its day, its month ("celle de janvier"), its rank among
 * those shown ("la deuxième", "la dernière"), or "whichever comes first"; or the dates to show for
 * what it names. `held` is the session that the person has, which cannot be chosen.
 */
export function readSession(
  heard: Heard,
  turn: DeclicTurn,
  data: Data,
  sessions: readonly SessionAvailability[],
  held?: string,
): string | undefined {
  const named = namedSession(heard, turn, sessions, held);
  if (named !== undefined) return named;
  const others = sessions.filter(({ id }) => id !== held);
  if (anyWillDo(heard)) return (others.find((session) => !isFull(session)) ?? others[0])?.id;
  return ranked(heard, inView(turn, data, others).shown)?.id;
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
