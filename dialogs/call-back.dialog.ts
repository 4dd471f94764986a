import type { Next } from '#conversation/dialog.ts';
import type { DeclicDialog, DeclicTurn } from './world.ts';

/** A call-back asked for in distress: who answers now comes first, and nothing else after. */
export const callBackDialog: DeclicDialog = {
  id: 'call_back',
  version: 1,
  purpose:
    'Says who answers now before a call-back is asked for in distress, and stays quiet after',
  start: 'numbers',
  steps: {
    numbers: { kind: 'tell', leads: ['@human', 'after'], run: tellNumbers },
    after: { kind: 'tell', leads: ['end'], run: stayAfter },
  },
};

function tellNumbers(turn: DeclicTurn): Next {
  turn.tell(`safety:call_back.${turn.memory.quiet?.danger ?? 'self'}`);
  return { call: 'human', resumeAt: 'after' };
}

/** Asked for or not: no question from before the distress is brought back. */
function stayAfter(turn: DeclicTurn): Next {
  turn.pause();
  turn.tell('safety:called');
  return 'end';
}
