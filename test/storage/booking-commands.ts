import { expect } from 'chai';
import fc from 'fast-check';
import {
  anyOperation,
  expectAgreement,
  inModel,
  inStorage,
  type Model,
  type Operation,
  type Real,
  SESSIONS,
} from './booking-model.ts';
import { newActivityId } from './fixtures.ts';

type Command = fc.AsyncCommand<Model, Real>;

/** A turn of someone. */
class Operate implements Command {
  readonly operation: Operation;

  constructor(operation: Operation) {
    this.operation = operation;
  }

  check = (): boolean => true;

  async run(model: Model, real: Real): Promise<void> {
    const { operation } = this;
    const turn = { operation, activityId: newActivityId(), answer: inModel(model, operation) };
    model.turns.push(turn);
    expect(await inStorage(real, operation, turn.activityId)).to.equal(turn.answer);
    await expectAgreement(model, real);
  }

  toString = (): string => JSON.stringify(this.operation);
}

/** The team closes a session. */
class Close implements Command {
  readonly session: number;

  constructor(session: number) {
    this.session = session;
  }

  check = (): boolean => true;

  async run(model: Model, real: Real): Promise<void> {
    const session = model.sessions[this.session]!;
    const expected = session.open ? 'closed' : 'already';
    session.open = false;
    expect(await real.storage.sessions.close(real.sessionIds[this.session]!)).to.equal(expected);
    await expectAgreement(model, real);
  }

  toString = (): string => `close session ${this.session}`;
}

/** A channel delivers an activity of the past again: it is answered the same, nothing changes. */
class Replay implements Command {
  readonly back: number;

  constructor(back: number) {
    this.back = back;
  }

  check = ({ turns }: Readonly<Model>): boolean => turns.length > 0;

  async run(model: Model, real: Real): Promise<void> {
    const turn = model.turns[model.turns.length - 1 - (this.back % model.turns.length)]!;
    expect(await inStorage(real, turn.operation, turn.activityId)).to.equal(turn.answer);
    await expectAgreement(model, real);
  }

  toString = (): string => `replay ${this.back} back`;
}

const operate: fc.Arbitrary<Command> = anyOperation.map((operation) => new Operate(operation));
const close: fc.Arbitrary<Command> = fc
  .nat({ max: SESSIONS - 1 })
  .map((session) => new Close(session));
const replay: fc.Arbitrary<Command> = fc.nat({ max: 9 }).map((back) => new Replay(back));

/** Sequences of everything that can happen; mostly turns, so that sessions fill up and empty. */
export const commands = fc.commands(
  [
    fc.oneof(
      { weight: 8, arbitrary: operate },
      { weight: 1, arbitrary: close },
      { weight: 2, arbitrary: replay },
    ),
  ],
  { maxCommands: 30, size: 'max' },
);
