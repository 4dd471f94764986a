import { readFileSync } from 'node:fs';
import { basename } from 'node:path';

/** A readable conversation: what is given, what is said, what comes back. */
export interface Script {
  readonly file: string;
  readonly title: string;
  readonly lines: readonly ScriptLine[];
}

export interface ScriptLine {
  readonly number: number;
  readonly kind: (typeof KINDS)[number];
  readonly text: string;
}

const KINDS = [
  /** `session december: 2026-12-08 09:00, 12 seats` (also `full`, `captions`, `place Lille`). */
  'session',
  /** `taken: december`: someone else takes a seat in it meanwhile. `closed:` the team closes it. */
  'taken',
  'closed',
  /** `profile: Indian/Reunion`: the time zone of the person's device. */
  'zone',
  /** The person opens the chat. */
  'opens',
  /** `user: je veux m'inscrire {booking_create}`: words, and how they are understood. */
  'user',
  /** `press: Voir les dates`: a button of the last answer. */
  'press',
  /** `bot: booking:session.ask`, one line a message, in order. */
  'bot',
  /** `shows: Garder ma place`: a button of the last answer. `hides:` the contrary. */
  'shows',
  'hides',
  /** `reads: 8 décembre`: words that the last answer holds. */
  'reads',
  /** `waits: booking.session`, or `waits: nothing`. */
  'waits',
  /** `holds: december booked`, `holds: december waiting 2`, or `holds: nothing`. */
  'holds',
] as const;

/** Reads a script. Throws, naming the line, when one is of no known kind. */
export function readScript(path: string): Script {
  const all = readFileSync(path, 'utf8').split('\n');
  const lines = all.flatMap((line, index): ScriptLine[] => {
    const text = line.trim();
    if (text === '' || text.startsWith('#')) return [];
    const [word = '', ...rest] = text.split(/[:\s]/);
    const kind = KINDS.find((known) => known === word);
    if (kind === undefined) throw new Error(`${path}:${index + 1} begins with no known word.`);
    return [
      {
        number: index + 1,
        kind,
        text: rest.join(' ') === '' ? '' : text.slice(word.length + 1).trim(),
      },
    ];
  });
  const title =
    all
      .find((line) => line.startsWith('#'))
      ?.slice(1)
      .trim() ?? basename(path);
  return { file: basename(path), title, lines };
}
