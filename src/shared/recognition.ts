import type { Intent } from './intents.ts';

/** An intent and how sure the recogniser is of it, 0 to 1. */
export interface ScoredIntent {
  readonly intent: Intent;
  readonly score: number;
}

/**
 * Something named in a message.
 * `kind` is one of: region, department, city, career, occupation, trade (an occupation that is named
 * and may be the writer's), date (ISO day), ordinal ("la deuxième" → 2, "la dernière" → -1), number,
 * age (years), email, phone (E.164 when French), first_name, month (1 to 12), or the name of a group
 * of `locales/<lng>/values.tsv` (situation, place, age_range, yes_no, way_out, meta…).
 */
export interface Entity {
  readonly kind: string;
  /** The normalised value. */
  readonly value: string;
  /** The words as they were written. */
  readonly text: string;
  /** Where the words start and end in the message, in UTF-16 units, end excluded. */
  readonly start: number;
  readonly end: number;
}

/** What a message means, in our words, whichever recogniser read it. */
export interface Recognition {
  /** BCP 47 language of the message, as far as it can be told. */
  readonly language: string;
  /** All intents found, in the order to answer them. The first decides when only one can. */
  readonly intents: readonly ScoredIntent[];
  /** The best guesses, most likely first, whatever the action. */
  readonly top3: readonly ScoredIntent[];
  /** What the scores allow: answer it, offer the guesses as buttons, or say it is unknown. */
  readonly action: 'answer' | 'clarify' | 'unknown';
  readonly entities: readonly Entity[];
  /** Distress comes before everything: `yes` answers with help, `maybe` asks. */
  readonly distress: 'yes' | 'maybe' | 'no';
  /** Whether it leans on what was said before ("et le salaire ?"); not when absent. */
  readonly leansBack?: boolean;
}

/** What is known beside the message. */
export interface RecognitionContext {
  /** BCP 47 language of the conversation: decides when the message is too short to tell. */
  readonly locale: string;
  /** What "tomorrow" is counted from; the moment it is read, when absent. */
  readonly now?: Date;
  /** IANA name of the person's time zone: decides which day it is. Europe/Paris when absent. */
  readonly timeZone?: string;
}

/** The port that the conversation asks. It never throws: a failing recogniser falls back. */
export interface Understanding {
  /** Whether messages are read outside this machine: people are told. Not when absent. */
  readonly readsElsewhere?: boolean;
  recognise(text: string, context: RecognitionContext): Promise<Recognition>;
}
