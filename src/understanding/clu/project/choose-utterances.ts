import { createHash } from 'node:crypto';
import type { Intent } from '#shared/intents.ts';
import { readPhrases } from '../../training/corpus.ts';
import { foldPhrase } from '../../training/near-duplicates.ts';
import { LIMITS } from './clu-project.ts';

/** A phrase that goes into the project. */
export interface ChosenPhrase {
  readonly text: string;
  readonly language: string;
  readonly intent: Intent;
  readonly dataset: 'Train' | 'Test';
}

/** How many phrases were left out, and why. */
export interface LeftOut {
  readonly tooLong: number;
  readonly blind: number;
  /** Said in a language before, or twice. */
  readonly repeated: number;
  readonly overTheLimit: number;
}

export interface Choice {
  readonly phrases: readonly ChosenPhrase[];
  readonly leftOut: LeftOut;
}

/** One phrase in ten is kept out of learning, for the service to measure itself on. */
const TEST_SHARE = 0.1;

type Phrase = Omit<ChosenPhrase, 'dataset'>;

/**
 * Chooses the phrases of a project: once each whatever the language, none of the blind ones, at
 * most `most` of them. Where that is too few, the intents that have the most give up the rest.
 * @param locales those before come first where two languages say the same ("ok")
 * @param blind phrases that evaluation keeps for itself, in any spelling
 */
export const chooseUtterances = (
  localesDir: string,
  locales: readonly string[],
  blind: readonly string[],
  most: number = LIMITS.utterances,
): Choice => {
  const leftOut = { tooLong: 0, blind: 0, repeated: 0, overTheLimit: 0 };
  const refusal = createSieve(blind);
  const groups = new Map<string, Phrase[]>();
  for (const language of locales) {
    for (const { text, intent } of readPhrases(localesDir, language)) {
      const reason = refusal(text);
      const group = `${intent} ${language}`;
      if (reason === undefined) {
        groups.set(group, [...(groups.get(group) ?? []), { text, language, intent }]);
      } else leftOut[reason] += 1;
    }
  }
  const level = levelOf(
    [...groups.values()].map(({ length }) => length),
    most,
  );
  const phrases = [...groups.values()].flatMap((group) => {
    leftOut.overTheLimit += Math.max(0, group.length - level);
    return split(inDrawOrder(group, 'kept').slice(0, level));
  });
  return { phrases, leftOut };
};

/** Says why a phrase is left out, or lets it through once. */
const createSieve = (blind: readonly string[]) => {
  const never = new Set(blind.map(foldPhrase));
  const seen = new Set<string>();
  return (text: string): 'tooLong' | 'blind' | 'repeated' | undefined => {
    const key = foldPhrase(text);
    if (text.length > LIMITS.utteranceLength) return 'tooLong';
    if (never.has(key)) return 'blind';
    if (seen.has(key)) return 'repeated';
    seen.add(key);
    return undefined;
  };
};

/** How many phrases a group may have at most, so that all together do not exceed `most`. */
const levelOf = (sizes: readonly number[], most: number): number => {
  let level = Math.max(0, ...sizes);
  const total = (): number => sizes.reduce((sum, size) => sum + Math.min(size, level), 0);
  while (level > 0 && total() > most) level -= 1;
  return level;
};

/** Sets aside one phrase in ten of an intent in a language, and at least leaves one to learn. */
const split = (group: readonly Phrase[]): ChosenPhrase[] => {
  const tested = new Set(group.filter(({ text }) => draw('tested', text) < TEST_SHARE));
  if (tested.size === group.length) tested.clear();
  return group.map((phrase) => ({ ...phrase, dataset: tested.has(phrase) ? 'Test' : 'Train' }));
};

const inDrawOrder = (group: readonly Phrase[], purpose: string): Phrase[] =>
  group
    .map((phrase) => ({ phrase, place: draw(purpose, phrase.text) }))
    .sort((a, b) => a.place - b.place)
    .map(({ phrase }) => phrase);

/** A number from 0 to 1 that a phrase always draws, whatever the other phrases are. */
const draw = (purpose: string, text: string): number =>
  createHash('sha256').update(`${purpose} ${text}`).digest().readUInt32BE() / 2 ** 32;
