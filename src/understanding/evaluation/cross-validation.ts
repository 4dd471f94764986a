import type { Understanding } from '#shared/recognition.ts';
import { MessageReader } from '../message-reader.ts';
import { type Example, readExamples } from '../training/corpus.ts';
import { readSources } from '../training/sources.ts';
import { trainDetector } from '../training/train-detector.ts';
import { trainLanguage } from '../training/train-language.ts';
import { judge } from './evaluate-file.ts';
import type { Judged } from './metrics.ts';

/**
 * Reads every phrase with a model that has not seen it: `folds` models, each trained without its
 * share of the phrases. Neighbouring lines fall into different shares.
 */
export const crossValidate = async (
  localesDir: string,
  locale: string,
  folds: number,
  onFold: (done: number) => void,
): Promise<Judged[]> => {
  const sources = readSources(localesDir, locale);
  const examples = readExamples(localesDir, locale);
  // Only one language is read: there is nothing to tell apart.
  const detector = { languages: [locale], linear: trainDetector([[locale]]) };
  const judged: Judged[] = [];
  for (let fold = 0; fold < folds; fold++) {
    const isHeldOut = (_: Example, i: number) => i % folds === fold;
    const model = trainLanguage(
      examples.filter((e, i) => !isHeldOut(e, i)),
      sources,
    );
    const reader = new MessageReader(localesDir, {
      languages: [{ sources, load: () => ({ model, sources }) }],
      detector,
    });
    const understanding: Understanding = {
      recognise: async (text, context) => reader.read(text, context),
    };
    const lines = examples.filter(isHeldOut).map((example) => ({ ...example, locale }));
    judged.push(...(await judge(lines, understanding)));
    onFold(fold + 1);
  }
  return judged;
};
