import {
  closeSync,
  fstatSync,
  mkdirSync,
  openSync,
  readFileSync,
  readSync,
  renameSync,
  writeFileSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { AppError } from '#shared/errors.ts';
import { LinearModel } from './linear-model.ts';
import { RowIndex } from './row-index.ts';

/** What a model file holds: linear models by name, and what is told about them. */
export interface ModelFile<About> {
  readonly about: About;
  readonly linear: Readonly<Record<string, LinearModel>>;
}

const MAGIC = 'DECLIC03';
/** Arrays begin at multiples of this many bytes. */
const ALIGNMENT = 4;

/** The sizes of a linear model's arrays. */
interface Shape {
  readonly slots: number;
  readonly size: number;
  readonly classes: number;
}

interface Header<About> {
  readonly about: About;
  /** In the order of the arrays. */
  readonly shapes: readonly (readonly [name: string, shape: Shape])[];
}

/** Writes the file beside its place and then moves it there, so that no one reads half of it. */
export const writeModelFile = <About>(path: string, { about, linear }: ModelFile<About>): void => {
  const models = Object.entries(linear);
  const header: Header<About> = {
    about,
    shapes: models.map(([name, model]) => [name, shapeOf(model)]),
  };
  const json = padded(Buffer.from(JSON.stringify(header)), ' ');
  const length = Buffer.alloc(4);
  length.writeUInt32LE(json.length);
  const arrays = models.flatMap(([, model]) => arraysOf(model));
  mkdirSync(dirname(path), { recursive: true });
  const draft = `${path}.${process.pid}.part`;
  writeFileSync(draft, Buffer.concat([Buffer.from(MAGIC), length, json, ...arrays]));
  renameSync(draft, path);
};

/** Reads a model file. Throws MODEL_UNREADABLE when it is not one, or is cut short. */
export const readModelFile = <About>(path: string): ModelFile<About> => {
  const file = readFileSync(path);
  const { header, end } = readHeader<About>(file, path);
  checkLength(file.length, header, end, path);
  const { memory, at } = alignedMemory(file, end);
  let from = at;
  const linear: Record<string, LinearModel> = {};
  for (const [name, shape] of header.shapes) {
    linear[name] = readLinear(memory, from, shape);
    from += sizeOf(shape);
  }
  return { about: header.about, linear };
};

/** What is told about the models of a file, without reading them. Throws MODEL_UNREADABLE. */
export const readAbout = <About>(path: string): About => {
  const file = openSync(path, 'r');
  try {
    const beginning = Buffer.alloc(START);
    readSync(file, beginning, 0, START, 0);
    const head = Buffer.alloc(START + headerLength(beginning, path));
    readSync(file, head, 0, head.length, 0);
    const { header, end } = readHeader<About>(head, path);
    checkLength(fstatSync(file).size, header, end, path);
    return header.about;
  } finally {
    closeSync(file);
  }
};

/** The magic word and the length of the header. */
const START = 12;

const headerLength = (file: Buffer, path: string): number => {
  if (file.toString('latin1', 0, 8) !== MAGIC) {
    throw new AppError('MODEL_UNREADABLE', `${path} is not a model file.`);
  }
  return file.readUInt32LE(8);
};

const readHeader = <About>(file: Buffer, path: string) => {
  const end = START + headerLength(file, path);
  const json = file.toString('utf8', START, end);
  try {
    return { header: JSON.parse(json) as Header<About>, end };
  } catch (cause) {
    throw new AppError('MODEL_UNREADABLE', `${path} is cut short.`, { cause });
  }
};

const checkLength = <About>(
  length: number,
  { shapes }: Header<About>,
  headerEnd: number,
  path: string,
): void => {
  const wanted = shapes.reduce((sum, [, shape]) => sum + sizeOf(shape), headerEnd);
  if (length !== wanted) throw new AppError('MODEL_UNREADABLE', `${path} is cut short.`);
};

const shapeOf = ({ index, classes }: LinearModel): Shape => ({
  slots: index.rows.length,
  size: index.size,
  classes,
});

const arraysOf = ({ index, scales, bytes }: LinearModel): Uint8Array[] =>
  [index.hashes, index.rows, scales, bytes].map((array) =>
    padded(Buffer.from(array.buffer, array.byteOffset, array.byteLength), '\0'),
  );

/** The weights take a byte each; the constant has a row of its own. */
const weightsOf = ({ size, classes }: Shape): number => (size + 1) * classes;

const sizeOf = (shape: Shape): number =>
  shape.slots * 8 + (shape.size + 1) * 4 + aligned(weightsOf(shape));

const readLinear = (memory: ArrayBuffer, at: number, shape: Shape): LinearModel => {
  const { slots, size, classes } = shape;
  const hashes = new Uint32Array(memory, at, slots);
  const rows = new Int32Array(memory, at + slots * 4, slots);
  const scales = new Float32Array(memory, at + slots * 8, size + 1);
  const bytes = new Int8Array(memory, at + slots * 8 + (size + 1) * 4, weightsOf(shape));
  return new LinearModel(new RowIndex(hashes, rows, size), bytes, scales, classes);
};

const aligned = (length: number): number => Math.ceil(length / ALIGNMENT) * ALIGNMENT;

const padded = (bytes: Buffer, filler: string): Buffer =>
  Buffer.concat([bytes, Buffer.alloc(aligned(bytes.length) - bytes.length, filler)]);

/** Where the arrays begin: in the file's own memory when its place allows, else in a copy. */
const alignedMemory = (file: Buffer, from: number): { memory: ArrayBuffer; at: number } => {
  const at = file.byteOffset + from;
  const isWhole = file.byteOffset + file.length === file.buffer.byteLength;
  if (at % ALIGNMENT === 0 && isWhole && file.buffer instanceof ArrayBuffer) {
    return { memory: file.buffer, at };
  }
  return { memory: new Uint8Array(file.subarray(from)).buffer, at: 0 };
};
