import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { silentLogger } from '#shared/logger.ts';
import { CALLS_A_MINUTE, createCallBudget } from '#understanding/clu/call-budget.ts';
import { createMonthlyCount } from '#understanding/clu/monthly-count.ts';
import { LOCAL, openBench } from './clu-bench.ts';
import { predicts } from './clu-peer.ts';

const START = Date.UTC(2026, 10, 30, 23, 50);

describe('Azure CLU: the budget of calls', () => {
  let now: number;
  const clock = { now: () => new Date(now) };
  let folder: string;
  beforeEach(() => {
    now = START;
    folder = mkdtempSync(join(tmpdir(), 'declic-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it('allows what the service allows in any sixty seconds, and not one more', () => {
    expect(CALLS_A_MINUTE).to.equal(1000);
    const budget = createCallBudget({ clock, callsAMinute: 3 });
    for (const at of [0, 10_000, 20_000]) {
      now = START + at;
      expect(budget.spent()).to.equal(undefined);
      budget.spend();
    }
    now = START + 59_999;
    expect(budget.spent()).to.equal('minute_budget');
    now = START + 60_000;
    expect(budget.spent()).to.equal(undefined);
    budget.spend();
    expect(budget.spent()).to.equal('minute_budget');
    now = START + 70_000;
    expect(budget.spent()).to.equal(undefined);
  });

  it('counts the month across restarts and instances, and starts anew with the next', () => {
    const open = () =>
      createCallBudget({
        clock,
        monthly: { limit: 3, count: createMonthlyCount(folder, silentLogger) },
      });
    const [one, other] = [open(), open()];
    one.spend();
    other.spend();
    const restarted = open();
    expect(restarted.spent()).to.equal(undefined);
    restarted.spend();
    for (const budget of [one, other, restarted, open()]) {
      expect(budget.spent()).to.equal('month_budget');
    }
    now = Date.UTC(2026, 11, 1);
    expect(one.spent()).to.equal(undefined);
    one.spend();
    expect(readdirSync(folder)).to.deep.equal(['clu-calls-2026-12']);
  });

  it('makes the folder, and leaves what else is in it alone', () => {
    const deep = join(folder, 'data');
    writeFileSync(join(folder, 'declic.db'), 'x');
    createMonthlyCount(deep, silentLogger).add(clock.now());
    createMonthlyCount(folder, silentLogger).add(clock.now());
    expect(existsSync(join(deep, 'clu-calls-2026-11'))).to.equal(true);
    expect(readdirSync(folder)).to.include('declic.db');
  });

  it('still counts where nothing can be written, and says so once', () => {
    const warned: string[] = [];
    const logger = { ...silentLogger, warn: (_: object, message: string) => warned.push(message) };
    writeFileSync(join(folder, 'a-file'), '');
    const count = createMonthlyCount(join(folder, 'a-file', 'data'), logger);
    count.add(clock.now());
    count.add(clock.now());
    expect(count.calls(clock.now())).to.equal(2);
    expect(warned).to.have.length(1);
  });

  it('lets the embedded recogniser decide once it is spent, without calling', async () => {
    const bench = await openBench();
    bench.peer.answer(predicts([['greeting', 0.9]]));
    const count = createMonthlyCount(folder, silentLogger);
    await bench.open({ clock, callsAMinute: 2, monthly: { limit: 3, count } });
    for (let turn = 0; turn < 3; turn++) await bench.recognise('bonjour');
    now += 60_000;
    await bench.recognise('bonjour');
    expect(await bench.recognise('bonjour')).to.equal(LOCAL);
    expect(bench.reasons()).to.deep.equal(['clu', 'clu', 'minute_budget', 'clu', 'month_budget']);
    expect(bench.peer.received).to.have.length(3);
    expect(bench.log.filter(({ level }) => level !== 'info')).to.deep.equal([]);
    await bench.peer.stop();
  });
});
