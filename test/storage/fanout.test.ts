import { expect } from 'chai';
import type { Fanout } from '#shared/activity-log.ts';
import { silentLogger } from '#shared/logger.ts';
import { createLocalFanout } from '#storage/local-fanout.ts';
import { DATABASES, NOW, postgresServer, postgresStorage, type TestStorage } from './databases.ts';
import { loggedConversation } from './fixtures.ts';

/** Resolves at the next news. */
function nextNews(fanout: Fanout, conversationId: string): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const stop = fanout.subscribe(conversationId, () => {
    stop();
    resolve();
  });
  return promise;
}

for (const { name, open } of DATABASES) {
  describe(`news on ${name}`, function () {
    this.timeout(60_000);
    let test: TestStorage;
    let fanout: Fanout;
    before(async () => {
      test = await open();
      fanout = test.storage.fanout;
    });
    after(() => test.close());

    it('subscribers of the conversation are called after each publish, until they stop', () => {
      const calls: string[] = [];
      const stopOne = fanout.subscribe('c', () => calls.push('one'));
      const both = () => calls.push('two');
      const stopTwo = fanout.subscribe('c', both);
      const stopAgain = fanout.subscribe('c', both);
      fanout.subscribe('other', () => calls.push('other'));
      fanout.publish('c');
      expect(calls).to.deep.equal(['one', 'two', 'two']);
      stopOne();
      stopTwo();
      stopTwo();
      fanout.publish('c');
      stopAgain();
      fanout.publish('c');
      expect(calls).to.deep.equal(['one', 'two', 'two', 'two']);
    });

    it('a subscriber that fails or leaves does not keep the others from their news', () => {
      const calls: string[] = [];
      fanout.subscribe('f', () => {
        throw new Error('broken on purpose');
      });
      const stop = fanout.subscribe('f', () => {
        calls.push('leaves');
        stop();
      });
      fanout.subscribe('f', () => calls.push('stays'));
      fanout.publish('f');
      fanout.publish('f');
      expect(calls).to.deep.equal(['leaves', 'stays', 'stays']);
    });

    it('any conversation id will do', async () => {
      const id = `long \0 ${'é'.repeat(20_000)}`;
      const news = nextNews(fanout, id);
      fanout.publish(id);
      await news;
    });
  });
}

describe('news between instances', function () {
  this.timeout(60_000);
  let test: TestStorage;
  beforeEach(async () => {
    test = await postgresStorage();
  });
  afterEach(() => test.close());

  it('what one instance publishes after its commit, the other sees', async () => {
    const [here, there] = [test.storage, await test.again()];
    await here.activityLog.create(loggedConversation('shared'));
    const news = nextNews(there.fanout, 'shared');
    await here.activityLog.append('shared', [{ type: 'message' }], NOW);
    here.fanout.publish('shared');
    await news;
    expect(await there.activityLog.lastSeq('shared')).to.equal(1);
  });

  it('the instance that publishes is not told twice', async () => {
    const [here, there] = [test.storage, await test.again()];
    let calls = 0;
    here.fanout.subscribe('echo', () => {
      calls += 1;
    });
    const heard = nextNews(there.fanout, 'echo');
    here.fanout.publish('echo');
    await heard;
    // Notifications arrive in order: had the first come back, it would be before this one.
    const marker = nextNews(here.fanout, 'marker');
    there.fanout.publish('marker');
    await marker;
    expect(calls).to.equal(1);
  });

  it('many publishes at once reach the other instance', async () => {
    const [here, there] = [test.storage, await test.again()];
    const ids = Array.from({ length: 300 }, (_, n) => `many-${n}`);
    const all = Promise.all(ids.map((id) => nextNews(there.fanout, id)));
    for (const id of ids) here.fanout.publish(id);
    await all;
  });

  it('when the connection is lost, subscribers are called back and news comes again', async () => {
    const [here, there] = [test.storage, await test.again()];
    const resumed = [nextNews(here.fanout, 'c'), nextNews(there.fanout, 'c')];
    const server = await postgresServer();
    const database = new URL(test.options.databaseUrl!).pathname.slice(1);
    await server.run(
      `select pg_terminate_backend(pid) from pg_stat_activity where datname = '${database}'`,
    );
    await Promise.all(resumed);
    const news = nextNews(there.fanout, 'c');
    here.fanout.publish('c');
    await news;
    await here.ready();
  });

  it('closing sends what was just published', async () => {
    const there = await test.again();
    const news = nextNews(there.fanout, 'last');
    const leaving = await test.again();
    leaving.fanout.publish('last');
    await leaving.close();
    await news;
  });
});

describe('news within a process', () => {
  it('publishing to everyone calls each subscriber once', () => {
    const fanout = createLocalFanout(silentLogger);
    const calls: string[] = [];
    for (const id of ['a', 'b']) fanout.subscribe(id, () => calls.push(id));
    fanout.publishAll();
    expect(calls).to.deep.equal(['a', 'b']);
  });
});
