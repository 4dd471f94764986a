import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type { Understanding } from '#shared/recognition.ts';
import type { CommandContext } from './command.ts';
import { openRecogniser, tellWhoAnswered } from './open-recogniser.ts';

/**
 * Reads `{text, locale?}` lines from standard input and answers each, in order, with the same
 * object and what was understood; a line that cannot be read gets `{error}`.
 */
export const predict = async (context: CommandContext): Promise<number> => {
  const opened = await openRecogniser(context);
  if (opened === undefined) return 2;
  const lines = createInterface({ input: process.stdin, crlfDelay: Number.POSITIVE_INFINITY });
  for await (const line of lines) {
    if (line.trim() === '') continue;
    const answer = JSON.stringify(await answerLine(line, opened.understanding, context.locale));
    if (!process.stdout.write(`${answer}\n`)) await once(process.stdout, 'drain');
  }
  tellWhoAnswered(opened);
  return 0;
};

const answerLine = async (
  line: string,
  understanding: Understanding,
  locale: string,
): Promise<object> => {
  const asked = parse(line);
  if (asked === undefined) return { error: 'Not a JSON object.' };
  if (typeof asked.text !== 'string') return { ...asked, error: 'The field "text" is wanted.' };
  const read = await understanding.recognise(asked.text, {
    locale: typeof asked.locale === 'string' ? asked.locale : locale,
  });
  return {
    ...asked,
    predicted: read.intents[0]?.intent,
    score: read.intents[0]?.score,
    intents: read.intents.map(({ intent }) => intent),
    top3: read.top3,
    action: read.action,
    entities: read.entities,
    language: read.language,
    distress: read.distress,
  };
};

const parse = (line: string): Record<string, unknown> | undefined => {
  try {
    const value: unknown = JSON.parse(line);
    const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
    return isObject ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
};
