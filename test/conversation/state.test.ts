import { expect } from 'chai';
import {
  actionSchema,
  freshState,
  readState,
  STATE_VERSION,
  storeState,
} from '#conversation/state.ts';

const kept = { ...freshState('fr'), memory: { timeZone: 'Indian/Reunion' }, misses: 1 };

describe('A conversation state', () => {
  it('is read back as it was stored', () => {
    expect(readState(storeState(kept), 'fr')).to.deep.equal({
      state: kept,
      known: true,
      lost: false,
    });
  });

  it('begins anew when there is none', () => {
    expect(readState(undefined, 'fr-x-tu')).to.deep.equal({
      state: freshState('fr-x-tu'),
      known: false,
      lost: false,
    });
  });

  it('of another version keeps the language and what was told', () => {
    const old = {
      version: STATE_VERSION + 1,
      json: JSON.stringify({ ...kept, stack: 'other shape' }),
    };
    const read = readState(old, 'fr');
    expect(read.lost).to.equal(true);
    expect(read.state).to.deep.equal({ ...freshState('fr'), memory: kept.memory });
  });

  for (const json of [
    '',
    '{',
    'null',
    '[]',
    '"x"',
    '{"stack":[{}]}',
    '{"memory":{"a":{"b":[1,null]}}}',
  ]) {
    it(`that is damaged (${json}) begins anew and says so`, () => {
      const { state, lost } = readState({ version: STATE_VERSION, json }, 'fr');
      expect(lost).to.equal(true);
      expect(state.stack).to.deep.equal([]);
    });
  }
});

describe('An action from outside', () => {
  it('is taken in the forms that buttons have', () => {
    const good = [
      { do: 'answer', step: 'booking.session', value: 'x' },
      { do: 'intent', intent: 'session_list' },
      { do: 'intent', intent: 'booking_create', with: { session: 'x' } },
      { do: 'way_out', way: 'menu' },
      { do: 'resume' },
    ];
    for (const action of good) expect(actionSchema.safeParse(action).success).to.equal(true);
  });

  it('is refused in any other', () => {
    const bad = [
      undefined,
      null,
      'menu',
      [],
      {},
      { do: 'erase' },
      { do: 'intent', intent: 'become_admin' },
      { do: 'intent', intent: 'booking_create', with: { session: { $gt: '' } } },
      { do: 'answer', step: 'a', value: 'x'.repeat(3000) },
      { do: 'way_out', way: 'root' },
    ];
    for (const action of bad) expect(actionSchema.safeParse(action).success).to.equal(false);
  });
});
