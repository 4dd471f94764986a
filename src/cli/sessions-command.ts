import { readFile } from 'node:fs/promises';
import type { NewSession } from '#programme/session-admin.ts';
import type { Storage } from '#storage/open-storage.ts';
import {
  type Command,
  type Desk,
  type ExitCode,
  type Options,
  optionOf,
  refuse,
} from './command.ts';
import { findDuplicates } from './find-duplicates.ts';
import { readSession } from './read-session.ts';
import { readSessionsCsv } from './read-sessions-csv.ts';
import { SESSION_FIELDS, type SessionField, type WrittenSession } from './session-fields.ts';
import { sessionJson, sessionsTable } from './show-sessions.ts';

const SWITCHES: readonly SessionField[] = ['captions', 'sign_language', 'replay'];

const list: Command = {
  options: {},
  run: (desk) =>
    desk.withStorage(async ({ sessions }) => {
      const all = await sessions.list();
      if (desk.json) desk.printJson(all.map(sessionJson));
      else desk.print(sessionsTable(all, desk.clock.now(), desk.say));
      return 0;
    }),
};

const add: Command = {
  options: Object.fromEntries(
    SESSION_FIELDS.map((field) => [
      optionOf(field).slice(2),
      { type: SWITCHES.includes(field) ? 'boolean' : 'string' },
    ]),
  ),
  async run(desk, options) {
    const read = readSession(written(options), desk.clock.now(), desk.say);
    if (read.kind === 'problems') {
      refuse(desk, read.problems);
      return read.problems.some(({ key }) => key === 'problem.required') ? 2 : 1;
    }
    return desk.withStorage((storage) => addAll(desk, storage, [{ session: read.session }]));
  },
};

const importFile: Command = {
  options: { 'dry-run': { type: 'boolean' } },
  takes: 'usage.missingFile',
  async run(desk, options, file) {
    const content = await readFile(file).catch((error: NodeJS.ErrnoException) => error);
    if (content instanceof Error) {
      desk.complain(desk.say('fileUnreadable', { file, reason: content.code ?? content.name }));
      return 1;
    }
    const read = readSessionsCsv(content, desk.clock.now(), desk.say);
    if (read.kind === 'problems') return nothingImported(desk, refuse(desk, read.problems));
    return desk.withStorage(async (storage) => {
      const code = await addAll(desk, storage, read.sessions, options['dry-run'] === true);
      return code === 0 ? code : nothingImported(desk, code);
    });
  },
};

const close: Command = {
  options: {},
  takes: 'usage.missingId',
  run: (desk, _options, id) =>
    desk.withStorage(async ({ sessions }) => {
      const result = await sessions.close(id);
      if (desk.json) desk.printJson({ id, result });
      if (result === 'unknown') {
        desk.complain(desk.say('unknownSession', { id }));
        return 1;
      }
      if (!desk.json) desk.print(desk.say(result === 'closed' ? 'closed' : 'alreadyClosed'));
      return 0;
    }),
};

export const sessionsCommands = new Map([
  ['list', list],
  ['add', add],
  ['import', importFile],
  ['close', close],
]);

/** Adds them all unless one is there already; with `onlyCheck`, says that it could. */
async function addAll(
  desk: Desk,
  { sessions }: Storage,
  listed: readonly { readonly session: NewSession; readonly line?: number }[],
  onlyCheck = false,
): Promise<ExitCode> {
  const duplicates = findDuplicates(listed, await sessions.list());
  if (duplicates.length > 0) return refuse(desk, duplicates);
  const news = listed.map(({ session }) => session);
  const kept = onlyCheck ? [] : await sessions.add(news);
  const added = kept.map((session) => ({ ...session, seatsLeft: session.capacity, waiting: 0 }));
  if (desk.json) desk.printJson({ added: added.map(sessionJson), checked: news.length });
  else if (onlyCheck) desk.print(desk.say('checked', { count: news.length }));
  else {
    desk.print(desk.say('added', { count: added.length }));
    desk.print(sessionsTable(added, desk.clock.now(), desk.say));
  }
  return 0;
}

function nothingImported(desk: Desk, code: ExitCode): ExitCode {
  desk.complain(desk.say('nothingImported'));
  return code;
}

function written(options: Options): WrittenSession {
  return Object.fromEntries(
    SESSION_FIELDS.map((field) => {
      const value = options[optionOf(field).slice(2)];
      return [field, value === true ? 'yes' : value || undefined];
    }),
  );
}
