import { inspect } from 'node:util';
import { expect } from 'chai';
import { sql } from 'kysely';
import type { Transaction } from '#shared/transaction.ts';
import type { Storage } from '#storage/open-storage.ts';
import { opened } from '#storage/open-transaction.ts';
import { createTurnStore } from '#storage/sql-turn-store.ts';
import { DatabaseError, storageFailure } from '#storage/storage-error.ts';
import { DATABASES, NOW, postgresServer, postgresStorage, type TestStorage } from './databases.ts';
import {
  addSession,
  barrier,
  loggedConversation,
  newActivityId,
  newSession,
  rawDatabase,
  rejection,
  reply,
  someone,
  turn,
} from './fixtures.ts';

/** What the database says when it ends a conflict. */
const deadlock = () =>
  storageFailure(
    Object.assign(new Error('deadlock detected'), { code: '40P01', severity: 'ERROR' }),
  );

const failingStatement = (tx: Transaction) =>
  sql`insert into sessions (id) values ('incomplete')`.execute(opened(tx).db);

for (const { name, open } of DATABASES) {
  describe(`failures on ${name}`, function () {
    this.timeout(60_000);
    let test: TestStorage;
    let storage: Storage;
    before(async () => {
      test = await open();
      storage = test.storage;
    });
    after(() => test.close());

    it('errors of the database come out as ours, without anything of the person in them', async () => {
      const secret = 'secret-of-the-person';
      await storage.activityLog.create(loggedConversation(secret, { userName: secret }));
      for (const failing of [
        () => storage.activityLog.create(loggedConversation(secret, { userName: secret })),
        () => storage.sessions.add([newSession({ title: secret, capacity: -1 })]),
        () =>
          turn(storage, someone('unknown'), ({ callbacks }) =>
            callbacks.request({
              personId: secret,
              firstName: secret,
              contact: secret,
              when: secret,
              topic: secret,
              channel: secret,
            }),
          ),
      ]) {
        const error = await rejection(failing());
        expect(error).to.include({ code: 'STORAGE_FAILED' });
        const everything = inspect(error, { depth: 9, showHidden: true });
        expect(everything).to.not.include(secret);
      }
    });

    it('a failed statement undoes the turn even when the work looks away', async () => {
      const who = someone('looks-away');
      const looking = storage.turns.run({ ...who, activityId: 'a', at: NOW }, async (open) => {
        await open.save({ version: 1, json: '{}' }, [reply('confirmé')]);
        await failingStatement(open.tx).catch(() => undefined);
        const { bookings } = storage.services(open.tx, NOW);
        expect(await rejection(bookings.view(open.personId))).to.include({
          code: 'STORAGE_FAILED',
        });
        return 'confirmed';
      });
      expect(await rejection(looking)).to.include({ code: 'STORAGE_FAILED' });
      await storage.turns.run({ ...who, activityId: 'a', at: NOW }, async (open) => {
        expect(open.recorded).to.equal(undefined);
        expect(open.state).to.equal(undefined);
      });
    });

    it('a turn the database ended over a conflict is run again, three times at most', async () => {
      let runs = 0;
      const run = (failures: number) => {
        runs = 0;
        return turn(storage, someone('conflicts'), async () => {
          runs += 1;
          if (runs <= failures) throw deadlock();
          return runs;
        });
      };
      expect(await run(3)).to.equal(4);
      expect(await rejection(run(9))).to.include({ code: 'STORAGE_FAILED' });
      expect(runs).to.equal(4);
    });

    it('an error of the work is not tried again', async () => {
      let runs = 0;
      const failing = turn(storage, someone('fails'), async () => {
        runs += 1;
        throw new Error('broken on purpose');
      });
      await rejection(failing);
      expect(runs).to.equal(1);
    });

    it('a turn that hangs is rolled back, and what it still tries is refused', async () => {
      const raw = await rawDatabase(test.options);
      const turns = createTurnStore(raw, { longestMs: 30 });
      const who = someone('hangs');
      const { promise: never } = Promise.withResolvers<void>();
      const kept: Parameters<Parameters<typeof turns.run>[1]>[0][] = [];
      const hanging = turns.run({ ...who, activityId: 'hangs', at: NOW }, async (open) => {
        kept.push(open);
        await never;
      });
      expect(await rejection(hanging)).to.include({ code: 'STORAGE_FAILED' });
      const late = kept[0]!.save({ version: 1, json: '{}' }, []);
      expect(await rejection(late)).to.be.instanceOf(Error);
      expect(await turn(storage, who, async (_services, open) => open.state)).to.equal(undefined);
      await raw.close();
    });

    it('U+0000, lone surrogates and very long texts break nothing and mix nobody up', async () => {
      const nasty = `a\0b \u{1F600} \uD83D ${'é'.repeat(300_000)}`;
      const short = 'user\0';
      const session = await addSession(storage, { title: nasty });
      const who = { channel: 'directline', conversationId: nasty, userId: nasty };
      const state = { version: 1, json: JSON.stringify({ nasty }) };
      const run = () =>
        storage.turns.run({ ...who, activityId: nasty, at: NOW }, async (open) => {
          if (open.recorded !== undefined) return open;
          const { bookings, callbacks } = storage.services(open.tx, NOW);
          await bookings.book(open.personId, session.id, { channel: 'directline', needs: nasty });
          await callbacks.request({
            personId: open.personId,
            firstName: nasty,
            contact: nasty,
            when: nasty,
            topic: nasty,
            channel: 'directline',
          });
          await open.save(state, [reply(nasty)]);
          return open;
        });
      await run();
      const again = await run();
      expect(again.recorded).to.deep.equal([reply(nasty)]);
      expect(again.state).to.deep.equal(state);
      await storage.activityLog.create(
        loggedConversation('nasty', { userId: nasty, userName: nasty }),
      );
      const [logged] = await storage.activityLog.append('nasty', [{ text: nasty }], NOW);
      expect(await storage.activityLog.read('nasty', 0, 1)).to.deep.equal([logged]);
      await storage.activityLog.forgetUser(nasty);
      expect(await storage.activityLog.read('nasty', 0, 1)).to.deep.equal([]);
      const personOf = (userId: string) =>
        turn(storage, { ...who, userId }, async (_services, open) => open.personId);
      expect(await personOf(short)).to.equal(await personOf(short));
      expect(await personOf(short)).to.not.equal(await personOf('user'));
    });
  });
}

