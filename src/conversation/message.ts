import type { Intent } from '#shared/intents.ts';
import type { Transaction } from '#shared/transaction.ts';

/** The ways out that win at every step, by any wording, in any language. */
export const WAYS_OUT = ['menu', 'help', 'back', 'restart', 'human', 'stop', 'erase'] as const;
export type WayOut = (typeof WAYS_OUT)[number];

/**
 * What a button does. It travels to the channel and back as JSON, so it holds nothing secret,
 * and whoever forges one gets no further than by typing.
 */
export type Action =
  /** Answers the question of a step ("booking.session"); ignored kindly once that step has passed. */
  | { readonly do: 'answer'; readonly step: string; readonly value: string }
  /** As if the person had said something with this intent. */
  | {
      readonly do: 'intent';
      readonly intent: Intent;
      readonly with?: Readonly<Record<string, string>>;
    }
  | { readonly do: 'way_out'; readonly way: WayOut }
  /** Back to the question that was waiting when the person asked for the menu or left. */
  | { readonly do: 'resume' }
  /** Opens an address; never comes back. */
  | { readonly do: 'open'; readonly url: string };

/** A message from a person (or the opening of a conversation), stripped of its channel. */
export interface Incoming {
  /** directline, msteams, emulator, whatsapp, terminal… */
  readonly channel: string;
  /** Unique within the channel. */
  readonly conversationId: string;
  /** Unique within the conversation: the same id twice is the same message delivered twice. */
  readonly activityId: string;
  /** Unique within the channel: one user is one person. */
  readonly userId: string;
  /** `start`: the person opened the conversation and has said nothing yet. */
  readonly kind: 'message' | 'start';
  readonly text: string;
  /** What the pressed button carried, as it came: not checked yet. */
  readonly action?: unknown;
  /** BCP 47, when the channel tells. */
  readonly locale?: string;
  /** IANA name, when the channel tells. */
  readonly timeZone?: string;
  /** The person sent something other than text (picture, voice…), which cannot be read. */
  readonly hasAttachment?: boolean;
}

export interface OutgoingChoice {
  /** At most 20 characters where the channel is WhatsApp; the person's language. */
  readonly title: string;
  readonly action: Action;
}

/** A small card: facts in lines, and links. Everything in it is also in words somewhere. */
export interface OutgoingCard {
  readonly title: string;
  readonly subtitle?: string;
  readonly lines: readonly { readonly label: string; readonly text: string }[];
  readonly links: readonly { readonly title: string; readonly url: string }[];
}

/** A file offered to the person, by address. */
export interface OutgoingFile {
  readonly name: string;
  readonly contentType: string;
  readonly url: string;
}

/** One message of the assistant, already in the person's words; the channel decides how it looks. */
export interface Outgoing {
  /** `namespace:key` of the text, for transcripts and tests. */
  readonly key: string;
  readonly text: string;
  /** BCP 47 language of the text. */
  readonly locale: string;
  readonly choices?: readonly OutgoingChoice[];
  readonly card?: OutgoingCard;
  readonly file?: OutgoingFile;
}

/** What a turn came to. The same activity delivered again gets the same replies. */
export interface TurnOutcome {
  readonly replies: readonly Outgoing[];
  /** The activity had been handled before: these are the recorded replies. */
  readonly duplicate: boolean;
}

/**
 * Called inside the turn's transaction, once, when the turn is new: a channel that keeps its own
 * log (Direct Line) writes it here, so that it is committed with the bookings it speaks of.
 */
export type TurnRecorder = (tx: Transaction, replies: readonly Outgoing[]) => Promise<void>;

/** What channels talk to. */
export interface Assistant {
  /** Runs one turn and commits it. Throws only when something is broken: then nothing happened. */
  handle(incoming: Incoming, record?: TurnRecorder): Promise<TurnOutcome>;
}
