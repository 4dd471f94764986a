import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Logger } from '#shared/logger.ts';
import type { DetectorModel } from '../language/language-detector.ts';
import { readModelFile, writeModelFile } from '../model/model-file.ts';
import { readModel, type TrainedModel, writeModel } from '../model/trained-model.ts';
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

export interface LoadedModels {
  readonly languages: readonly LoadedLanguage[];
  readonly detector: DetectorModel;
}

/**
 * The models of all languages that have phrases: from the cache, or trained and put there.
 * @param afresh trains them even when the cache has them
 */
export const loadModels = async (places: ModelPlaces, afresh = false): Promise<LoadedModels> => {
  const all = trainableLocales(places.localesDir).map((locale) => {
    const sources = readSources(places.localesDir, locale);
    return { sources, cached: afresh ? undefined : cachedModel(sources, places) };
  });
  const stale = all.filter(({ cached }) => cached === undefined);
  await trainBeside(
    stale.map(({ sources }) => sources.locale),
    places,
  );
  const languages = all.map(({ sources, cached }) => ({
    sources,
    model: cached ?? cachedModel(sources, places) ?? trainHere(sources, places),
  }));
  return { languages, detector: loadDetector(languages, places, afresh) };
};

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
  loaded: readonly LoadedLanguage[],
  { localesDir, cacheDir, logger }: ModelPlaces,
  afresh: boolean,
): DetectorModel => {
  const hash = createHash('sha256');
  for (const { sources } of loaded) hash.update(sources.contentHash);
  const contentHash = hash.digest('hex');
  const path = join(cacheDir, 'detector.model');
  const cached = afresh ? undefined : cachedDetector(path, contentHash, logger);
  if (cached !== undefined) return cached;
  const languages = loaded.map(({ sources }) => sources.locale);
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

const cachedModel = (sources: LanguageSources, places: ModelPlaces): TrainedModel | undefined => {
  const model = readCached(modelPath(sources, places), readModel, places.logger);
  return model?.contentHash === sources.contentHash ? model : undefined;
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
