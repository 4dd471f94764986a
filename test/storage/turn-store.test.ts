import { expect } from 'chai';
import { AppError } from '#shared/errors.ts';
import type { Storage } from '#storage/open-storage.ts';
import { DATABASES, NOW, type TestStorage } from './databases.ts';
import {
  addSession,
  barrier,
  later,
  newActivityId,
  rejection,
  reply,
  someone,
  turn,
  view,
} from './fixtures.ts';

const camille = someone('camille');

for (const { name, open } of DATABASES) {
  describe(`turns on ${name}`, function () {
    this.timeout(60_000);
    let test: TestStorage;
    let storage: Storage;
    before(async () => {
      test = await open();
      storage = test.storage;
    });
    after(() => test.close());

    it('the first turn has no state, the next one has what was saved', async () => {
      const who = someone('first');
      const run = (json: string) =>
        storage.turns.run({ ...who, activityId: newActivityId(), at: NOW }, async (opened) => {
          await opened.save({ version: 3, json }, []);
          return opened.state;
        });
      expect(await run('{"step":"one"}')).to.equal(undefined);
      expect(await run('{"step":"two"}')).to.deep.equal({ version: 3, json: '{"step":"one"}' });
      expect(await run('{}')).to.deep.equal({ version: 3, json: '{"step":"two"}' });
    });

    it('a state of an older version comes back with its version', async () => {
      const who = someone('old-state');
      const save = (version: number) =>
        storage.turns.run({ ...who, activityId: newActivityId(), at: NOW }, async (opened) => {
          await opened.save({ version, json: '"kept as it was"' }, []);
          return opened.state?.version;
        });
      await save(1);
      expect(await save(2)).to.equal(1);
      expect(await save(2)).to.equal(2);
    });

    it('an activity delivered again gets the recorded replies and changes nothing', async () => {
      const who = { ...someone('again'), activityId: 'the-same', at: NOW };
      const replies = [{ ...reply('Bonjour'), choices: [] }, reply('À bientôt')];
      await storage.turns.run(who, async (opened) => {
        expect(opened.recorded).to.equal(undefined);
        await opened.save({ version: 1, json: '{"n":1}' }, replies);
      });
      for (const at of [NOW, later(1_000)]) {
        await storage.turns.run({ ...who, at }, async (opened) => {
          expect(opened.recorded).to.deep.equal(replies);
          expect(opened.state).to.deep.equal({ version: 1, json: '{"n":1}' });
        });
      }
    });

    it('the same activity delivered twice at once is handled once', async () => {
      const who = { ...someone('at-once'), activityId: 'twice', at: NOW };
      let handled = 0;
      const outcomes = await Promise.all(
        Array.from({ length: 8 }, () =>
          storage.turns.run(who, async (opened) => {
            if (opened.recorded !== undefined) return opened.recorded;
            handled += 1;
            const replies = [reply('une fois')];
            await opened.save({ version: 1, json: '{}' }, replies);
            return replies;
          }),
        ),
      );
      expect(handled).to.equal(1);
      for (const replies of outcomes) expect(replies).to.deep.equal([reply('une fois')]);
    });

    it('the same activity id in another conversation is another activity', async () => {
      for (const conversationId of ['one', 'other']) {
        const who = { ...camille, conversationId, activityId: 'shared-id', at: NOW };
        await storage.turns.run(who, async (opened) => {
          expect(opened.recorded).to.equal(undefined);
          await opened.save({ version: 1, json: '{}' }, []);
        });
      }
    });

    it('two conversations of one user are one person; the same user id elsewhere is another', async () => {
      const who = someone('two-tabs');
      const personOf = (changes: object) =>
        turn(storage, { ...who, ...changes }, async (_services, { personId }) => personId);
      const first = await personOf({});
      expect(await personOf({ conversationId: 'second-tab' })).to.equal(first);
      expect(await personOf({ channel: 'whatsapp' })).to.not.equal(first);
      expect(await personOf({ userId: 'dl_other' })).to.not.equal(first);
    });

    it('turns of one conversation never overlap', async () => {
      const who = someone('no-overlap');
      let inside = 0;
      const add = () =>
        storage.turns.run({ ...who, activityId: newActivityId(), at: NOW }, async (opened) => {
          inside += 1;
          expect(inside).to.equal(1);
          const before = Number(opened.state?.json ?? 0);
          await opened.save({ version: 1, json: String(before + 1) }, []);
          inside -= 1;
          return before;
        });
      const seen = await Promise.all(Array.from({ length: 20 }, add));
      expect(seen.sort((a, b) => a - b)).to.deep.equal(Array.from({ length: 20 }, (_, n) => n));
    });

    it('turns of one person in two conversations never overlap', async () => {
      const who = someone('no-overlap-tabs');
      let inside = 0;
      const visit = (tab: number) =>
        turn(
          storage,
          { ...who, conversationId: `tab-${tab % 2}` },
          async ({ bookings }, opened) => {
            inside += 1;
            expect(inside).to.equal(1);
            await bookings.view(opened.personId);
            inside -= 1;
          },
        );
      await Promise.all(Array.from({ length: 12 }, (_, tab) => visit(tab)));
    });

    it('when the work fails everything is rolled back and the error comes out as it was', async () => {
      const who = someone('rolled-back');
      const session = await addSession(storage);
      const broken = new Error('broken on purpose');
      const failing = storage.turns.run(
        { ...who, activityId: 'fails', at: NOW },
        async (opened) => {
          const { bookings } = storage.services(opened.tx, NOW);
          await bookings.book(opened.personId, session.id, { channel: 'directline' });
          await opened.save({ version: 1, json: '{}' }, [reply('Inscrit')]);
          throw broken;
        },
      );
      expect(await rejection(failing)).to.equal(broken);
      expect(await storage.register.list({ sessionId: session.id })).to.deep.equal([]);
      await storage.turns.run({ ...who, activityId: 'fails', at: NOW }, async (opened) => {
        expect(opened.state).to.equal(undefined);
        expect(opened.recorded).to.equal(undefined);
      });
      expect(await view(storage, who)).to.equal(undefined);
    });

    it('a turn is saved once, and not at all when its activity was already handled', async () => {
      const who = { ...someone('saved-once'), activityId: 'once', at: NOW };
      const state = { version: 1, json: '{}' };
      const twice = storage.turns.run(who, async (opened) => {
        await opened.save(state, []);
        await opened.save(state, []);
      });
      expect(await rejection(twice)).to.include({ code: 'INTERNAL' });
      await storage.turns.run(who, (opened) => opened.save(state, []));
      const again = storage.turns.run(who, (opened) => opened.save(state, []));
      expect(await rejection(again)).to.include({ code: 'INTERNAL' });
    });

    it('a transaction that ended refuses what comes too late', async () => {
      const kept = await turn(storage, camille, async ({ bookings }, opened) => ({
        bookings,
        opened,
      }));
      expect(await rejection(kept.bookings.view(kept.opened.personId))).to.be.instanceOf(Error);
      expect(await rejection(kept.opened.save({ version: 1, json: '{}' }, []))).to.be.instanceOf(
        AppError,
      );
    });

    it('a handle that is not a transaction of the storage is refused', () => {
      expect(() => storage.services({ kind: 'transaction' }, NOW)).to.throw(AppError);
    });

    it('reads outside the turn do not wait for it', async () => {
      const session = await addSession(storage);
      await turn(storage, camille, async () => {
        expect(await storage.sessions.find(session.id)).to.include({ id: session.id });
        await storage.ready();
      });
    });

    it('turns of different people go through whatever the number', async () => {
      const reached = barrier(60);
      const people = Array.from({ length: 60 }, (_, n) => someone(`many-${n}`));
      const ends = people.map(async (who) => {
        await turn(storage, who, async () => undefined);
        await reached();
      });
      await Promise.all(ends);
    });
  });
}
