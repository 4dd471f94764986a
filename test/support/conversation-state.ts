import { type ConversationState, freshState, readState, storeState } from '#conversation/state.ts';
import type { Storage } from '#storage/open-storage.ts';
import type { Person } from './declic.ts';

let count = 0;

/** Puts a person's conversation where a test wants it. */
export async function placeAt(
  storage: Storage,
  person: Person,
  change: Partial<ConversationState>,
): Promise<void> {
  const state = { ...freshState('fr'), ...change };
  count += 1;
  const turn = { ...person.who, activityId: `placed-${count}`, at: new Date() };
  await storage.turns.run(turn, (open) => open.save(storeState(state), []));
}

class Rollback extends Error {}

/** Where a person's conversation stands, without touching it. */
export async function stateOf(storage: Storage, person: Person): Promise<ConversationState> {
  let found = freshState('fr');
  count += 1;
  const turn = { ...person.who, activityId: `read-${count}`, at: new Date() };
  await storage.turns
    .run(turn, async (open) => {
      found = readState(open.state, 'fr').state;
      throw new Rollback();
    })
    .catch((error: unknown) => {
      if (!(error instanceof Rollback)) throw error;
    });
  return found;
}

/** The id of the person behind a conversation. */
export async function personIdOf(storage: Storage, person: Person): Promise<string> {
  count += 1;
  const turn = { ...person.who, activityId: `who-${count}`, at: new Date() };
  return storage.turns.run(turn, async (open) => {
    const { state } = readState(open.state, 'fr');
    await open.save(storeState(state), []);
    return open.personId;
  });
}
