import type { Data } from '#conversation/json.ts';
import { type Choice, intentChoice } from '#conversation/reply.ts';
import { choosable, SHOWN } from './session-choice.ts';
import { sessionList } from './session-list.ts';
import { bookChoice } from './session-words.ts';
import type { DeclicDialog, DeclicTurn } from './world.ts';

/** The next dates, with the places left: a button on each books it. */
export const sessionsDialog: DeclicDialog = {
  id: 'sessions',
  version: 1,
  purpose: 'Tells the next dates and how many places are left',
  start: 'list',
  steps: { list: { kind: 'tell', leads: ['end'], run: tellList } },
};

/** `data.page`: which dates, by threes; after the last, the first again. */
async function tellList(turn: DeclicTurn, data: Data) {
  const sessions = await choosable(turn);
  if (sessions.length === 0) {
    turn.say({
      key: 'booking:listNone',
      choices: [intentChoice('common:choice.human', 'human_request')],
    });
    return 'end' as const;
  }
  const page = (Number(data.page) || 0) % Math.ceil(sessions.length / SHOWN);
  const shown = sessions.slice(page * SHOWN, (page + 1) * SHOWN);
  turn.say({
    key: page === 0 ? 'booking:list' : 'booking:session.more',
    // Told in passing, the numbers would be those of another question's buttons.
    values: { list: sessionList(turn, shown, { bullets: turn.passing, access: true }) },
    choices: [
      ...shown.map((session) => bookChoice(turn, session)),
      ...(sessions.length > shown.length ? [others(page + 1)] : []),
    ],
  });
  return 'end' as const;
}

const others = (page: number): Choice =>
  intentChoice('booking:session.choiceMore', 'session_list', { page: String(page) });
