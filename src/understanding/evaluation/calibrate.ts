import type { Intent } from '#shared/intents.ts';
import { LanguageModel } from '../language-model.ts';
import { readConnectors, readParts } from '../message-reader.ts';
import { candidatesOf, POLITE } from '../reading/candidates.ts';
import type { Decision } from '../reading/decision.ts';
import { type Example, readPhrases } from '../training/corpus.ts';
import { seeded } from '../training/softmax-trainer.ts';
import { type LanguageSources, readSources } from '../training/sources.ts';
import { trainLanguage } from '../training/train-language.ts';
import type { EvaluationLine } from './evaluate-file.ts';
import { fitWeights, type JudgedMessage, recalibrate } from './fit-decision.ts';

/** A message made for learning: its text and all that it carries. */
interface Made {
  readonly text: string;
  readonly intents: readonly Intent[];
  readonly weight: number;
}

/** Made messages with two intents, for each one with a single one. */
const PAIRS = 0.5;
/** How much a made pair counts: most real messages carry one intent. */
const PAIR_WEIGHT = 0.6;
/** Intents that are seldom joined with another. */
const ALONE: ReadonlySet<Intent> = new Set<Intent>(['none', 'help', 'feedback', 'repeat']);
const GLUES = [', ', '. ', ' ? ', ' ', '\n', '... ', ' : '];

/**
 * Learns how clauses and the whole are weighed, on phrases that the models had not seen (alone,
 * and joined two by two), then fits the scores to messages written apart from the phrases.
 */
export const calibrate = (
  localesDir: string,
  locale: string,
  heldOut: readonly EvaluationLine[],
  folds: number,
  onFold: (done: number) => void,
): Pick<Decision, 'weights'> => {
  const sources = readSources(localesDir, locale);
  const examples = readPhrases(localesDir, locale);
  const messages: JudgedMessage[] = [];
  for (let fold = 0; fold < folds; fold++) {
    const unseen = examples.filter((_, i) => i % folds === fold);
    const seen = examples.filter((_, i) => i % folds !== fold);
    const judge = judgeWith(seen, sources);
    messages.push(...made(unseen, sources.locale, fold).map(judge));
    onFold(fold + 1);
  }
  const learned = fitWeights(messages.flatMap(({ candidates }) => candidates));
  const judge = judgeWith(examples, sources);
  const real = heldOut.map(({ text, intent, intents }) =>
    judge({ text, intents: (intents ?? [intent]) as Intent[], weight: 1 }),
  );
  const weights = recalibrate(learned, real);
  return { weights };
};

/** Reads messages with a model trained on some phrases and says which candidates are right. */
const judgeWith = (seen: readonly Example[], sources: LanguageSources) => {
  const model = new LanguageModel(trainLanguage(seen, sources), sources);
  const connectors = readConnectors(sources.locale);
  return ({ text, intents, weight }: Made): JudgedMessage => {
    const { whole, parts } = readParts({ model, connectors }, model.reader.read(text));
    const candidates = candidatesOf(whole, parts).map(({ intent, clues }) => ({
      clues,
      carried: intents.includes(intent),
      isFirst: intent === intents[0],
      weight,
    }));
    return { candidates };
  };
};

/** The phrases alone, and some of them joined two by two. */
const made = (examples: readonly Example[], locale: string, seed: number): Made[] => {
  const random = seeded(seed + 1);
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;
  const glues = [...GLUES, ...[...readConnectors(locale)].map((word) => ` ${word} `)];
  const messages: Made[] = examples.map(({ text, intent }) => ({
    text,
    intents: [intent],
    weight: 1,
  }));
  for (let i = 0; i < examples.length * PAIRS; i++) {
    const [a, b] = [pick(examples), pick(examples)];
    if (a.intent === b.intent || (POLITE.has(a.intent) && POLITE.has(b.intent))) continue;
    if (ALONE.has(a.intent) || ALONE.has(b.intent)) continue;
    const intents = [a.intent, b.intent].filter((intent) => !POLITE.has(intent));
    messages.push({ text: a.text + pick(glues) + b.text, intents, weight: PAIR_WEIGHT });
  }
  return messages;
};
