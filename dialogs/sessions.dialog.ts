import { intentChoice } from '#conversation/reply.ts';
import { choosable, SHOWN } from './session-choice.ts';
import { bookChoice, sessionList } from './session-words.ts';
import type { DeclicDialog, DeclicTurn } from './world.ts';

/** The next dates, with the places left: a button on each books it. */
export const sessionsDialog: DeclicDialog = {
  id: 'sessions',
  version: 1,
  purpose: 'Tells the next dates and how many places are left',
  start: 'list',
  steps: { list: { kind: 'tell', leads: ['end'], run: tellList } },
};

async function tellList(turn: DeclicTurn) {
  const sessions = (await choosable(turn)).slice(0, SHOWN);
  if (sessions.length === 0) {
    turn.say({
      key: 'booking:listNone',
      choices: [intentChoice('common:choice.human', 'human_request')],
    });
    return 'end' as const;
  }
  turn.say({
    key: 'booking:list',
    values: { list: sessionList(turn, sessions) },
    choices: sessions.map((session) => bookChoice(turn, session)),
  });
  return 'end' as const;
}
