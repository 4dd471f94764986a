import { expect } from 'chai';
import { silentLogger } from '#shared/logger.ts';
import { openStorage } from '#storage/open-storage.ts';
import { inTemporaryDirectory, runDeclic } from './run-declic.ts';

const AT = new Date('2026-11-24T09:00:00Z');

/** Somebody who holds a seat with a need, and asks to be contacted. */
async function someoneAsks(dataDir: string): Promise<void> {
  const storage = await openStorage({
    databaseUrl: undefined,
    dataDir,
    clock: { now: () => AT },
    logger: silentLogger,
  });
  const [session] = await storage.sessions.add([
    {
      title: 'Découvrir',
      startsAt: new Date('2027-01-12T08:30:00Z'),
      endsAt: new Date('2027-01-12T11:00:00Z'),
      timeZone: 'Europe/Paris',
      capacity: 2,
      format: 'online',
      link: undefined,
      place: undefined,
      accessibility: { captions: true, signLanguage: false, replay: false },
      sample: false,
    },
  ]);
  const turn = { channel: 'test', conversationId: 'c', userId: 'u', activityId: 'a', at: AT };
  await storage.turns.run(turn, async (open) => {
    const { bookings, callbacks } = storage.services(open.tx, AT);
    await bookings.book(open.personId, session!.id, {
      channel: 'test',
      needs: 'des pauses\u001b[31m',
    });
    await callbacks.request({
      personId: open.personId,
      firstName: 'Awa',
      contact: '+33612345678',
      when: 'le matin',
      topic: undefined,
      channel: 'test',
    });
    await open.save({ version: 1, json: '{}' }, []);
  });
  await storage.close();
}

describe('declic callbacks', () => {
  it('lists who asks to be contacted, and takes them off once done', () =>
    inTemporaryDirectory(async (dataDir) => {
      await someoneAsks(dataDir);
      const listed = await runDeclic(dataDir, 'callbacks', 'list', '--json');
      const [request] = JSON.parse(listed.out) as [{ id: string }];
      expect(request).to.include({
        contact: '+33612345678',
        firstName: 'Awa',
        when: 'le matin',
        status: 'open',
      });
      expect((await runDeclic(dataDir, 'callbacks', 'list')).out).to.include('Awa');

      expect((await runDeclic(dataDir, 'callbacks', 'done', request.id)).code).to.equal(0);
      expect(
        JSON.parse((await runDeclic(dataDir, 'callbacks', 'list', '--json')).out),
      ).to.deep.equal([]);
      const again = await runDeclic(dataDir, 'callbacks', 'done', request.id);
      expect([again.code, again.out]).to.deep.equal([
        0,
        `La demande ${request.id} était déjà traitée.\n`,
      ]);
      const all = await runDeclic(dataDir, 'callbacks', 'list', '--all', '--json');
      expect(JSON.parse(all.out)).to.have.length(1);
    }));

  it('says so when there is no such request, or none is named', () =>
    inTemporaryDirectory(async (dataDir) => {
      const unknown = await runDeclic(dataDir, 'callbacks', 'done', 'xyz');
      expect([unknown.code, unknown.err]).to.deep.equal([1, "Il n'y a pas de demande xyz.\n"]);
      expect((await runDeclic(dataDir, 'callbacks', 'done')).code).to.equal(2);
    }));
});

describe('declic bookings needs', () => {
  it('lists what people need, without who they are, and nothing that moves the terminal', () =>
    inTemporaryDirectory(async (dataDir) => {
      await someoneAsks(dataDir);
      const { out, code } = await runDeclic(dataDir, 'bookings', 'needs');
      expect(code).to.equal(0);
      expect(out).to.include('des pauses').and.not.include('\u001b');
      expect(out).not.to.match(/Awa|336/);
      const json = JSON.parse(
        (await runDeclic(dataDir, 'bookings', 'needs', '--json')).out,
      ) as object[];
      expect(json).to.have.length(1);
      expect(json[0]).to.include({ status: 'booked' });
    }));
});
