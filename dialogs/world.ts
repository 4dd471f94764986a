import type { Dialog } from '#conversation/dialog.ts';
import type { Data } from '#conversation/json.ts';
import type { Turn } from '#conversation/turn.ts';
import type { Bookings } from '#programme/booking.ts';
import type { CalendarLinks } from '#programme/calendar-links.ts';
import type { Callbacks } from '#programme/callback.ts';
import type { PersonalData } from '#programme/personal-data.ts';

/** What the dialogs can do, within the turn's transaction. */
export interface DeclicServices {
  readonly bookings: Bookings;
  readonly callbacks: Callbacks;
  readonly personalData: PersonalData;
  readonly calendarLinks: CalendarLinks;
  /** Whether messages are also read by a service outside (Azure CLU). */
  readonly readsElsewhere: boolean;
}

/** Who is in danger, and of what: each has its own help. */
export type Danger = 'self' | 'violence' | 'relative';

/** What keeps the assistant quiet about the programme. */
export type Quiet = {
  readonly danger: Danger;
  /** When danger was last heard, in milliseconds of the epoch. */
  readonly heardAt: number;
  /** How many times the person wrote since, and was told again where help is. */
  readonly stayed: number;
  /** The person said once that there was no danger: a second time would not be believed. */
  readonly denied?: boolean;
  /** The quiet is over. */
  readonly over?: boolean;
};

/** What the assistant remembers of a person across dialogs. Kept with the conversation's state. */
export interface DeclicMemory extends Data {
  /** IANA zone, when the person's device tells it. */
  timeZone?: string;
  /** IANA zone of the overseas place where they say they live: devices may tell another. */
  territoryZone?: string;
  /** The last eligibility result, and the answers it came from. */
  eligibility?: {
    readonly outcome: 'yes' | 'elsewhere' | 'team';
    readonly version: string;
    readonly answers: { readonly [question: string]: string };
  };
  /** What the person said of themselves before anyone asked. */
  told?: { readonly situation?: string; readonly place?: string; readonly adult?: string };
  /** The one or two jobs that the conversation is about, and when (milliseconds of the epoch). */
  careers?: { readonly ids: readonly string[]; readonly at: number };
  /** The one or two former jobs told last, ids of `src/knowledge/bridges.json`. */
  formerJobs?: readonly string[];
  /** How many times each doubt was raised. */
  doubts?: { readonly [doubt: string]: number };
  /** The person said "not now": nothing proposes booking until they bring it up. */
  notNow?: boolean;
  /** After distress: silence on the programme until the person comes back to it. */
  quiet?: Quiet;
  /** The person does not want copies of messages that are not understood. */
  keepsNothing?: boolean;
  /** Insults so far: the limit is said once. */
  insults?: number;
}

export interface DeclicWorld {
  readonly services: DeclicServices;
  readonly memory: DeclicMemory;
}

export type DeclicTurn = Turn<DeclicWorld>;
export type DeclicDialog = Dialog<DeclicWorld>;
