import type { Heard } from './heard.ts';
import type { Data } from './json.ts';
import type { Reply } from './reply.ts';
import type { TextKey } from './text-key.ts';
import type { Turn, World } from './turn.ts';

export type Awaitable<T> = T | Promise<T>;

/** Where a step leads. */
export type Next =
  /** To another step of the same dialog. */
  | { readonly to: string }
  /** Runs another dialog, then comes back to the step `resumeAt`. */
  | { readonly call: string; readonly with?: Data; readonly resumeAt: string }
  /** Ends this dialog and begins another in its place. */
  | { readonly become: string; readonly at?: string; readonly with?: Data }
  /** The dialog is over: whatever waited below comes back. */
  | 'end';

export const to = (step: string): Next => ({ to: step });

/** What a step may lead to: a step's name, `@dialog` for another dialog, or `end`. */
export type Lead = string;

/** Says or does something and goes on at once. */
export interface TellStep<W extends World = World> {
  readonly kind: 'tell';
  readonly leads: readonly Lead[];
  run(turn: Turn<W>, data: Data): Awaitable<Next>;
}

/**
 * How a question stands alone: nothing is answered or guessed beside it, its form of words changes
 * once, and whatever is done instead of answering, it never comes back.
 */
export interface Alone {
  /** The value that a message stands for when nothing can be read for the second time. */
  readonly unclear: string;
  /** Whether the message plainly asks for something else, which is then done. */
  leaves(heard: Heard): boolean;
  /** Said first when the person goes on with something else. */
  readonly left: TextKey;
}

/** Asks one question and waits for the answer. Answers are short strings, whatever the channel. */
export interface AskStep<W extends World = World> {
  readonly kind: 'ask';
  readonly leads: readonly Lead[];
  /** The question, as one message. `round` 0 is the first time; later rounds use other words. */
  question(turn: Turn<W>, data: Data, round: number): Awaitable<Reply>;
  /** The question in a few words, for bringing it back; absent: as it was put. */
  readonly brief?: TextKey;
  /** Answers "why do you ask?". */
  readonly why: TextKey;
  /** What "I would rather not say" gives; absent when the question cannot do without. */
  readonly skip?: string;
  /** Any words are an answer, unless they are clearly something else. */
  readonly free?: boolean;
  readonly alone?: Alone;
  /** Reads the answer in a message, or answers undefined. */
  read(heard: Heard, turn: Turn<W>, data: Data): Awaitable<string | undefined>;
  /** Whether the value of a button, which anyone can forge, may be taken. */
  accepts(value: string, turn: Turn<W>, data: Data): Awaitable<boolean>;
  take(turn: Turn<W>, data: Data, value: string): Awaitable<Next>;
}

export type Step<W extends World = World> = TellStep<W> | AskStep<W>;

/** How a form lets the engine fill and mend it from outside its current question. */
export interface FormPort<W extends World = World> {
  /**
   * Fills the slots that the message states and that are empty (or all stated ones, when
   * correcting). Answers the slots that changed.
   */
  harvest(turn: Turn<W>, data: Data, mode: 'empty' | 'correct'): Awaitable<readonly string[]>;
  /** Says what was noted after a correction. */
  noted(turn: Turn<W>, data: Data, slots: readonly string[]): Awaitable<void>;
  /** Where the form stands now. */
  next(turn: Turn<W>, data: Data): Awaitable<Next>;
}

/** A part of the conversation: steps, and where each may lead. */
export interface Dialog<W extends World = World> {
  readonly id: string;
  /** Goes up when saved data of the dialog can no longer be read; the dialog then starts anew. */
  readonly version: number;
  /** One sentence for the map. */
  readonly purpose: string;
  readonly start: string;
  readonly steps: Readonly<Record<string, Step<W>>>;
  readonly form?: FormPort<W>;
}

/** The step that a step's button belongs to: `dialog.step`. */
export const stepAddress = (dialog: string, step: string): string => `${dialog}.${step}`;
