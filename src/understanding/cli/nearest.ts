import { NearestPhrases } from '../evaluation/nearest-phrases.ts';
import { readExamples } from '../training/corpus.ts';
import { readSources } from '../training/sources.ts';
import type { CommandContext } from './command.ts';

const SHOWN = 10;

/** Shows the phrases most like a text, with their intents: why it was read as it was. */
export const nearest = async (context: CommandContext): Promise<number> => {
  const text = context.arguments.join(' ');
  if (text === '') {
    console.error('Which text? npm run nlu -- nearest "text"');
    return 2;
  }
  const { localesDir, locale } = context;
  const index = new NearestPhrases(
    readExamples(localesDir, locale),
    readSources(localesDir, locale),
  );
  const found = index.find(text, SHOWN);
  if (context.json) console.log(JSON.stringify(found));
  else {
    for (const { example, likeness } of found) {
      console.log(`${likeness.toFixed(2)}  ${example.intent.padEnd(26)}  ${example.text}`);
    }
  }
  return 0;
};
