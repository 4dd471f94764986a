import { readFileSync } from 'node:fs';
import { AppError } from '#shared/errors.ts';
import type { Understanding } from '#shared/recognition.ts';
import type { Judged } from './metrics.ts';

/** A line of an evaluation file. */
export interface EvaluationLine {
  readonly text: string;
  readonly locale: string;
  readonly intent: string;
  /** All intents, in the order to answer them, when there are several. */
  readonly intents?: readonly string[];
}

/** Reads `{text, locale, intent, intents?}` lines; other fields are left alone. */
export const readEvaluation = (path: string): EvaluationLine[] =>
  readFileSync(path, 'utf8')
    .split('\n')
    .flatMap((line, index) => {
      if (line.trim() === '') return [];
      const value = parse(line);
      if (typeof value?.text !== 'string' || typeof value.intent !== 'string') {
        throw new AppError(
          'CONTENT_INVALID',
          `${path}, line ${index + 1}: text and intent wanted.`,
        );
      }
      return [{ ...value, locale: value.locale ?? 'fr' } as EvaluationLine];
    });

const parse = (line: string): Partial<EvaluationLine> | undefined => {
  try {
    return JSON.parse(line) as Partial<EvaluationLine>;
  } catch {
    return undefined;
  }
};

/** Asks the recogniser about every line, timing each. */
export const judge = async (
  lines: readonly EvaluationLine[],
  understanding: Understanding,
): Promise<Judged[]> => {
  const judged: Judged[] = [];
  for (const { text, locale, intent, intents } of lines) {
    const started = performance.now();
    const read = await understanding.recognise(text, { locale });
    judged.push({
      text,
      expected: intent,
      expectedAll: intents ?? [intent],
      predicted: read.intents[0]?.intent ?? 'none',
      predictedAll: read.intents.map((scored) => scored.intent),
      score: read.intents[0]?.score ?? 0,
      action: read.action,
      distress: read.distress,
      took: performance.now() - started,
    });
  }
  return judged;
};
