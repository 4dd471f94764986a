import { expect } from 'chai';
import type { Storage } from '#storage/open-storage.ts';
import { MOST_KEPT } from '#storage/sql-unread-messages.ts';
import { DATABASES, NOW, type TestStorage } from './databases.ts';
import {
  barrier,
  DAY,
  later,
  rawDatabase,
  rejection,
  someone,
  turn,
  type Who,
} from './fixtures.ts';

const keep = (storage: Storage, who: Who, text: string, at = NOW) =>
  turn(
    storage,
    who,
    (_services, { tx }) => storage.unreadMessages(tx, at).keep({ text, language: 'fr' }),
    at,
  );

for (const { name, open } of DATABASES) {
  describe(`messages that were not understood, on ${name}`, function () {
    this.timeout(60_000);
    let test: TestStorage;
    let storage: Storage;
    beforeEach(async () => {
      test = await open();
      storage = test.storage;
    });
    afterEach(() => test.close());

    const texts = async (): Promise<string[]> =>
      (await storage.unread.list()).map(({ text }) => text).sort();

    /** As many as there may be at most, said on as many days as needed, the first 1,000 earliest. */
    async function fill(): Promise<void> {
      const raw = await rawDatabase(test.options);
      for (let at = 0; at < MOST_KEPT; at += 1_000) {
        const day = later(-10 * DAY + (at / 1_000) * DAY)
          .toISOString()
          .slice(0, 10);
        const rows = Array.from({ length: 1_000 }, (_, n) => ({
          id: `${MOST_KEPT - at}-${n}`,
          text: `${at + n}`,
          language: 'fr',
          day,
        }));
        await raw.writer.insertInto('unread_messages').values(rows).execute();
      }
      await raw.close();
    }

    it('are kept with their language and their day', async () => {
      await keep(storage, someone('writes'), 'gloubi\0 boulga', new Date('2026-01-05T23:59:59Z'));
      await keep(storage, someone('writes'), 'été 😀', new Date('2026-01-06T00:00:00Z'));
      expect(await storage.unread.list()).to.deep.equal([
        { text: 'gloubi\uFFFD boulga', language: 'fr', day: '2026-01-05' },
        { text: 'été 😀', language: 'fr', day: '2026-01-06' },
      ]);
    });

    it('have nothing beside them that leads to a person, a conversation or an hour', async () => {
      await keep(storage, someone('writes'), 'gloubi boulga');
      const raw = await rawDatabase(test.options);
      const [row] = await raw.reader.selectFrom('unread_messages').selectAll().execute();
      await raw.close();
      const { id, ...rest } = row!;
      expect(rest).to.deep.equal({ text: 'gloubi boulga', language: 'fr', day: '2026-01-05' });
      expect(id).to.match(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}$/);
    });

    it('are written with the turn, or not at all', async () => {
      const failing = turn(storage, someone('fails'), async (_services, { tx }) => {
        await storage.unreadMessages(tx, NOW).keep({ text: 'perdu', language: 'fr' });
        throw new Error('broken on purpose');
      });
      await rejection(failing);
      expect(await texts()).to.deep.equal([]);
    });

    it('are swept when their day is 30 days ago', async () => {
      const sweep = () =>
        storage.activityLog.sweep({ uploads: NOW, conversations: later(-30 * DAY) });
      await keep(storage, someone('old'), 'vieux', later(-31 * DAY));
      await keep(storage, someone('month'), 'trente jours', later(-30 * DAY));
      await keep(storage, someone('young'), 'vingt-neuf jours', later(-29 * DAY));
      expect(await sweep()).to.deep.equal({ uploads: 0, conversations: 0 });
      expect(await texts()).to.deep.equal(['vingt-neuf jours']);
      await sweep();
      expect(await texts()).to.have.length(1);
    });

    it('are swept all, however many they are', async () => {
      await fill();
      await storage.activityLog.sweep({ uploads: NOW, conversations: NOW });
      expect(await texts()).to.deep.equal([]);
    });

    it(`are ${MOST_KEPT} at most: the oldest make room`, async () => {
      await fill();
      for (const text of ['neuf', 'plus neuf']) await keep(storage, someone(text), text);
      const kept = await texts();
      expect(kept).to.have.length(MOST_KEPT);
      expect(kept).to.include.members(['neuf', 'plus neuf']);
      const left = kept.filter((text) => Number(text) < 1_000);
      expect(left).to.have.length(998);
    });

    it('make room while others do, and no turn fails', async () => {
      await fill();
      const meet = barrier(8);
      const instances = [storage, await test.again()];
      await Promise.all(
        Array.from({ length: 8 }, (_, n) =>
          // SQLite takes one turn after another: they can only meet before.
          meet().then(() => keep(instances[n % 2]!, someone(`crowd-${n}`), `foule ${n}`)),
        ),
      );
      const kept = await texts();
      expect(kept.filter((text) => text.startsWith('foule'))).to.have.length(8);
      expect(kept.length).to.be.within(MOST_KEPT, MOST_KEPT + 8);
      await keep(storage, someone('last'), 'dernier');
      expect(await texts()).to.have.length(MOST_KEPT);
    });

    it('are not kept of a person who had everything erased, in any conversation', async () => {
      const who = someone('erased');
      const other = someone('other');
      await keep(storage, who, 'avant');
      await turn(storage, who, ({ personalData }, { personId }) => personalData.erase(personId));
      await keep(storage, who, 'après');
      await keep(storage, { ...who, conversationId: 'another' }, 'ailleurs');
      await keep(storage, other, 'autre');
      expect(await texts()).to.deep.equal(['autre', 'avant']);
    });
  });
}
