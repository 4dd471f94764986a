import { randomUUID } from 'node:crypto';
import { createInterface } from 'node:readline/promises';
import type { Outgoing } from '#conversation/message.ts';
import { createWords } from '#conversation/words.ts';
import { sampleSessions } from '#programme/sample-sessions.ts';
import { createCalendarLinks } from '#programme/signed-calendar-links.ts';
import { systemClock } from '#shared/clock.ts';
import { silentLogger } from '#shared/logger.ts';
import { openStorage } from '#storage/open-storage.ts';
import { composeAssistant, LOCALES_DIR } from './compose-assistant.ts';
import { composeUnderstanding } from './compose-understanding.ts';
import { readConfig } from './config.ts';
import { signingKey } from './signing-key.ts';

/**
 * The same conversation in the terminal, on the same database: `npm run chat`. Buttons are
 * numbered and can be typed. `--as NAME` comes back as somebody; an empty line or Ctrl-D leaves.
 */
const config = readConfig(process.env);
const who = process.argv.includes('--as')
  ? process.argv.at(process.argv.indexOf('--as') + 1)
  : undefined;
const userId = who ?? randomUUID();

const storage = await openStorage({
  databaseUrl: config.databaseUrl,
  dataDir: config.dataDir,
  clock: systemClock,
  logger: silentLogger,
});
if (!config.production) await storage.sessions.addWhenEmpty(sampleSessions(systemClock.now()));
const assistant = composeAssistant({
  storage,
  understanding: await composeUnderstanding(config, { clock: systemClock, logger: silentLogger }),
  calendarLinks: createCalendarLinks({ publicUrl: config.publicUrl, key: signingKey(config) }),
  words: createWords(LOCALES_DIR),
  clock: systemClock,
  logger: silentLogger,
});

const turn = async (kind: 'start' | 'message', text: string): Promise<void> => {
  const outcome = await assistant.handle({
    channel: 'terminal',
    conversationId: userId,
    userId,
    activityId: randomUUID(),
    kind,
    text,
    timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
  });
  for (const reply of outcome.replies) console.log(show(reply));
};

const terminal = createInterface({ input: process.stdin, output: process.stdout, prompt: '> ' });
// Asked for at once: lines that come before anyone iterates would be lost (a file as input).
const lines = terminal[Symbol.asyncIterator]();
let ended = false;
terminal.once('close', () => {
  ended = true;
});
await turn('start', '');
terminal.prompt();
for await (const line of lines) {
  if (line.trim() === '') break;
  await turn('message', line);
  if (!ended) terminal.prompt();
}
terminal.close();
await storage.close();

function show({ text, card, file, choices }: Outgoing): string {
  return [
    '',
    text,
    ...(card ? [`  ${card.title}`, ...card.lines.map((it) => `  ${it.label} : ${it.text}`)] : []),
    ...(card?.links ?? []).map(({ title, url }) => `  ${title} : ${url}`),
    ...(file ? [`  ${file.name} : ${file.url}`] : []),
    ...(choices ?? []).map(({ title }, index) => `  ${index + 1}. ${title}`),
  ].join('\n');
}
