import data from './sources.json' with { type: 'json' };

/** P programme, B barriers, R rights, C careers, N people and helplines that were added while writing. */
export type SourceId = keyof typeof data;

/** A public page that a sentence of ours rests on. */
export interface Source {
  readonly id: SourceId;
  readonly title: string;
  readonly url: string;
  /** The year that the figures are of, when the page tells one. */
  readonly year?: number;
}

export const sourceOf = (id: SourceId): Source => ({ id, ...data[id] });

/** Every source, in the order of the file. */
export const SOURCES: readonly Source[] = (Object.keys(data) as SourceId[]).map(sourceOf);
