import { LONGEST_MESSAGE } from '#conversation/render.ts';
import type { Text } from '#conversation/text-key.ts';
import { isFull, type Session, type SessionAvailability } from '#programme/session.ts';
import { described } from './session-words.ts';
import type { DeclicTurn } from './world.ts';

/** How a list is told: numbers are for lists whose buttons can be numbered. */
export interface ListStyle {
  readonly bullets?: boolean;
  /** Captions and sign language in the lines, when all of it is short enough. */
  readonly access?: boolean;
}

/** The longest sentence over a list. */
const HEADING = 26;
/** What surrounds the day and the hour of a line: its number, the places left or that it is full. */
const AROUND = 21;
const AROUND_FULL = 34;
const ZONE = 2;
const SAMPLE = 10;
const CAPTIONS = 13;
const SIGN = 19;

/** One to three dates, a line each. */
export function sessionList(
  turn: DeclicTurn,
  sessions: readonly SessionAvailability[],
  { bullets = false, access = false }: ListStyle = {},
): Text {
  const tellsAccess = access && isShortEnough(turn, sessions);
  const lines = sessions.map((session) => sessionLine(turn, session, tellsAccess));
  const [first, second, third] = lines;
  if (first === undefined) return { key: 'booking:listNone' };
  if (second === undefined) {
    return { key: bullets ? 'booking:bullets.one' : 'booking:session.one', values: { first } };
  }
  if (third === undefined) {
    const key = bullets ? 'booking:bullets.two' : 'booking:session.two';
    return { key, values: { first, second } };
  }
  const key = bullets ? 'booking:bullets.three' : 'booking:session.three';
  return { key, values: { first, second, third } };
}

/** "mardi 8 décembre 2026 à 9 h (12 places)". Made-up sessions say that they are. */
function sessionLine(turn: DeclicTurn, session: SessionAvailability, tellsAccess: boolean): Text {
  const { day, startTime, zoneNote } = described(turn, session);
  const room: Text = isFull(session)
    ? { key: 'booking:full' }
    : { key: 'booking:room', values: { count: session.seatsLeft } };
  const line: Text =
    zoneNote === undefined
      ? { key: 'booking:line', values: { day, time: startTime, room } }
      : { key: 'booking:lineElsewhere', values: { day, time: startTime, zone: zoneNote, room } };
  const access = tellsAccess ? accessOf(session) : undefined;
  const text: Text = access ? { key: 'booking:lineAccess', values: { line, access } } : line;
  return session.sample ? { key: 'booking:sampleMark', values: { text } } : text;
}

function accessOf({ accessibility }: Session): Text | undefined {
  const { captions, signLanguage } = accessibility;
  const first = { key: 'booking:card.captions' } as const;
  const second = { key: 'booking:card.sign' } as const;
  if (captions && signLanguage) return { key: 'booking:card.two', values: { first, second } };
  if (captions) return first;
  return signLanguage ? second : undefined;
}

function isShortEnough(turn: DeclicTurn, sessions: readonly SessionAvailability[]): boolean {
  const lengths = sessions.map((session) => {
    const { day, startTime, zoneNote } = described(turn, session);
    const { captions, signLanguage } = session.accessibility;
    return [
      day.length + startTime.length,
      isFull(session) ? AROUND_FULL : AROUND,
      zoneNote === undefined ? 0 : ZONE + zoneNote.length,
      session.sample ? SAMPLE : 0,
      captions ? CAPTIONS : 0,
      signLanguage ? SIGN : 0,
    ];
  });
  return lengths.flat().reduce((sum, length) => sum + length, HEADING) <= LONGEST_MESSAGE;
}
