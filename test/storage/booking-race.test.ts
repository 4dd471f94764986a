import { expect } from 'chai';
import type { BookResult } from '#programme/booking.ts';
import type { Storage } from '#storage/open-storage.ts';
import { opened } from '#storage/open-transaction.ts';
import { countSeats, type HoldSeats, holdSeats } from '#storage/seats.ts';
import { createBookings } from '#storage/sql-bookings.ts';
import { DATABASES, NOW, type TestStorage } from './databases.ts';
import {
  addSession,
  barrier,
  book,
  newActivityId,
  rawDatabase,
  reply,
  someone,
  turn,
} from './fixtures.ts';

const kinds = (results: readonly BookResult[], kind: BookResult['kind']): number =>
  results.filter((result) => result.kind === kind).length;

const people = (label: string, count: number) =>
  Array.from({ length: count }, (_, n) => someone(`${label}-${n}`));

/** The lock taken away: everyone counts the seats, and only then does anyone write. */
function countTogether(count: number): HoldSeats {
  const allHaveCounted = barrier(count);
  return async (db, sessionIds) => {
    const seats = await countSeats(db, sessionIds);
    await allHaveCounted();
    return seats;
  };
}

/**
 * Several people at the last seat, with the seats held in a way of the test's own. On SQLite the
 * lock is the transaction itself, so there the control goes without one.
 */
async function bookTogether(test: TestStorage, hold: HoldSeats, inTurns: boolean, count: number) {
  const { storage } = test;
  const session = await addSession(storage, { capacity: 1 });
  const raw = await rawDatabase(test.options);
  const bookers = people(`together-${session.id}`, count).map(async (who) => {
    const bookIn = (db: typeof raw.writer, personId: string) =>
      createBookings({ db, at: NOW, holdSeats: hold }).book(personId, session.id, {
        channel: 'directline',
        acceptWaiting: true,
      });
    if (inTurns) {
      return turn(storage, who, (_services, { tx, personId }) => bookIn(opened(tx).db, personId));
    }
    const id = await turn(storage, who, async (_services, { personId }) => personId);
    return bookIn(raw.writer, id);
  });
  const results = await Promise.all(bookers);
  await raw.close();
  return {
    results,
    booked: await storage.register.list({ sessionId: session.id, status: 'booked' }),
  };
}

for (const { name, open } of DATABASES) {
  describe(`racing for seats on ${name}`, function () {
    this.timeout(120_000);
    let test: TestStorage;
    let storage: Storage;
    before(async () => {
      test = await open();
      storage = test.storage;
    });
    after(() => test.close());

    it('of many at the last seat, one has it and the others wait in line', async () => {
      for (let round = 0; round < 5; round += 1) {
        const lock = holdSeats(storage.kind);
        const { results, booked } = await bookTogether(test, lock, true, 12);
        expect(booked).to.have.length(1);
        expect(kinds(results, 'booked')).to.equal(1);
        const ranks = results.flatMap((result) => (result.kind === 'waiting' ? [result.rank] : []));
        expect(ranks.sort((a, b) => a - b)).to.deep.equal(
          Array.from({ length: 11 }, (_, n) => n + 1),
        );
      }
    });

    it('control: without the lock the last seat is sold several times', async () => {
      const inTurns = storage.kind === 'postgres';
      const { results, booked } = await bookTogether(test, countTogether(5), inTurns, 5);
      expect(kinds(results, 'booked')).to.equal(5);
      expect(booked).to.have.length(5);
    });

    it('one person booking from many conversations at once holds one seat', async () => {
      const sessions = await Promise.all([1, 2, 3].map(() => addSession(storage, { capacity: 9 })));
      const who = someone('many-tabs');
      const results = await Promise.all(
        Array.from({ length: 12 }, (_, n) =>
          book(storage, { ...who, conversationId: `tab-${n}` }, sessions[n % 3]!.id),
        ),
      );
      expect(kinds(results, 'booked')).to.equal(1);
      expect(kinds(results, 'already')).to.equal(11);
      const all = await Promise.all(
        sessions.map(({ id }) => storage.register.list({ sessionId: id })),
      );
      expect(all.flat()).to.have.length(1);
    });

    it('without the lock on the person, the database itself refuses a second live booking', async () => {
      const session = await addSession(storage, { capacity: 9 });
      const raw = await rawDatabase(test.options);
      const id = await turn(
        storage,
        someone('unlocked'),
        async (_services, { personId }) => personId,
      );
      const bookings = createBookings({ db: raw.writer, at: NOW, holdSeats: countTogether(4) });
      const results = await Promise.all(
        Array.from({ length: 4 }, () => bookings.book(id, session.id, { channel: 'directline' })),
      );
      await raw.close();
      expect(kinds(results, 'booked')).to.equal(1);
      expect(kinds(results, 'already')).to.equal(3);
    });

    it('people who swap sessions in opposite directions never wait for each other for ever', async () => {
      const [left, right] = [
        await addSession(storage, { capacity: 20 }),
        await addSession(storage, { capacity: 20 }),
      ];
      const swappers = people('swap', 16);
      for (const [n, who] of swappers.entries()) {
        await book(storage, who, n % 2 === 0 ? left.id : right.id);
      }
      const moved = await Promise.all(
        swappers.map((who, n) =>
          turn(storage, who, ({ bookings }, { personId }) =>
            bookings.move(personId, n % 2 === 0 ? right.id : left.id),
          ),
        ),
      );
      for (const result of moved) expect(result.kind).to.equal('moved');
      expect(await storage.sessions.find(left.id)).to.include({ seatsLeft: 12 });
      expect(await storage.sessions.find(right.id)).to.include({ seatsLeft: 12 });
    });

    it('300 people at 30 seats, each request sent twice: 30 seats, 270 ranks, no error', async () => {
      const session = await addSession(storage, { capacity: 30 });
      const requests = people('crowd', 300).map((who) => ({
        ...who,
        activityId: newActivityId(),
        at: NOW,
      }));
      const send = (request: (typeof requests)[number]) =>
        storage.turns.run(request, async (open) => {
          if (open.recorded !== undefined) return open.recorded[0]!.text;
          const { bookings } = storage.services(open.tx, NOW);
          const details = { channel: 'directline', acceptWaiting: true };
          const result = await bookings.book(open.personId, session.id, details);
          const text = result.kind === 'waiting' ? `${result.rank}` : result.kind;
          await open.save({ version: 1, json: '{}' }, [reply(text)]);
          return text;
        });
      const answers = await Promise.all([...requests, ...requests].map(send));
      expect(answers.slice(300)).to.deep.equal(answers.slice(0, 300));
      const ranks = answers.slice(0, 300).filter((answer) => answer !== 'booked');
      expect(ranks.map(Number).sort((a, b) => a - b)).to.deep.equal(
        Array.from({ length: 270 }, (_, n) => n + 1),
      );
      expect(await storage.register.list({ sessionId: session.id })).to.have.length(300);
      const booked = await storage.register.list({ sessionId: session.id, status: 'booked' });
      expect(booked).to.have.length(30);
      const waiting = await storage.register.list({ sessionId: session.id, status: 'waiting' });
      expect(new Set(waiting.map(({ rank }) => rank)).size).to.equal(270);
    });
  });
}