describe('failures of PostgreSQL', function () {
  this.timeout(60_000);
  let test: TestStorage;
  let storage: Storage;
  before(async () => {
    test = await postgresStorage();
    storage = test.storage;
  });
  after(() => test.close());

  it('two turns that wait for each other both end, one of them run again', async () => {
    const sessions = [await addSession(storage), await addSession(storage)];
    const bothHoldOne = barrier(2);
    let runs = 0;
    const lock = (tx: Transaction, n: number) =>
      sql`select id from sessions where id = ${sessions[n]!.id} for update`.execute(opened(tx).db);
    const crossing = (first: number) =>
      turn(storage, someone(`crossing-${first}`), async (_services, { tx }) => {
        runs += 1;
        await lock(tx, first);
        await bothHoldOne();
        await lock(tx, 1 - first);
      });
    await Promise.all([crossing(0), crossing(1)]);
    expect(runs).to.equal(3);
  });

  it('a turn whose connection is cut between two statements is run again', async () => {
    const server = await postgresServer();
    const who = { ...someone('cut'), activityId: newActivityId(), at: NOW };
    let runs = 0;
    await storage.turns.run(who, async (open) => {
      runs += 1;
      const { rows } = await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(
        opened(open.tx).db,
      );
      if (runs === 1) await server.run(`select pg_terminate_backend(${rows[0]!.pid})`);
      await open.save({ version: 1, json: '{"done":true}' }, []);
    });
    expect(runs).to.equal(2);
    const state = await turn(storage, who, async (_services, open) => open.state);
    expect(state?.json).to.equal('{"done":true}');
  });
});

describe('the translation of errors', () => {
  it('passes ours unchanged and takes anything else', () => {
    const ours = storageFailure(new Error('x'));
    expect(storageFailure(ours)).to.equal(ours);
    expect(storageFailure('a text')).to.include({ code: 'STORAGE_FAILED' });
  });

  it('keeps the code and the names of things, not the values', () => {
    const error = storageFailure(
      Object.assign(new Error('Key (id)=(secret) exists'), {
        severity: 'ERROR',
        code: '23505',
        constraint: 'one_live_booking',
        detail: 'secret',
      }),
    );
    expect(error.cause).to.be.instanceOf(DatabaseError);
    expect(error.message).to.include('23505').and.include('one_live_booking');
    expect(inspect(error, { depth: 9 })).to.not.include('secret');
  });
});
