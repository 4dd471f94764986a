import type { Intent } from '#shared/intents.ts';
import type { Dialog } from './dialog.ts';
import type { Data } from './json.ts';
import type { Action, WayOut } from './message.ts';
import type { TextKey } from './text-key.ts';
import type { Turn, World } from './turn.ts';

/** Where to go in the dialogs. */
export interface Call {
  readonly dialog: string;
  /** A step other than the dialog's start. */
  readonly at?: string;
  readonly with?: Data;
}

/**
 * What an intent opens.
 * `answer`: told at once, then what waited comes back. `flow`: begins something with questions.
 * `courtesy`: hello, thanks: left aside when the message says anything else.
 */
export interface Route extends Call {
  readonly kind: 'answer' | 'flow' | 'courtesy';
  /** Another flow that this one runs by itself. */
  readonly includes?: string;
}

/** Everything that the engine runs: the one table of a whole assistant. */
export interface Conversation<W extends World = World> {
  readonly dialogs: readonly Dialog<W>[];
  readonly routes: Readonly<Record<Intent, Route | { readonly wayOut: WayOut }>>;
  /** `back` is the engine's own. */
  readonly waysOut: Readonly<Record<Exclude<WayOut, 'back'>, Call>>;
  /** Runs at each turn before anything is read: what the channel tells of the person is noted. */
  readonly before: (turn: Turn<W>) => void;
  /**
   * Distress, before everything: where it leads, or undefined. Told where the conversation waits
   * (`dialog.step`; undefined when it waits for nothing or is paused), and the button that was
   * pressed, typed or numbered.
   */
  readonly safety: (
    turn: Turn<W>,
    waitsAt: string | undefined,
    chosen: Action | undefined,
  ) => Call | undefined;
  /** When the person has opened the chat and said nothing. */
  readonly opening: Call;
  /**
   * Said before the first answer on channels where the chat has no opening; undefined: not now,
   * something graver goes on.
   */
  readonly firstWords: (turn: Turn<W>) => TextKey | undefined;
  /**
   * Whether a message that is not understood may be kept, masked, for those who teach the
   * recogniser. Told the dialogs under way, the one on top last.
   */
  readonly mayKeepUnread: (turn: Turn<W>, underWay: readonly string[]) => boolean;
  /** The button that stands for an intent when we are not sure; undefined: never offered. */
  readonly topic: (intent: Intent) => TextKey | undefined;
}
