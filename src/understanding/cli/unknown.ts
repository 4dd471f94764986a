import type { Understanding } from '#shared/recognition.ts';
import {
  type GuessedMessage,
  groupMessages,
  type MessageGroup,
} from '../evaluation/group-messages.ts';
import { isLexical } from '../features/concept-finder.ts';
import { NO_SPELLING, toWords } from '../text/spelling.ts';
import { trainableLocales } from '../training/corpus.ts';
import { readSources } from '../training/sources.ts';
import { type CommandContext, percent, type UnreadText } from './command.ts';
import { openRecogniser } from './open-recogniser.ts';

/** More would not be read in one sitting; `--json` has them all. */
const GROUPS_SHOWN = 20;
const BASE = 'fr';
/** What was masked says nothing of what was meant. */
const MASKED = /\[\p{L}+\]|#/gu;

/** A group of messages, with the file where phrases like them belong if the first guess is right. */
interface ShownGroup extends MessageGroup {
  readonly file: string;
}

/** Groups the messages that people wrote and that were not understood, the largest group first. */
export const unknown = async (context: CommandContext): Promise<number> => {
  if (context.unread === undefined) {
    console.error('They are in the database of the service: npm run nlu -- unknown');
    return 2;
  }
  const opened = await openRecogniser(context);
  if (opened === undefined) return 2;
  const kept = await context.unread();
  const { onlyLocale } = context;
  const wanted = kept.filter(({ language }) => !onlyLocale || language === onlyLocale);
  const groups = groupMessages(await guess(wanted, opened.understanding, context.localesDir));
  const shown = groups.map((group) => ({ ...group, file: fileFor(group, context.localesDir) }));
  if (context.json) console.log(JSON.stringify({ messages: wanted.length, groups: shown }));
  else print(wanted.length, shown);
  return 0;
};

const guess = async (
  messages: readonly UnreadText[],
  understanding: Understanding,
  localesDir: string,
): Promise<GuessedMessage[]> => {
  const spellings = new Map(
    trainableLocales(localesDir).map((locale) => [
      locale,
      readSources(localesDir, locale).spelling,
    ]),
  );
  const guessed: GuessedMessage[] = [];
  for (const { text, language } of messages) {
    const plain = text.replace(MASKED, ' ');
    const { top3 } = await understanding.recognise(plain, { locale: language });
    const words = toWords(plain, spellings.get(language) ?? NO_SPELLING).filter(isLexical);
    guessed.push({ text, language, words: words.map(({ norm }) => norm), guesses: top3 });
  }
  return guessed;
};

const fileFor = ({ languages, guesses }: MessageGroup, localesDir: string): string => {
  const taught = trainableLocales(localesDir);
  const language = Object.keys(languages).find((name) => taught.includes(name)) ?? BASE;
  return `locales/${language}/phrases/${guesses[0]?.intent ?? 'none'}.txt`;
};

const print = (count: number, groups: readonly ShownGroup[]): void => {
  console.log(
    `${count} messages of the last 30 days were not understood: ${groups.length} groups.`,
  );
  for (const { languages, examples, guesses, file, count: size } of groups.slice(0, GROUPS_SHOWN)) {
    const spoken = Object.entries(languages).map(([language, many]) => `${language} ${many}`);
    const others = guesses.slice(1).map(({ intent, score }) => `${intent} ${percent(score)}`);
    console.log(
      `\n${size} × (${spoken.join(', ')})  likely ${percent(guesses[0]?.score ?? 0)} ${file}`,
    );
    if (others.length > 0) console.log(`    or ${others.join(', ')}`);
    for (const example of examples) console.log(`    ${example}`);
  }
  const left = groups.slice(GROUPS_SHOWN);
  if (left.length > 0) console.log(`\nand ${left.length} smaller groups: --json shows them all.`);
};
