import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Logger } from '#shared/logger.ts';
import { readModel, type TrainedModel, writeModel } from '../model/model-file.ts';
import { readPhrases, trainableLocales } from './corpus.ts';
import { type LanguageSources, readSources } from './sources.ts';
import { trainLanguage } from './train-language.ts';

/** A model with what its language's texts are read with. */
export interface LoadedLanguage {
  readonly model: TrainedModel;
  readonly sources: LanguageSources;
}

/** The models of all languages that have phrases: from the cache, or trained and put there. */
export const loadModels = (
  localesDir: string,
  cacheDir: string,
  logger: Logger,
): LoadedLanguage[] =>
  trainableLocales(localesDir).map((locale) => {
    const sources = readSources(localesDir, locale);
    const path = modelPath(cacheDir, locale);
    const cached = readCached(path, sources.contentHash, logger);
    return { sources, model: cached ?? trainAndKeep(localesDir, path, sources, logger) };
  });

/** Trains a language and writes its model; a folder that cannot be written costs only time. */
export const trainAndKeep = (
  localesDir: string,
  path: string,
  sources: LanguageSources,
  logger: Logger,
): TrainedModel => {
  const started = performance.now();
  const examples = readPhrases(localesDir, sources.locale);
  const model = trainLanguage(examples, sources);
  const seconds = Math.round(performance.now() - started) / 1000;
  logger.info({ locale: sources.locale, phrases: examples.length, seconds }, 'model trained');
  try {
    writeModel(path, model);
  } catch (cause) {
    logger.warn({ err: cause, path }, 'the trained model could not be kept');
  }
  return model;
};

export const modelPath = (cacheDir: string, locale: string): string =>
  join(cacheDir, `${locale}.model`);

/** The cached model when it was made from this very content, undefined otherwise. */
export const readCached = (
  path: string,
  contentHash: string,
  logger: Logger,
): TrainedModel | undefined => {
  if (!existsSync(path)) return undefined;
  try {
    const model = readModel(path);
    return model.contentHash === contentHash ? model : undefined;
  } catch (cause) {
    logger.warn({ err: cause, path }, 'a cached model cannot be read and is made again');
    return undefined;
  }
};
