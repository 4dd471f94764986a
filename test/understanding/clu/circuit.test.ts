import { mock } from 'node:test';
import { expect } from 'chai';
import { systemClock } from '#shared/clock.ts';
import { type Circuit, createCircuit } from '#understanding/clu/circuit.ts';
import { CluFailure, type Reason } from '#understanding/clu/clu-failure.ts';

const fail = (reason: Reason) => async (): Promise<never> => {
  throw new CluFailure(reason);
};
const succeed = async (): Promise<string> => 'an answer';

describe('Azure CLU: the circuit', () => {
  let told: (number | 'closed')[];
  let circuit: Circuit;
  beforeEach(() => {
    mock.timers.enable({ apis: ['Date'], now: Date.UTC(2026, 10, 24) });
    told = [];
    circuit = createCircuit({
      timeoutMs: 10_000,
      clock: systemClock,
      events: {
        opened: (_failure, rest) => told.push(rest / 1000),
        closed: () => told.push('closed'),
      },
    });
  });
  afterEach(() => mock.timers.reset());

  const outcome = async (call: () => Promise<unknown>): Promise<unknown> => {
    try {
      return await circuit.run(call);
    } catch (error) {
      return (error as CluFailure).reason;
    } finally {
      // The trial, which nobody waits for, ends within a few turns of the event loop.
      await new Promise((resolve) => setImmediate(resolve));
    }
  };

  it('rests twice as long after each failed trial, five minutes at most', async () => {
    expect(await outcome(fail('timeout'))).to.equal('timeout');
    for (let trial = 0; trial < 8; trial++) {
      mock.timers.tick((told.at(-1) as number) * 1000);
      expect(await outcome(fail('server_error'))).to.equal('circuit_open');
    }
    expect(told).to.deep.equal([5, 10, 20, 40, 80, 160, 300, 300, 300]);
  });

  it('does not call at all during the rest', async () => {
    let calls = 0;
    const call = async () => {
      calls += 1;
      throw new CluFailure('unreachable');
    };
    await outcome(call);
    mock.timers.tick(4999);
    expect(await outcome(call)).to.equal('circuit_open');
    expect(calls).to.equal(1);
    mock.timers.tick(1);
    expect(await outcome(call)).to.equal('circuit_open');
    expect(calls).to.equal(2);
  });

  it('closes when a trial succeeds, and rests five seconds again at the next failure', async () => {
    await outcome(fail('timeout'));
    mock.timers.tick(5000);
    await outcome(fail('timeout'));
    mock.timers.tick(10_000);
    expect(await outcome(succeed)).to.equal('circuit_open');
    expect(await outcome(succeed)).to.equal('an answer');
    expect(await outcome(fail('timeout'))).to.equal('timeout');
    expect(told).to.deep.equal([5, 10, 'closed', 5]);
  });

  it('gives up even on a call that does not hear that it is to stop', async () => {
    const events = { opened: () => undefined, closed: () => undefined };
    circuit = createCircuit({ timeoutMs: 20, clock: systemClock, events });
    expect(await outcome(() => new Promise(() => undefined))).to.equal('timeout');
  });

  it('stays closed for what says nothing of the service', async () => {
    for (const reason of ['refused', 'foreign_intents', 'minute_budget'] as const) {
      expect(await outcome(fail(reason))).to.equal(reason);
    }
    expect(await outcome(succeed)).to.equal('an answer');
    expect(told).to.deep.equal([]);
  });

  it('takes what Azure’s client throws for what it means', async () => {
    const thrown = Object.assign(new Error('x'), { name: 'AbortError' });
    expect(await outcome(() => Promise.reject(thrown))).to.equal('timeout');
    mock.timers.tick(5000);
    await outcome(succeed);
    const unsigned = Object.assign(new Error('x'), { name: 'CredentialUnavailableError' });
    expect(await outcome(() => Promise.reject(unsigned))).to.equal('unauthorised');
  });
});
