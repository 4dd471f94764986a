import { expect } from 'chai';
import fc from 'fast-check';
import { commands } from './booking-commands.ts';
import {
  anyOperation,
  capacities,
  inModel,
  inStorage,
  type Model,
  modelSession,
  type Operation,
  type Real,
  setUp,
} from './booking-model.ts';
import { DATABASES, type TestStorage } from './databases.ts';
import { addSession, newActivityId } from './fixtures.ts';

const SEED = 20_260_105;

describe('the generators of bookings', () => {
  const samples = fc.sample(fc.tuple(capacities, commands), { numRuns: 300, seed: SEED });

  it('make every kind of command, in sequences long enough to fill sessions', () => {
    const kinds = new Map<string, number>();
    let long = 0;
    for (const [seats, sequence] of samples) {
      for (const capacity of seats) expect(capacity).to.be.within(1, 3);
      const all = [...sequence];
      if (all.length >= 12) long += 1;
      for (const command of all) {
        const kind = command.toString().replace(/\d+/g, 'n');
        kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
      }
    }
    expect(long).to.be.greaterThan(100);
    for (const kind of [
      '{"do":"book","person":n,"session":n,"acceptWaiting":true}',
      '{"do":"book","person":n,"session":n,"acceptWaiting":false}',
      '{"do":"cancel","person":n}',
      '{"do":"move","person":n,"session":n,"acceptWaiting":true}',
      '{"do":"move","person":n,"session":n,"acceptWaiting":false}',
      'close session n',
      'replay n back',
    ]) {
      expect(kinds.get(kind), kind).to.be.greaterThan(100);
    }
  });

  it('reach every answer that a dialog has words for', () => {
    const answers = new Set<string>();
    const runs = fc.sample(
      fc.tuple(capacities, fc.array(anyOperation, { maxLength: 30, size: 'max' })),
      {
        numRuns: 300,
        seed: SEED,
      },
    );
    for (const [seats, operations] of runs) {
      const [one, ...others] = seats.map((capacity) => modelSession(capacity));
      const model: Model = { sessions: [{ ...one!, open: false }, ...others], turns: [] };
      for (const operation of operations) answers.add(inModel(model, operation));
    }
    expect([...answers]).to.include.members([
      'booked',
      'waiting 1',
      'waiting 3',
      'already',
      'closed',
      'cancelled',
      'nothing',
      'moved',
      'full',
      'same',
    ]);
  });
});

/** What must hold after any number of turns at once, in whatever order they came. */
async function expectSound(real: Real, seats: readonly number[]): Promise<void> {
  const live: string[] = [];
  for (const [index, sessionId] of real.sessionIds.entries()) {
    const records = await real.storage.register.list({ sessionId });
    expect(records.filter(({ status }) => status === 'booked').length).to.be.at.most(seats[index]!);
    const ranks = records.flatMap(({ rank }) => (rank === undefined ? [] : [rank]));
    expect(ranks.sort((a, b) => a - b)).to.deep.equal(ranks.map((_, n) => n + 1));
    live.push(...records.filter(({ status }) => status !== 'cancelled').map(({ id }) => id));
  }
  expect(live.length).to.be.at.most(real.people.length);
}

const atOnce = fc.array(anyOperation, { minLength: 8, maxLength: 24, size: 'max' });

async function runAtOnce(real: Real, operations: readonly Operation[]): Promise<void> {
  const ids = operations.map(() => newActivityId());
  const deliver = () =>
    operations.map((operation, index) => inStorage(real, operation, ids[index]!));
  // Each delivered twice: both deliveries must be answered the same.
  const answers = await Promise.all([...deliver(), ...deliver()]);
  expect(answers.slice(operations.length)).to.deep.equal(answers.slice(0, operations.length));
}

for (const { name, open } of DATABASES) {
  describe(`bookings as a whole on ${name}`, function () {
    this.timeout(120_000);
    let test: TestStorage;
    before(async () => {
      test = await open();
    });
    after(() => test.close());

    const prepare = (seats: readonly number[]) =>
      setUp(test.storage, seats, (capacity) => addSession(test.storage, { capacity }));

    it('whatever people and the team do one after the other, the storage agrees with the model', () =>
      fc.assert(
        fc.asyncProperty(capacities, commands, async (seats, sequence) => {
          const ready = await prepare(seats);
          await fc.asyncModelRun(() => ready, sequence);
        }),
        { numRuns: 30 },
      ));

    it('whatever they do at once, each twice: no seat too many, one live booking a person', () =>
      fc.assert(
        fc.asyncProperty(capacities, atOnce, async (seats, operations) => {
          const { real } = await prepare(seats);
          await runAtOnce(real, operations);
          await expectSound(real, seats);
        }),
        { numRuns: 30 },
      ));
  });
}
