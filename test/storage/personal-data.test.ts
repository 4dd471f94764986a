import { expect } from 'chai';
import type { Callbacks } from '#programme/callback.ts';
import type { Storage } from '#storage/open-storage.ts';
import { DATABASES, NOW, type TestStorage } from './databases.ts';
import {
  addSession,
  book,
  DAY,
  later,
  loggedConversation,
  rawDatabase,
  reply,
  someone,
  turn,
  view,
  type Who,
} from './fixtures.ts';

const contact = (personId: string): Parameters<Callbacks['request']>[0] => ({
  personId,
  firstName: 'Aïcha',
  contact: '06 12 34 56 78',
  when: 'plutôt le matin',
  topic: undefined,
  channel: 'directline',
});

const askForCall = (storage: Storage, who: Who, at = NOW) =>
  turn(storage, who, ({ callbacks }, { personId }) => callbacks.request(contact(personId)), at);

const erase = (storage: Storage, who: Who, at: Date) =>
  turn(storage, who, ({ personalData }, { personId }) => personalData.erase(personId), at);

const summary = (storage: Storage, who: Who) =>
  turn(storage, who, ({ personalData }, { personId }) => personalData.summary(personId));

for (const { name, open } of DATABASES) {
  describe(`what is held about people on ${name}`, function () {
    this.timeout(60_000);
    let test: TestStorage;
    let storage: Storage;
    beforeEach(async () => {
      test = await open();
      storage = test.storage;
    });
    afterEach(() => test.close());

    it('a call-back request is kept as given, and the open one is found', async () => {
      const who = someone('calls');
      const openOne = () =>
        turn(storage, who, ({ callbacks }, { personId }) => callbacks.open(personId));
      expect(await openOne()).to.equal(undefined);
      const request = await askForCall(storage, who);
      expect(request).to.deep.include({
        ...contact(request.personId),
        status: 'open',
        createdAt: NOW,
      });
      expect(await openOne()).to.deep.equal(request);
      const newer = await askForCall(storage, who, later(1_000));
      expect(await openOne()).to.deep.equal(newer);
    });

    it('the summary counts what is held', async () => {
      const who = someone('counted');
      expect(await summary(storage, who)).to.deep.equal({
        since: NOW,
        messages: 0,
        bookings: 0,
        callbacks: 0,
      });
      await book(storage, who, (await addSession(storage)).id);
      await askForCall(storage, { ...who, conversationId: 'another-tab' });
      expect(await summary(storage, who)).to.include({ messages: 3, bookings: 1, callbacks: 1 });
      const unknown = await turn(storage, who, ({ personalData }) =>
        personalData.summary('nobody'),
      );
      expect(unknown).to.deep.equal({ since: undefined, messages: 0, bookings: 0, callbacks: 0 });
    });

    it('erasing gives the seat back and leaves nothing that leads to the person', async () => {
      const [who, other] = [someone('erased'), someone('stays')];
      const session = await addSession(storage, { capacity: 1 });
      await turn(storage, who, ({ bookings }, { personId }) =>
        bookings.book(personId, session.id, { channel: 'directline', needs: 'une rampe' }),
      );
      await askForCall(storage, { ...who, conversationId: 'second-tab' });
      await askForCall(storage, other);
      const before = (await view(storage, who))!.booking;

      expect(await erase(storage, who, later(DAY / 2))).to.deep.equal({ seatReleased: true });

      expect(await storage.sessions.find(session.id)).to.include({ seatsLeft: 1 });
      const kept = await storage.register.findByCalendarUid(before.calendarUid);
      expect(kept?.booking).to.include({
        id: before.id,
        status: 'cancelled',
        personId: '',
        needs: undefined,
        sequence: 1,
      });
      expect(await summary(storage, who)).to.deep.equal({
        since: later(DAY / 2),
        messages: 1,
        bookings: 0,
        callbacks: 0,
      });
      expect(await summary(storage, other)).to.include({ messages: 1, callbacks: 1 });
      await turn(storage, { ...who, conversationId: 'second-tab' }, async (_services, opened) => {
        expect(opened.state).to.equal(undefined);
      });
    });

    it('erasing someone who waits or holds nothing gives no seat back', async () => {
      const session = await addSession(storage, { capacity: 1 });
      await book(storage, someone('seated'), session.id);
      await book(storage, someone('waits'), session.id);
      expect(await erase(storage, someone('waits'), NOW)).to.deep.equal({ seatReleased: false });
      expect(await erase(storage, someone('nothing'), NOW)).to.deep.equal({ seatReleased: false });
      expect(await storage.sessions.find(session.id)).to.include({ seatsLeft: 0, waiting: 0 });
    });

    it('erasing deletes what was said and sent on Direct Line, and the window goes on', async () => {
      const who = someone('talks');
      const log = storage.activityLog;
      const mine = loggedConversation(who.conversationId, { userId: who.userId });
      const sameUser = loggedConversation('never-wrote', { userId: who.userId });
      const others = loggedConversation('others', { userId: 'dl_other' });
      for (const conversation of [mine, sameUser, others]) {
        await log.create(conversation);
        await log.append(conversation.id, [{ type: 'message', text: 'secret' }], NOW);
        await log.saveUpload({
          id: `upload-of-${conversation.id}`,
          conversationId: conversation.id,
          name: 'cv.pdf',
          contentType: 'application/pdf',
          content: Buffer.from('secret'),
          createdAt: NOW,
        });
      }
      await erase(storage, who, NOW);
      for (const { id } of [mine, sameUser]) {
        expect(await log.read(id, 0, 10)).to.deep.equal([]);
        expect(await log.findUpload(`upload-of-${id}`)).to.equal(undefined);
        expect(await log.find(id)).to.include({ id, userName: undefined });
        const [next] = await log.append(id, [{ type: 'message' }], NOW);
        expect(next?.seq).to.equal(2);
      }
      expect(await log.read('others', 0, 10)).to.have.length(1);
      expect(await log.findUpload('upload-of-others')).to.not.equal(undefined);
    });

    it('the turn that erases can save and is recorded; older activities delivered again are new', async () => {
      const who = someone('again');
      const run = (activityId: string, work?: (personId: string) => Promise<unknown>) =>
        storage.turns.run({ ...who, activityId, at: NOW }, async (opened) => {
          if (opened.recorded !== undefined) return opened.recorded.map(({ text }) => text);
          await storage.services(opened.tx, NOW).personalData.summary(opened.personId);
          if (work === undefined) await opened.save({ version: 1, json: '{}' }, [reply('dit')]);
          else {
            await storage.services(opened.tx, NOW).personalData.erase(opened.personId);
            await opened.save({ version: 1, json: '{}' }, [reply('effacé')]);
          }
          return opened.state;
        });
      await run('before');
      await run('erases', async () => undefined);
      expect(await run('erases')).to.deep.equal(['effacé']);
      expect(await run('before')).to.deep.equal({ version: 1, json: '{}' });
      expect(await run('before')).to.deep.equal(['dit']);
    });

    it('someone erased can book again, and two conversations may erase at once', async () => {
      const who = someone('comes-back');
      const session = await addSession(storage);
      await book(storage, who, session.id);
      const tabs = ['one', 'two', 'three'].map((conversationId) => ({ ...who, conversationId }));
      const released = await Promise.all(tabs.map((tab) => erase(storage, tab, NOW)));
      expect(released.filter(({ seatReleased }) => seatReleased)).to.have.length(1);
      expect(await book(storage, who, session.id)).to.include({ kind: 'booked' });
    });

    it('a day after an erasure without a word since, even the address of the person goes', async () => {
      const [gone, speaks] = [someone('gone'), someone('speaks-again')];
      await erase(storage, gone, NOW);
      await erase(storage, speaks, NOW);
      await turn(storage, speaks, async () => undefined, later(1_000));
      const sweepAt = (at: Date) =>
        storage.activityLog.sweep({ uploads: at, conversations: later(-DAY) });
      const raw = await rawDatabase(test.options);
      const people = async () => {
        const rows = await raw.reader.selectFrom('persons').select('user_key').execute();
        return rows.map(({ user_key }) => user_key).sort();
      };
      await sweepAt(NOW);
      expect(await people()).to.deep.equal([gone.userId, speaks.userId]);
      await sweepAt(later(1));
      expect(await people()).to.deep.equal([speaks.userId]);
      const rows = await raw.reader
        .selectFrom('conversations')
        .select('conversation_key')
        .execute();
      expect(rows).to.deep.equal([{ conversation_key: speaks.conversationId }]);
      await raw.close();
    });
  });
}
