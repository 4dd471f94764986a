import { expect } from 'chai';
import type { TurnStore } from '#conversation/turn-store.ts';
import { CommitGroup } from '#storage/commit-group.ts';
import { NOW, sqliteStorage, type TestStorage } from './databases.ts';

/** Many turns at once share one wait for the disk; each still stands or falls alone. */
describe('SQLite turns committed in groups', () => {
  let test: TestStorage;

  beforeEach(async () => {
    test = await sqliteStorage();
  });
  afterEach(() => test.close());

  const turn = (index: number): Parameters<TurnStore['run']>[0] => ({
    channel: 'test',
    conversationId: `c${index}`,
    userId: `u${index}`,
    activityId: 'a',
    at: NOW,
  });

  const save = (turns: TurnStore, index: number, fails = false): Promise<unknown> =>
    turns.run(turn(index), async (open) => {
      await open.save({ version: 1, json: String(index) }, []);
      if (fails) throw new Error(`turn ${index} fails`);
    });

  const savedIn = (turns: TurnStore, index: number): Promise<string | undefined> =>
    turns.run(turn(index), async (open) => open.state?.json);

  it('are all there for another connection as soon as they are answered', async () => {
    const other = await test.again();
    const seen = await Promise.all(
      Array.from({ length: 200 }, async (_, index) => {
        await save(test.storage.turns, index);
        return savedIn(other.turns, index);
      }),
    );
    expect(seen).to.deep.equal(Array.from({ length: 200 }, (_, index) => String(index)));
  });

  it('lose only those that fail, whatever is gathered around them', async () => {
    const outcomes = await Promise.allSettled(
      Array.from({ length: 100 }, (_, index) => save(test.storage.turns, index, index % 7 === 3)),
    );
    for (const [index, { status }] of outcomes.entries()) {
      const failed = index % 7 === 3;
      expect(status, `turn ${index}`).to.equal(failed ? 'rejected' : 'fulfilled');
      expect(await savedIn(test.storage.turns, index)).to.equal(failed ? undefined : String(index));
    }
  });

  it('are given up together when the disk refuses the commit, and none is called saved', async () => {
    const group = new CommitGroup();
    const waits = [group.join(), group.join()];
    group.failed(new Error('disk full'));
    const outcomes = await Promise.allSettled(waits);
    expect(outcomes.map(({ status }) => status)).to.deep.equal(['rejected', 'rejected']);
  });

  it('can be left open by nobody: closing commits what was gathered', async () => {
    const working = Array.from({ length: 50 }, (_, index) => save(test.storage.turns, index));
    const closing = test.storage.close();
    const outcomes = await Promise.allSettled(working);
    await closing;
    const other = await test.again();
    for (const [index, { status }] of outcomes.entries()) {
      if (status === 'fulfilled') expect(await savedIn(other.turns, index)).to.equal(String(index));
    }
  });
});
