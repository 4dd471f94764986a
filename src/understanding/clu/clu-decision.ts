import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CluDecision } from './merge-intents.ts';

const PATH = join(import.meta.dirname, '..', 'resources', 'clu-decision.json');

/** What `resources/clu-decision.json` holds: the thresholds, and how they were chosen. */
interface DecisionFile extends CluDecision {
  readonly about: readonly string[];
}

const read = (): DecisionFile => JSON.parse(readFileSync(PATH, 'utf8')) as DecisionFile;

export const readCluDecision = (): CluDecision => {
  const { answer, clarify } = read();
  return { answer, clarify };
};

/** Keeps thresholds chosen on data, and says on which. */
export const keepCluDecision = (chosen: CluDecision, chosenOn: string): void => {
  const [meaning = '', , how = ''] = read().about;
  const about = [meaning, `Chosen on ${chosenOn}.`, how];
  writeFileSync(PATH, `${JSON.stringify({ about, ...chosen }, undefined, 2)}\n`);
};
