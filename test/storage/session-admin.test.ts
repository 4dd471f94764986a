import { expect } from 'chai';
import type { Storage } from '#storage/open-storage.ts';
import { DATABASES, type TestStorage } from './databases.ts';
import {
  addSession,
  book,
  cancel,
  DAY,
  HOUR,
  later,
  newSession,
  rejection,
  someone,
} from './fixtures.ts';

for (const { name, open } of DATABASES) {
  describe(`what the team does on ${name}`, function () {
    this.timeout(60_000);
    let test: TestStorage;
    let storage: Storage;
    beforeEach(async () => {
      test = await open();
      storage = test.storage;
    });
    afterEach(() => test.close());

    it('added sessions come back in the order given, and are listed soonest first', async () => {
      const details = [
        newSession({ startsAt: later(3 * DAY), endsAt: later(3 * DAY + HOUR), title: 'L’après' }),
        newSession({
          format: 'hybrid',
          link: undefined,
          place: 'Fort-de-France',
          timeZone: 'America/Martinique',
          accessibility: { captions: false, signLanguage: true, replay: false },
          sample: true,
        }),
      ];
      const added = await storage.sessions.add(details);
      for (const [index, session] of added.entries()) {
        expect(session).to.deep.include({ ...details[index], status: 'open', revision: 0 });
      }
      const listed = await storage.sessions.list();
      const [third, second] = added;
      expect(listed).to.deep.equal([
        { ...second, seatsLeft: 2, waiting: 0 },
        { ...third, seatsLeft: 2, waiting: 0 },
      ]);
      expect(await storage.sessions.find(added[1]!.id)).to.deep.equal(listed[0]);
      expect(await storage.sessions.find('no-such-session')).to.equal(undefined);
    });

    it('of sessions that cannot all be added, none is', async () => {
      const impossible = [newSession(), newSession({ capacity: 0 })];
      expect(await rejection(storage.sessions.add(impossible))).to.include({
        code: 'STORAGE_FAILED',
      });
      const backwards = newSession({ endsAt: later(0) });
      expect(await rejection(storage.sessions.add([newSession(), backwards]))).to.include({
        code: 'STORAGE_FAILED',
      });
      expect(await storage.sessions.list()).to.deep.equal([]);
      expect(await storage.sessions.add([])).to.deep.equal([]);
    });

    it('more sessions than one statement takes are added', async () => {
      const added = await storage.sessions.add(Array.from({ length: 1_203 }, () => newSession()));
      expect(new Set(added.map(({ id }) => id)).size).to.equal(1_203);
      expect(await storage.sessions.list()).to.have.length(1_203);
    });

    it('a closed session keeps its seats, and says when it already was', async () => {
      const session = await addSession(storage);
      await book(storage, someone('early'), session.id);
      expect(await storage.sessions.close(session.id)).to.equal('closed');
      expect(await storage.sessions.close(session.id)).to.equal('already');
      expect(await storage.sessions.close('no-such-session')).to.equal('unknown');
      expect(await storage.register.list({ status: 'booked' })).to.have.length(1);
    });

    it('an empty programme is filled once, however many instances try', async () => {
      const others = await Promise.all([test.again(), test.again()]);
      const filled = await Promise.all(
        [storage, ...others].map((one) => one.sessions.addWhenEmpty([newSession(), newSession()])),
      );
      expect(filled.filter(Boolean)).to.have.length(1);
      expect(await storage.sessions.list()).to.have.length(2);
      expect(await storage.sessions.addWhenEmpty([newSession()])).to.equal(false);
    });

    it('bookings are listed oldest first, with ranks, and nothing that leads to the person', async () => {
      const [one, other] = [await addSession(storage, { capacity: 1 }), await addSession(storage)];
      const names = ['a', 'b', 'c', 'd', 'e'].map(someone);
      for (const [minute, who] of names.entries()) {
        await book(storage, who, who === names[4] ? other.id : one.id, later(minute * 60_000));
      }
      await cancel(storage, names[1]!, later(HOUR));
      const all = await storage.register.list();
      expect(all.map(({ status, rank }) => [status, rank])).to.deep.equal([
        ['booked', undefined],
        ['cancelled', undefined],
        ['waiting', 1],
        ['waiting', 2],
        ['booked', undefined],
      ]);
      expect(all[0]).to.have.all.keys('id', 'sessionId', 'status', 'rank', 'channel', 'createdAt');
      expect(all[2]?.createdAt).to.deep.equal(later(2 * 60_000));
      const list = storage.register.list;
      expect(await list({ sessionId: one.id })).to.deep.equal(all.slice(0, 4));
      expect(await list({ status: 'waiting' })).to.deep.equal(all.slice(2, 4));
      expect(await list({ sessionId: other.id, status: 'booked' })).to.deep.equal(all.slice(4));
      expect(await list({ sessionId: other.id, status: 'waiting' })).to.deep.equal([]);
    });

    it('a booking is found by its calendar UID, waiting ones with their rank', async () => {
      const session = await addSession(storage, { capacity: 1 });
      await book(storage, someone('seated'), session.id);
      const result = await book(storage, someone('waiting'), session.id);
      if (result.kind !== 'waiting') throw new Error('not waiting');
      const found = await storage.register.findByCalendarUid(result.booking.calendarUid);
      expect(found).to.deep.equal({ booking: result.booking, session });
      expect(await storage.register.findByCalendarUid('no-such-uid')).to.equal(undefined);
    });
  });
}
