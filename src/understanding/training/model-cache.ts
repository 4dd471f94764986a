import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Logger } from '#shared/logger.ts';
import type { DetectorModel } from '../language/language-detector.ts';
import { readModelFile, writeModelFile } from '../model/model-file.ts';
import {
  readContentHash,
  readModel,
  type TrainedModel,
  writeModel,
} from '../model/trained-model.ts';
import { readExamples, trainableLocales } from './corpus.ts';
import type { ModelPlaces } from './model-places.ts';
import { type LanguageSources, readSources } from './sources.ts';
import { trainBeside } from './train-beside.ts';
import { trainDetector } from './train-detector.ts';
import { trainLanguage } from './train-language.ts';

/** A model with what its language's texts are read with. */
export interface LoadedLanguage {
  readonly model: TrainedModel;
  readonly sources: LanguageSources;
}

/** A language whose model is ready, in the cache or in memory. */
export interface ReadyLanguage {
  readonly sources: LanguageSources;
  /** Reads the model: some ten milliseconds, and as many megabytes for the largest. */
  load(): LoadedLanguage;
}

export interface LoadedModels {
  readonly languages: readonly ReadyLanguage[];
  readonly detector: DetectorModel;
}

/**
 * Gets the models of all languages that have phrases ready: those that the cache lacks are trained
 * and put there. They are read when they are needed: few languages are spoken in one place.
 * @param afresh trains them even when the cache has them
 */
export const loadModels = async (places: ModelPlaces, afresh = false): Promise<LoadedModels> => {
  const all = trainableLocales(places.localesDir).map((locale) =>
    readSources(places.localesDir, locale),
  );
  const isStale = (sources: LanguageSources) => afresh || !isCached(sources, places);
  const stale = all.filter(isStale);
  const locales = stale.map(({ locale }) => locale);
  await trainBeside(locales, places);
  const languages = all.map((sources) => {
    const missing = stale.includes(sources) && !isCached(sources, places);
    const trained = missing ? trainHere(sources, places) : undefined;
    const load = () => ({ sources, model: trained ?? loadCached(sources, places) });
    return { sources, load };
  });
  return { languages, detector: loadDetector(all, places, afresh) };
};

/** Reads a model from the cache; should it have gone since, it is trained again. */
const loadCached = (sources: LanguageSources, places: ModelPlaces): TrainedModel =>
  readCached(modelPath(sources, places), readModel, places.logger) ?? trainHere(sources, places);

const isCached = (sources: LanguageSources, places: ModelPlaces): boolean =>
  readCached(modelPath(sources, places), readContentHash, places.logger) === sources.contentHash;

/** Trains a language and keeps its model; a folder that cannot be written costs only time. */
export const trainHere = (sources: LanguageSources, places: ModelPlaces): TrainedModel => {
  const started = performance.now();
  const { localesDir, logger } = places;
  const examples = readExamples(localesDir, sources.locale);
  const model = trainLanguage(examples, sources);
  const seconds = Math.round(performance.now() - started) / 1000;
  logger.info({ locale: sources.locale, phrases: examples.length, seconds }, 'model trained');
  const path = modelPath(sources, places);
  tryTo(() => writeModel(path, model), path, logger);
  return model;
};

const modelPath = ({ locale }: LanguageSources, { cacheDir }: ModelPlaces): string =>
  join(cacheDir, `${locale}.model`);

interface AboutDetector {
  readonly contentHash: string;
  readonly languages: readonly string[];
}

const loadDetector = (
  all: readonly LanguageSources[],
  { localesDir, cacheDir, logger }: ModelPlaces,
  afresh: boolean,
): DetectorModel => {
  const hash = createHash('sha256');
  for (const sources of all) hash.update(sources.contentHash);
  const contentHash = hash.digest('hex');
  const path = join(cacheDir, 'detector.model');
  const cached = afresh ? undefined : cachedDetector(path, contentHash, logger);
  if (cached !== undefined) return cached;
  const languages = all.map(({ locale }) => locale);
  const linear = trainDetector(
    languages.map((locale) => readExamples(localesDir, locale).map(({ text }) => text)),
  );
  tryTo(
    () => writeModelFile(path, { about: { contentHash, languages }, linear: { linear } }),
    path,
    logger,
  );
  return { languages, linear };
};

const cachedDetector = (path: string, hash: string, logger: Logger): DetectorModel | undefined => {
  const file = readCached(path, readModelFile<AboutDetector>, logger);
  const linear = file?.linear.linear;
  if (file === undefined || linear === undefined || file.about.contentHash !== hash) {
    return undefined;
  }
  return { languages: file.about.languages, linear };
};

const readCached = <T>(path: string, read: (path: string) => T, logger: Logger): T | undefined => {
  if (!existsSync(path)) return undefined;
  try {
    return read(path);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    logger.info({ path, reason }, 'a cached model cannot be read and is made again');
    return undefined;
  }
};

const tryTo = (write: () => void, path: string, logger: Logger): void => {
  try {
    write();
  } catch (cause) {
    logger.warn({ err: cause, path }, 'the trained model could not be kept');
  }
};
