import { parseArgs } from 'node:util';
import { printable } from '#programme/calendar-content.ts';
import { systemClock } from '#shared/clock.ts';
import { AppError } from '#shared/errors.ts';
import { silentLogger } from '#shared/logger.ts';
import { readConfig } from '#src/config.ts';
import { openStorage, type Storage } from '#storage/open-storage.ts';
import { bookingsCommands } from './bookings-command.ts';
import { callbacksCommands } from './callbacks-command.ts';
import type { Command, Desk, ExitCode } from './command.ts';
import { sessionsCommands } from './sessions-command.ts';
import { type TeamWords, teamWords } from './team-words.ts';

// The team's tool: what there is to say goes to standard output, what is wrong to standard error.

const GROUPS = new Map([
  ['sessions', sessionsCommands],
  ['bookings', bookingsCommands],
  ['callbacks', callbacksCommands],
]);
const HELP = ['--help', '-h'];

async function main(words: readonly string[]): Promise<ExitCode> {
  const say = teamWords();
  if (words.length === 0) {
    process.stderr.write(`${say('help')}\n`);
    return 2;
  }
  if (words[0] === 'help' || words.some((word) => HELP.includes(word))) {
    process.stdout.write(`${say('help')}\n`);
    return 0;
  }
  const [group = '', name = '', ...rest] = words;
  const command = GROUPS.get(group)?.get(name);
  if (command === undefined) {
    return misused(say, say('usage.unknownCommand', { command: `${group} ${name}`.trim() }));
  }
  return runCommand(command, rest, say);
}

async function runCommand(
  command: Command,
  rest: readonly string[],
  say: TeamWords,
): Promise<ExitCode> {
  const options = { ...command.options, json: { type: 'boolean' } as const };
  const read = readArguments(rest, options);
  if (read instanceof Error) {
    const option = /--?[\w-]+/.exec(read.message)?.[0] ?? '';
    return misused(say, say('usage.unknownOption', { option }));
  }
  const { values, positionals } = read;
  const [word, ...more] = positionals;
  const extra = command.takes ? more : positionals;
  if (command.takes && word === undefined) return misused(say, say(command.takes));
  if (extra.length > 0) return misused(say, say('usage.tooMany', { extra: extra.join(' ') }));
  const desk = createDesk(say, values.json === true);
  try {
    return await command.run(desk, values, word ?? '');
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    desk.complain(say('failed', { detail: error.message }));
    return 1;
  }
}

function readArguments(args: readonly string[], options: Command['options']) {
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true });
  } catch (error) {
    // `parseArgs` throws for what the person typed: that is no fault of the program.
    if (error instanceof TypeError) return error;
    throw error;
  }
}

function createDesk(say: TeamWords, json: boolean): Desk {
  return {
    say,
    json,
    clock: systemClock,
    withStorage: async (work) => {
      const storage = await open();
      try {
        return await work(storage);
      } finally {
        await storage.close();
      }
    },
    printJson: (value) => void process.stdout.write(`${JSON.stringify(value, null, 2)}\n`),
    print: (text) => void process.stdout.write(`${printable(text)}\n`),
    complain: (text) => void process.stderr.write(`${printable(text)}\n`),
  };
}

function open(): Promise<Storage> {
  const { databaseUrl, dataDir } = readConfig(process.env);
  return openStorage({ databaseUrl, dataDir, clock: systemClock, logger: silentLogger });
}

function misused(say: TeamWords, text: string): ExitCode {
  process.stderr.write(`${text}\n${say('seeHelp')}\n`);
  return 2;
}

// `declic … | head` closes the pipe early: nobody is left to write to.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
});
process.exitCode = await main(process.argv.slice(2));
