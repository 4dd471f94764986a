import { AppError } from '#shared/errors.ts';
import type { LinearModel } from './linear-model.ts';
import { readAbout, readModelFile, writeModelFile } from './model-file.ts';
import { type HiddenLayer, NetworkModel } from './network-model.ts';

/** What is learned from the phrases of one language. */
export interface TrainedModel {
  readonly locale: string;
  /** Hash of everything the model was made from. */
  readonly contentHash: string;
  /** Names of the classes, in the order of the columns. */
  readonly classes: readonly string[];
  /** Known words and how often they were seen. */
  readonly words: ReadonlyMap<string, number>;
  /** Scores every class. */
  readonly network: NetworkModel;
  /** Two columns: anything else, danger. */
  readonly alarm: LinearModel;
}

interface About {
  readonly locale: string;
  readonly contentHash: string;
  readonly classes: readonly string[];
  readonly words: readonly string[];
  readonly counts: readonly number[];
  readonly hidden: HiddenLayer;
}

export const writeModel = (path: string, model: TrainedModel): void => {
  const { locale, contentHash, classes, words, network, alarm } = model;
  const { hidden, rows } = network;
  const about = { locale, contentHash, classes, hidden, words: [...words.keys()] };
  writeModelFile<About>(path, {
    about: { ...about, counts: [...words.values()] },
    linear: { rows, alarm },
  });
};

/** The content hash of a model file, without reading the model. Throws MODEL_UNREADABLE. */
export const readContentHash = (path: string): string => readAbout<About>(path).contentHash;

/** Throws MODEL_UNREADABLE when the file is not such a model, or is cut short. */
export const readModel = (path: string): TrainedModel => {
  const { about, linear: models } = readModelFile<About>(path);
  const { rows, alarm } = models;
  if (rows === undefined || alarm === undefined) {
    throw new AppError('MODEL_UNREADABLE', `${path} lacks a model.`);
  }
  const { words, counts, hidden, ...rest } = about;
  const known = new Map(words.map((word, i) => [word, counts[i] ?? 0]));
  return { ...rest, words: known, network: new NetworkModel(rows, hidden), alarm };
};
