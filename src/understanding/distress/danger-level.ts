import type { Recognition } from '#shared/recognition.ts';
import type { DangerSigns } from './danger-words.ts';

/** What the models of a language say of a message: probabilities of danger, 0 to 1. */
export interface DangerChances {
  /** Of the intent `distress` among all intents: for the whole message, and in its likeliest part. */
  readonly intent: { readonly whole: number; readonly part: number };
  /** Of danger against everything else: the same two. */
  readonly alarm: { readonly whole: number; readonly part: number };
}

/** Chosen on messages that the models had not seen: see resources/decision.json. */
export interface DangerDecision {
  /** What each clue of `dangerClues` weighs. */
  readonly weights: readonly number[];
  /** From this likelihood on, help is shown at once. */
  readonly yes: number;
  /** From here on distress is the likeliest reading, and it is asked. */
  readonly lean: number;
  /** From here on it is asked, though something else is likelier. */
  readonly maybe: number;
}

/** Places of the clues that are words of danger: these never speak against it. */
export const DANGER_SIGNS: readonly number[] = [5, 6, 7];

/** What speaks for and against danger; as many numbers as there are weights. */
export const dangerClues = (signs: DangerSigns, { intent, alarm }: DangerChances): number[] => [
  1,
  logit(intent.whole),
  logit(Math.max(intent.whole, intent.part)),
  logit(alarm.whole),
  logit(Math.max(alarm.whole, alarm.part)),
  Number(signs.clear),
  Number(signs.covered && !signs.clear),
  Number(signs.possible),
  Number(signs.guard),
  Number(onlySounds(signs)),
  Number(signs.light),
];

/** What is known of danger in a message. */
export interface Danger {
  readonly level: Recognition['distress'];
  /** How likely it is, 0 to 1. */
  readonly likelihood: number;
  /** Whether it is the likeliest thing that the message says. */
  readonly leads: boolean;
}

/**
 * Whether a message speaks of danger for oneself or someone close. Recall comes first.
 * @param chances undefined when no model reads the language: then the words decide alone
 */
export const dangerLevel = (
  signs: DangerSigns,
  chances: DangerChances | undefined,
  decision: DangerDecision,
): Danger => {
  if (chances === undefined) return ofWordsAlone(signs);
  const likelihood = weigh(dangerClues(signs, chances), decision.weights);
  const { yes, lean, maybe } = decision;
  if (likelihood >= yes) return { level: 'yes', likelihood, leads: true };
  // "Mort de rire" and the like are not asked about on a mere doubt.
  const asks = likelihood >= maybe && !onlySounds(signs);
  return { level: asks ? 'maybe' : 'no', likelihood, leads: asks && likelihood >= lean };
};

/** Whether all that sounds like danger is known to be something else. */
const onlySounds = ({ guard, clear, covered, possible }: DangerSigns): boolean =>
  guard && !(clear || covered || possible);

/** What words alone are worth. */
const SURE = 0.9;
const HALF = 0.5;

const ofWordsAlone = ({ clear, covered, possible, light }: DangerSigns): Danger => {
  if (clear && !light) return { level: 'yes', likelihood: SURE, leads: true };
  if (clear || covered || possible) return { level: 'maybe', likelihood: HALF, leads: clear };
  return { level: 'no', likelihood: 0, leads: false };
};

const weigh = (clues: readonly number[], weights: readonly number[]): number => {
  const sum = clues.reduce((total, clue, i) => total + clue * (weights[i] ?? 0), 0);
  return 1 / (1 + Math.exp(-sum));
};

const FLOOR = 1e-4;

const logit = (p: number): number => {
  const bounded = Math.min(1 - FLOOR, Math.max(FLOOR, p));
  return Math.log(bounded / (1 - bounded));
};
