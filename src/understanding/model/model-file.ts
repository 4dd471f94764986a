import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { AppError } from '#shared/errors.ts';
import { LinearModel } from './linear-model.ts';
import { RowIndex } from './row-index.ts';

/** What is learned from the phrases of one language. */
export interface TrainedModel {
  readonly locale: string;
  /** Hash of everything the model was made from. */
  readonly contentHash: string;
  /** Names of the classes, in the order of the columns. */
  readonly classes: readonly string[];
  /** Known words and how often they were seen. */
  readonly words: ReadonlyMap<string, number>;
  readonly linear: LinearModel;
}

const MAGIC = 'DECLIC01';

interface Header {
  readonly locale: string;
  readonly contentHash: string;
  readonly classes: readonly string[];
  readonly slots: number;
  readonly size: number;
  readonly words: readonly string[];
  readonly counts: readonly number[];
}

/** Writes the model beside its place and then moves it there, so that no one reads half of it. */
export const writeModel = (path: string, model: TrainedModel): void => {
  const { index, bytes, scales } = model.linear;
  const header: Header = {
    locale: model.locale,
    contentHash: model.contentHash,
    classes: model.classes,
    slots: index.rows.length,
    size: index.size,
    words: [...model.words.keys()],
    counts: [...model.words.values()],
  };
  const json = Buffer.from(JSON.stringify(header));
  const padding = Buffer.alloc((4 - (json.length % 4)) % 4, ' ');
  const length = Buffer.alloc(4);
  length.writeUInt32LE(json.length + padding.length);
  const parts: Uint8Array[] = [Buffer.from(MAGIC), length, json, padding];
  for (const array of [index.hashes, index.rows, scales, bytes]) {
    parts.push(new Uint8Array(array.buffer, array.byteOffset, array.byteLength));
  }
  mkdirSync(dirname(path), { recursive: true });
  const draft = `${path}.${process.pid}.part`;
  writeFileSync(draft, Buffer.concat(parts));
  renameSync(draft, path);
};

/** Reads a model file. Throws MODEL_UNREADABLE when it is not one, or is cut short. */
export const readModel = (path: string): TrainedModel => {
  const file = readFileSync(path);
  if (file.toString('latin1', 0, 8) !== MAGIC) {
    throw new AppError('MODEL_UNREADABLE', `${path} is not a model file.`);
  }
  const headerEnd = 12 + file.readUInt32LE(8);
  const header = JSON.parse(file.toString('utf8', 12, headerEnd)) as Header;
  const classes = header.classes.length;
  const rowCount = header.size + 1;
  const wanted = headerEnd + header.slots * 8 + rowCount * 4 + rowCount * classes;
  if (file.length !== wanted) throw new AppError('MODEL_UNREADABLE', `${path} is cut short.`);
  const { memory, at } = alignedMemory(file, headerEnd);
  const hashes = new Uint32Array(memory, at, header.slots);
  const rows = new Int32Array(memory, at + header.slots * 4, header.slots);
  const scales = new Float32Array(memory, at + header.slots * 8, rowCount);
  const bytes = new Int8Array(memory, at + header.slots * 8 + rowCount * 4);
  const index = new RowIndex(hashes, rows, header.size);
  return {
    locale: header.locale,
    contentHash: header.contentHash,
    classes: header.classes,
    words: new Map(header.words.map((word, i) => [word, header.counts[i] ?? 0])),
    linear: new LinearModel(index, bytes, scales, classes),
  };
};

/** Where the arrays begin: in the file's own memory when its place allows, else in a copy. */
const alignedMemory = (file: Buffer, from: number): { memory: ArrayBuffer; at: number } => {
  const at = file.byteOffset + from;
  const isWhole = file.byteOffset + file.length === file.buffer.byteLength;
  if (at % 4 === 0 && isWhole && file.buffer instanceof ArrayBuffer) {
    return { memory: file.buffer, at };
  }
  return { memory: new Uint8Array(file.subarray(from)).buffer, at: 0 };
};
