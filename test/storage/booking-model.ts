import { expect } from 'chai';
import fc from 'fast-check';
import type { Storage } from '#storage/open-storage.ts';
import { NOW } from './databases.ts';
import { newActivityId, reply, someone, type Who } from './fixtures.ts';

/** What bookings are meant to be, in the simplest words: the storage must agree at every step. */
export interface Model {
  readonly sessions: ModelSession[];
  /** The turns of the past, oldest first. */
  readonly turns: ModelTurn[];
}

interface ModelSession {
  readonly capacity: number;
  open: boolean;
  booked: number[];
  /** First come first. */
  waiting: number[];
}

interface ModelTurn {
  readonly activityId: string;
  readonly operation: Operation;
  readonly answer: string;
}

/** The storage, with the sessions and the people of this run. */
export interface Real {
  readonly storage: Storage;
  readonly sessionIds: readonly string[];
  readonly people: readonly Who[];
}

export const PEOPLE = 6;
export const SESSIONS = 3;

export const modelSession = (capacity: number): ModelSession => ({
  capacity,
  open: true,
  booked: [],
  waiting: [],
});

const holdsIn = ({ booked, waiting }: ModelSession, person: number): boolean =>
  booked.includes(person) || waiting.includes(person);

export const sessionOf = (model: Model, person: number): ModelSession | undefined =>
  model.sessions.find((session) => holdsIn(session, person));

const freeSeats = (session: ModelSession): number =>
  session.waiting.length > 0 ? 0 : session.capacity - session.booked.length;

function leave(session: ModelSession, person: number): void {
  session.booked = session.booked.filter((other) => other !== person);
  session.waiting = session.waiting.filter((other) => other !== person);
}

function enter(session: ModelSession, person: number): string {
  if (freeSeats(session) > 0) {
    session.booked.push(person);
    return 'booked';
  }
  session.waiting.push(person);
  return `waiting ${session.waiting.length}`;
}

export type Operation =
  | {
      readonly do: 'book';
      readonly person: number;
      readonly session: number;
      readonly acceptWaiting: boolean;
    }
  | { readonly do: 'cancel'; readonly person: number }
  | {
      readonly do: 'move';
      readonly person: number;
      readonly session: number;
      readonly acceptWaiting: boolean;
    };

/** The answer that the model expects, having done it. */
export function inModel(model: Model, operation: Operation): string {
  const held = sessionOf(model, operation.person);
  if (operation.do === 'cancel') {
    if (held === undefined) return 'nothing';
    leave(held, operation.person);
    return 'cancelled';
  }
  const target = model.sessions[operation.session]!;
  if (operation.do === 'book') {
    if (held !== undefined) return 'already';
    if (!target.open) return 'closed';
    if (freeSeats(target) <= 0 && !operation.acceptWaiting) return 'full';
    return enter(target, operation.person);
  }
  if (held === undefined) return 'nothing';
  if (held === target) return 'same';
  if (!target.open) return 'closed';
  if (freeSeats(target) <= 0 && !operation.acceptWaiting) return 'full';
  leave(held, operation.person);
  const place = enter(target, operation.person);
  return place === 'booked' ? 'moved' : place;
}

async function answer(
  { storage, sessionIds }: Real,
  open: Parameters<Parameters<Storage['turns']['run']>[1]>[0],
  operation: Operation,
): Promise<string> {
  const { bookings } = storage.services(open.tx, NOW);
  const person = open.personId;
  if (operation.do === 'cancel') return (await bookings.cancel(person)).kind;
  const sessionId = sessionIds[operation.session]!;
  const { acceptWaiting } = operation;
  const result =
    operation.do === 'book'
      ? await bookings.book(person, sessionId, { channel: 'directline', acceptWaiting })
      : await bookings.move(person, sessionId, { acceptWaiting });
  return result.kind === 'waiting' ? `waiting ${result.rank}` : result.kind;
}

/** One turn that does the operation, or finds that it was done. Answers what was replied. */
export function inStorage(real: Real, operation: Operation, activityId: string): Promise<string> {
  const who = real.people[operation.person]!;
  return real.storage.turns.run({ ...who, activityId, at: NOW }, async (open) => {
    if (open.recorded !== undefined) return open.recorded[0]!.text;
    const text = await answer(real, open, operation);
    await open.save({ version: 1, json: '{}' }, [reply(text)]);
    return text;
  });
}

/** Compares everything that can be read with the model. */
export async function expectAgreement(model: Model, real: Real): Promise<void> {
  for (const [index, session] of model.sessions.entries()) {
    const id = real.sessionIds[index]!;
    const records = await real.storage.register.list({ sessionId: id });
    const count = (status: string) => records.filter((one) => one.status === status).length;
    expect(count('booked')).to.equal(session.booked.length).and.to.be.at.most(session.capacity);
    expect(count('waiting')).to.equal(session.waiting.length);
    expect(await real.storage.sessions.find(id)).to.include({
      seatsLeft: freeSeats(session),
      waiting: session.waiting.length,
      status: session.open ? 'open' : 'closed',
    });
    const ranks = records.flatMap(({ rank }) => (rank === undefined ? [] : [rank]));
    expect(ranks.sort((a, b) => a - b)).to.deep.equal(session.waiting.map((_, n) => n + 1));
  }
  for (const [person, who] of real.people.entries()) await expectView(model, real, person, who);
}

async function expectView(model: Model, real: Real, person: number, who: Who): Promise<void> {
  const held = sessionOf(model, person);
  const viewed = await real.storage.turns.run(
    { ...who, activityId: newActivityId(), at: NOW },
    ({ tx, personId }) => real.storage.services(tx, NOW).bookings.view(personId),
  );
  expect(viewed?.session.id).to.equal(
    held === undefined ? undefined : real.sessionIds[model.sessions.indexOf(held)],
  );
  const rank = held?.waiting.indexOf(person) ?? -1;
  expect(viewed?.booking.rank).to.equal(rank === -1 ? undefined : rank + 1);
}

const person = fc.nat({ max: PEOPLE - 1 });
const session = fc.nat({ max: SESSIONS - 1 });

export const capacities = fc.array(fc.integer({ min: 1, max: 3 }), {
  minLength: SESSIONS,
  maxLength: SESSIONS,
});

export const bookOperation = fc.record({
  do: fc.constant('book' as const),
  person,
  session,
  acceptWaiting: fc.boolean(),
});
export const cancelOperation = fc.record({ do: fc.constant('cancel' as const), person });
export const moveOperation = fc.record({
  do: fc.constant('move' as const),
  person,
  session,
  acceptWaiting: fc.boolean(),
});

/** Mostly bookings: sessions must fill up. */
export const anyOperation: fc.Arbitrary<Operation> = fc.oneof(
  { weight: 4, arbitrary: bookOperation },
  { weight: 1, arbitrary: cancelOperation },
  { weight: 2, arbitrary: moveOperation },
);

let runs = 0;

/** A model and a storage that agree: sessions of these capacities, nobody booked. */
export async function setUp(
  storage: Storage,
  seats: readonly number[],
  add: (capacity: number) => Promise<{ readonly id: string }>,
): Promise<{ model: Model; real: Real }> {
  runs += 1;
  const sessions = await Promise.all(seats.map(add));
  return {
    model: {
      sessions: seats.map(modelSession),
      turns: [],
    },
    real: {
      storage,
      sessionIds: sessions.map(({ id }) => id),
      people: Array.from({ length: PEOPLE }, (_, n) => someone(`run-${runs}-person-${n}`)),
    },
  };
}
