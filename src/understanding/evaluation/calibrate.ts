import type { Intent } from '#shared/intents.ts';
import { dangerClues } from '../distress/danger-level.ts';
import { DangerWords } from '../distress/danger-words.ts';
import { isLexical } from '../features/concept-finder.ts';
import { LanguageModel } from '../language-model.ts';
import { readConnectors, readParts } from '../message-reader.ts';
import { candidatesOf, POLITE } from '../reading/candidates.ts';
import { type Example, readExamples } from '../training/corpus.ts';
import type { LoadedLanguage } from '../training/model-cache.ts';
import { seeded } from '../training/random.ts';
import { type LanguageSources, readSources } from '../training/sources.ts';
import { trainLanguage } from '../training/train-language.ts';
import type { JudgedMessage } from './fit-decision.ts';

/** A message made for learning: its text and all that it carries. */
interface Made {
  readonly text: string;
  readonly intents: readonly Intent[];
  readonly weight: number;
}

/** Made messages with two intents, for each one with a single one. */
const PAIRS = 0.3;
/** How much a made pair counts: most real messages carry one intent. */
const PAIR_WEIGHT = 0.3;
/** How much a real message with several counts: they are fewer than the phrases, and truer than pairs. */
const SEVERAL_WEIGHT = 1.5;
/** Intents that are seldom joined with another. */
const ALONE: ReadonlySet<Intent> = new Set<Intent>(['none', 'help', 'feedback', 'repeat']);
const GLUES = [', ', '. ', ' ? ', ' ', '\n', '... ', ' : '];

/**
 * Reads every phrase with a model that has not seen it, alone and joined two by two: what the
 * numbers of `resources/decision.json` are learned on.
 * @param folds how many models share the phrases
 */
export const judgeUnseen = (
  localesDir: string,
  locale: string,
  folds: number,
  onFold: (done: number) => void,
): JudgedMessage[] => {
  const sources = readSources(localesDir, locale);
  const examples = readExamples(localesDir, locale);
  const messages: JudgedMessage[] = [];
  for (let fold = 0; fold < folds; fold++) {
    const unseen = examples.filter((_, i) => i % folds === fold);
    const seen = examples.filter((_, i) => i % folds !== fold);
    const judge = judgeWith(new LanguageModel(trainLanguage(seen, sources), sources), sources);
    messages.push(...made(unseen, sources.locale, fold).map(judge));
    onFold(fold + 1);
  }
  return messages;
};

/** Reads messages written apart, with a model that has learned all phrases. */
export const judgeApart = (
  { model, sources }: LoadedLanguage,
  messages: readonly { readonly text: string; readonly intents: readonly Intent[] }[],
): JudgedMessage[] => {
  const judge = judgeWith(new LanguageModel(model, sources), sources);
  return messages.map((message) => judge({ ...message, weight: 1 }));
};

/** Reads messages and says which candidates are right. */
const judgeWith = (model: LanguageModel, sources: LanguageSources) => {
  const connectors = readConnectors(sources.locale);
  const danger = new DangerWords(() => sources.spelling);
  return ({ text, intents, weight }: Made): JudgedMessage => {
    const words = model.reader.read(text);
    const { chances, ...reading } = readParts({ model, connectors }, words);
    const candidates = candidatesOf(reading).map(({ intent, start, clues }) => ({
      intent,
      start,
      clues,
      carried: intents.includes(intent),
      isFirst: intent === intents[0],
      weight,
    }));
    const clues = dangerClues(danger.find(words.filter(isLexical)), chances);
    const carried = intents.includes('distress');
    return {
      candidates,
      anchor: reading.whole[0]?.intent ?? 'none',
      danger: { clues, carried, weight },
      isPlain: intents.length === 1,
    };
  };
};

/** The phrases alone, and some of them joined two by two. */
const made = (examples: readonly Example[], locale: string, seed: number): Made[] => {
  const random = seeded(seed + 1);
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;
  const glues = [...GLUES, ...[...readConnectors(locale)].map((word) => ` ${word} `)];
  const messages: Made[] = examples.map(({ text, intent, also = [] }) => ({
    text,
    intents: [intent, ...also],
    weight: also.length > 0 ? SEVERAL_WEIGHT : 1,
  }));
  for (let i = 0; i < examples.length * PAIRS; i++) {
    const [a, b] = [pick(examples), pick(examples)];
    if (a.also !== undefined || b.also !== undefined) continue;
    if (a.intent === b.intent || (POLITE.has(a.intent) && POLITE.has(b.intent))) continue;
    if (ALONE.has(a.intent) || ALONE.has(b.intent)) continue;
    const intents = [a.intent, b.intent].filter((intent) => !POLITE.has(intent));
    messages.push({ text: a.text + pick(glues) + b.text, intents, weight: PAIR_WEIGHT });
  }
  return messages;
};
