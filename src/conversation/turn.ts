import type { Heard } from './heard.ts';
import type { Data } from './json.ts';
import type { Incoming } from './message.ts';
import type { Reply } from './reply.ts';
import type { TextKey, Values } from './text-key.ts';

/** What the dialogs of one assistant work with: its services, and what it remembers of a person. */
export interface World {
  readonly services: unknown;
  readonly memory: Data;
}

/** One message being answered. Everything a dialog may look at or do is here. */
export interface Turn<W extends World = World> {
  readonly now: Date;
  readonly personId: string;
  readonly incoming: Incoming;
  readonly heard: Heard;
  readonly services: W['services'];
  /** What the person told, kept across dialogs. Changed in place; saved with the turn. */
  readonly memory: W['memory'];
  /** BCP 47 of the conversation; `speak` changes it for this turn and those after. */
  readonly locale: string;
  /** Answers false when nothing is written in that locale: the language stays as it was. */
  speak(locale: string): boolean;
  /** Something else goes on after this dialog, in this very turn: be brief, and offer nothing. */
  readonly passing: boolean;
  /** Several things are answered in this turn: one message each. */
  readonly hurried: boolean;
  /** A question of another dialog waits below this one. */
  readonly waiting: boolean;
  /** What was told in the last turn, to say it again. */
  readonly lastSaid: readonly Reply[];
  say(reply: Reply): void;
  tell(key: TextKey, values?: Values): void;
  /** The words stood for a button: nothing else is read in them. */
  hearNothing(): void;
  /** Leaves the question that waits where it is, until the person comes back to it. */
  pause(): void;
  /** Forgets everything but the language: the person asked for it. */
  forget(): void;
}
