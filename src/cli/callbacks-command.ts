import type { CallbackRequest } from '#programme/callback.ts';
import type { Command } from './command.ts';
import { createdWords } from './created-words.ts';
import { table } from './table.ts';
import type { TeamWords } from './team-words.ts';

const list: Command = {
  options: { all: { type: 'boolean' } },
  run: (desk, { all }) =>
    desk.withStorage(async ({ callbacks }) => {
      const requests = await callbacks.list(all === true ? {} : { status: 'open' });
      if (desk.json) desk.printJson(requests.map(requestJson));
      else desk.print(requestsTable(requests, desk.say));
      return 0;
    }),
};

const done: Command = {
  options: {},
  takes: 'usage.callbackId',
  run: (desk, _options, id) =>
    desk.withStorage(async ({ callbacks }) => {
      const outcome = await callbacks.done(id);
      if (desk.json) desk.printJson({ id, outcome });
      const text = desk.say(`callback.${outcome}`, { id });
      if (outcome === 'unknown') desk.complain(text);
      else if (!desk.json) desk.print(text);
      return outcome === 'unknown' ? 1 : 0;
    }),
};

/** Who asked to be contacted, and who has been. */
export const callbacksCommands = new Map([
  ['list', list],
  ['done', done],
]);

const requestJson = (request: CallbackRequest) => ({
  id: request.id,
  status: request.status,
  firstName: request.firstName ?? null,
  contact: request.contact,
  when: request.when ?? null,
  channel: request.channel,
  created: request.createdAt,
});

function requestsTable(requests: readonly CallbackRequest[], say: TeamWords): string {
  if (requests.length === 0) return say('noCallback');
  const heading = (['created', 'firstName', 'contact', 'when', 'status', 'id'] as const).map(
    (name) => say(`heading.${name}`),
  );
  return table(
    heading,
    requests.map((request) => [
      createdWords(request.createdAt, say),
      request.firstName ?? '',
      request.contact,
      request.when ?? '',
      say(`callbackStatus.${request.status}`),
      request.id,
    ]),
  );
}
