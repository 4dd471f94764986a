import { expect } from 'chai';
import type { ActivityLog } from '#shared/activity-log.ts';
import type { Storage } from '#storage/open-storage.ts';
import { DATABASES, NOW, type TestStorage } from './databases.ts';
import { DAY, later, loggedConversation, rejection, reply, someone, turn } from './fixtures.ts';

const said = (text: string, clientActivityID?: string) => ({
  type: 'message',
  text,
  ...(clientActivityID === undefined ? {} : { channelData: { clientActivityID } }),
});

for (const { name, open } of DATABASES) {
  describe(`the Direct Line log on ${name}`, function () {
    this.timeout(60_000);
    let test: TestStorage;
    let storage: Storage;
    let log: ActivityLog;
    let counter = 0;
    before(async () => {
      test = await open();
      storage = test.storage;
      log = storage.activityLog;
    });
    after(() => test.close());

    const newConversation = async (changes = {}): Promise<string> => {
      counter += 1;
      const id = `conversation-${counter}`;
      await log.create(loggedConversation(id, changes));
      return id;
    };

    it('a conversation comes back as it was created', async () => {
      const full = loggedConversation('full', { startedAt: later(1), endedAt: later(2) });
      const bare = loggedConversation('bare', {
        userName: undefined,
        locale: undefined,
        trustedOrigins: [],
      });
      for (const conversation of [full, bare]) {
        await log.create(conversation);
        expect(await log.find(conversation.id)).to.deep.equal(conversation);
        expect(await log.lastSeq(conversation.id)).to.equal(0);
        expect(await log.read(conversation.id, 0, 10)).to.deep.equal([]);
      }
      expect(await log.find('no-such-conversation')).to.equal(undefined);
      expect(await log.lastSeq('no-such-conversation')).to.equal(0);
    });

    it('it is started once, with what the start says, and ended once', async () => {
      const id = await newConversation();
      const start = { userId: 'dl_real', userName: 'Sam', locale: 'fr' };
      expect(await log.markStarted(id, start, later(5))).to.equal(true);
      expect(await log.markStarted(id, { userId: 'dl_late' }, later(6))).to.equal(false);
      await log.markEnded(id, later(7));
      await log.markEnded(id, later(8));
      expect(await log.find(id)).to.deep.include({
        ...start,
        startedAt: later(5),
        endedAt: later(7),
      });
      const silent = await newConversation();
      await log.markStarted(silent, {}, NOW);
      expect(await log.find(silent)).to.include({ userId: 'dl_someone', locale: 'fr-FR' });
      expect(await log.markStarted('no-such-conversation', {}, NOW)).to.equal(false);
    });

    it('activities get numbers, ids and moments, and come back after a watermark', async () => {
      const id = await newConversation();
      const [first, second] = await log.append(id, [said('un'), said('deux')], later(10));
      const [third] = await log.append(id, [said('trois')], later(20));
      expect(first).to.deep.equal({
        seq: 1,
        id: `${id}|0000001`,
        timestamp: later(10).toISOString(),
        activity: {
          ...said('un'),
          id: `${id}|0000001`,
          timestamp: later(10).toISOString(),
        },
      });
      expect(second?.timestamp).to.equal(later(11).toISOString());
      expect(third).to.include({ seq: 3, timestamp: later(20).toISOString() });
      expect(await log.read(id, 0, 10)).to.deep.equal([first, second, third]);
      expect(await log.read(id, 1, 1)).to.deep.equal([second]);
      expect(await log.read(id, 3, 10)).to.deep.equal([]);
      expect(await log.lastSeq(id)).to.equal(3);
      expect(await log.append(id, [], NOW)).to.deep.equal([]);
    });

    it('moments go forward even when the clock stands still or goes back', async () => {
      const id = await newConversation({ createdAt: later(DAY) });
      const times = [];
      for (const at of [later(DAY), later(DAY), later(-DAY), later(DAY + 1), later(2 * DAY)]) {
        const logged = await log.append(id, [said('a'), said('b')], at);
        times.push(...logged.map(({ timestamp }) => timestamp));
      }
      expect(new Set(times).size).to.equal(10);
      expect([...times].sort()).to.deep.equal(times);
      expect(times[0]! > later(DAY).toISOString()).to.equal(true);
      expect(times[8]).to.equal(later(2 * DAY).toISOString());
    });

    it('appending from everywhere at once leaves no hole and no double', async () => {
      const id = await newConversation();
      const other = (await test.again()).activityLog;
      await Promise.all(
        Array.from({ length: 40 }, (_, n) =>
          (n % 2 === 0 ? log : other).append(id, [said(`${n}`), said(`${n}`)], NOW),
        ),
      );
      const all = await log.read(id, 0, 100);
      expect(all.map(({ seq }) => seq)).to.deep.equal(Array.from({ length: 80 }, (_, n) => n + 1));
      const times = all.map(({ timestamp }) => timestamp);
      expect([...new Set(times)].sort()).to.deep.equal(times);
    });

    it('an activity is found by the id its client gave it', async () => {
      const [id, elsewhere] = [await newConversation(), await newConversation()];
      const long = 'x'.repeat(20_000);
      const [named] = await log.append(id, [said('un', 'client-1'), said('deux')], NOW);
      const [twice] = await log.append(id, [said('long', long), said('encore', long)], NOW);
      const find = log.findByClientActivityId;
      expect(await find(id, 'client-1')).to.deep.equal(named);
      expect(await find(id, long)).to.deep.equal(twice);
      expect(await find(id, `${long}y`)).to.equal(undefined);
      expect(await find(elsewhere, 'client-1')).to.equal(undefined);
      expect(await find(id, '')).to.equal(undefined);
    });

    it('what is written inside a turn is committed with it, or not at all', async () => {
      const who = someone('log-and-turn');
      await log.create(loggedConversation(who.conversationId));
      const failing = turn(storage, who, async (_services, { tx }) => {
        await log.append(who.conversationId, [said('perdu', 'lost')], NOW, tx);
        expect(await log.findByClientActivityId(who.conversationId, 'lost', tx)).to.include({
          seq: 1,
        });
        throw new Error('broken on purpose');
      });
      await rejection(failing);
      expect(await log.lastSeq(who.conversationId)).to.equal(0);
      await storage.turns.run({ ...who, activityId: 'kept', at: NOW }, async ({ tx, save }) => {
        await save({ version: 1, json: '{}' }, [reply('gardé')]);
        await log.markStarted(who.conversationId, {}, NOW, tx);
        await log.append(who.conversationId, [said('gardé')], NOW, tx);
      });
      expect(await log.read(who.conversationId, 0, 10)).to.have.length(1);
    });

    it('nothing is appended to a conversation that is gone', async () => {
      expect(await rejection(log.append('no-such-conversation', [said('?')], NOW))).to.include({
        code: 'STORAGE_FAILED',
      });
    });

    it('a file comes back byte for byte', async () => {
      const id = await newConversation();
      const content = Uint8Array.from({ length: 100_000 }, (_, n) => n % 256);
      const upload = {
        id: 'upload-1',
        conversationId: id,
        name: 'mon cv (été).pdf',
        contentType: 'application/pdf',
        content,
        createdAt: NOW,
      };
      await log.saveUpload(upload);
      const found = await log.findUpload('upload-1');
      expect(found).to.deep.include({ ...upload, content: found?.content });
      expect(Buffer.compare(found!.content, content)).to.equal(0);
      expect(await log.findUpload('no-such-upload')).to.equal(undefined);
    });

    it('forgetting a user empties every conversation of theirs and of nobody else', async () => {
      const userId = `dl_forgotten_${'x'.repeat(5_000)}`;
      const [one, two] = [await newConversation({ userId }), await newConversation({ userId })];
      const other = await newConversation();
      for (const id of [one, two, other]) await log.append(id, [said('secret')], NOW);
      await log.forgetUser(userId);
      expect(await log.read(one, 0, 10)).to.deep.equal([]);
      expect(await log.read(two, 0, 10)).to.deep.equal([]);
      expect(await log.read(other, 0, 10)).to.have.length(1);
      expect(await log.find(one)).to.include({ userId, userName: undefined });
      expect(await log.lastSeq(one)).to.equal(1);
      await log.forgetUser('dl_nobody');
    });
  });

  describe(`the sweep on ${name}`, function () {
    this.timeout(60_000);
    let test: TestStorage;
    before(async () => {
      test = await open();
    });
    after(() => test.close());

    it('old files and silent conversations go, with their state; the others stay', async () => {
      const { storage } = test;
      const log = storage.activityLog;
      const people = Array.from({ length: 450 }, (_, n) => someone(`old-${n}`));
      const recent = someone('recent');
      const speaks = someone('old-but-speaks');
      const elsewhere = { ...someone('elsewhere'), channel: 'msteams' };
      for (const who of [...people, recent, speaks]) {
        const createdAt = who === recent ? NOW : later(-60 * DAY);
        await log.create(loggedConversation(who.conversationId, { createdAt }));
      }
      for (const who of [...people.slice(0, 3), recent, speaks, elsewhere]) {
        await turn(storage, who, async () => undefined, later(-60 * DAY));
      }
      await log.append(speaks.conversationId, [said('encore là')], NOW);
      const upload = (id: string, createdAt: Date) =>
        log.saveUpload({
          id,
          conversationId: speaks.conversationId,
          name: id,
          contentType: 'text/plain',
          content: Buffer.from('x'),
          createdAt,
        });
      await upload('old-file', later(-DAY - 1));
      await upload('recent-file', later(-DAY));

      const before = { uploads: later(-DAY), conversations: later(-30 * DAY) };
      expect(await log.sweep(before)).to.deep.equal({ uploads: 1, conversations: 450 });
      expect(await log.sweep(before)).to.deep.equal({ uploads: 0, conversations: 0 });
      expect(await log.findUpload('old-file')).to.equal(undefined);
      expect(await log.findUpload('recent-file')).to.not.equal(undefined);
      expect(await log.find(people[0]!.conversationId)).to.equal(undefined);
      for (const who of [recent, speaks, elsewhere]) {
        const state = await turn(storage, who, async (_services, opened) => opened.state);
        expect(state).to.not.equal(undefined);
      }
      await turn(storage, people[0]!, async (_services, opened) => {
        expect(opened.state).to.equal(undefined);
      });
    });

    it('old replies go on every channel, and the state of the conversation stays', async () => {
      const { storage } = test;
      const who = { ...someone('faithful'), channel: 'whatsapp' };
      const run = (activityId: string, at: Date) =>
        storage.turns.run({ ...who, activityId, at }, async (opened) => {
          if (opened.recorded === undefined) await opened.save({ version: 1, json: '"s"' }, []);
          return { known: opened.recorded !== undefined, state: opened.state?.json };
        });
      await run('old', later(-30 * DAY - 1));
      await run('recent', later(-30 * DAY));
      await storage.activityLog.sweep({ uploads: NOW, conversations: later(-30 * DAY) });
      expect(await run('recent', NOW)).to.deep.equal({ known: true, state: '"s"' });
      expect(await run('old', NOW)).to.deep.equal({ known: false, state: '"s"' });
    });
  });
}
