import { expect } from 'chai';
import type { BookResult, MoveResult } from '#programme/booking.ts';
import type { Storage } from '#storage/open-storage.ts';
import { DATABASES, type TestStorage } from './databases.ts';
import {
  addSession,
  book,
  cancel,
  DAY,
  HOUR,
  later,
  someone,
  turn,
  view,
  type Who,
} from './fixtures.ts';

let people = 0;
const newcomer = (): Who => {
  people += 1;
  return someone(`newcomer-${people}`);
};

const move = (storage: Storage, who: Who, sessionId: string, acceptWaiting = false) =>
  turn(storage, who, ({ bookings }, { personId }) =>
    bookings.move(personId, sessionId, { acceptWaiting }),
  );

function held<Kind extends (BookResult | MoveResult)['kind']>(
  result: BookResult | MoveResult,
  kind: Kind,
): Extract<BookResult | MoveResult, { kind: Kind }> {
  expect(result.kind).to.equal(kind);
  return result as Extract<BookResult | MoveResult, { kind: Kind }>;
}

for (const { name, open } of DATABASES) {
  describe(`bookings on ${name}`, function () {
    this.timeout(60_000);
    let test: TestStorage;
    let storage: Storage;
    before(async () => {
      test = await open();
      storage = test.storage;
    });
    after(() => test.close());

    it('a seat is booked with its details, and seen again as it was', async () => {
      const who = newcomer();
      const session = await addSession(storage);
      const result = await turn(storage, who, ({ bookings }, { personId }) =>
        bookings.book(personId, session.id, {
          channel: 'whatsapp',
          needs: 'un siège près de la porte',
        }),
      );
      const { booking } = held(result, 'booked');
      expect(booking).to.include({
        sessionId: session.id,
        status: 'booked',
        rank: undefined,
        needs: 'un siège près de la porte',
        channel: 'whatsapp',
        sequence: 0,
      });
      expect(await view(storage, who)).to.deep.equal({ booking, session });
    });

    it('a second booking changes nothing, for this session or another', async () => {
      const who = newcomer();
      const [session, other] = [await addSession(storage), await addSession(storage)];
      const first = held(await book(storage, who, session.id), 'booked');
      for (const id of [session.id, other.id]) {
        const again = held(await book(storage, who, id), 'already');
        expect(again.booking).to.deep.equal(first.booking);
      }
      expect(await storage.sessions.find(other.id)).to.include({ seatsLeft: 2, waiting: 0 });
    });

    it('a full session puts people on the list in the order they came, ranks going down', async () => {
      const session = await addSession(storage, { capacity: 1 });
      const [seated, first, second] = [newcomer(), newcomer(), newcomer()];
      held(await book(storage, seated, session.id), 'booked');
      expect(held(await book(storage, first, session.id), 'waiting').rank).to.equal(1);
      expect(held(await book(storage, second, session.id), 'waiting').rank).to.equal(2);
      await cancel(storage, first);
      expect((await view(storage, second))?.booking).to.include({ status: 'waiting', rank: 1 });
      expect(held(await book(storage, newcomer(), session.id), 'waiting').rank).to.equal(2);
    });

    it('nobody is put on the list of a full session without accepting it', async () => {
      const session = await addSession(storage, { capacity: 1 });
      const who = newcomer();
      await book(storage, newcomer(), session.id);
      const refused = held(
        await turn(storage, who, ({ bookings }, { personId }) =>
          bookings.book(personId, session.id, { channel: 'directline' }),
        ),
        'full',
      );
      expect(refused.wanted).to.include({ id: session.id, seatsLeft: 0, waiting: 0 });
      expect(await view(storage, who)).to.equal(undefined);
      expect(await storage.sessions.find(session.id)).to.include({ waiting: 0 });
    });

    it('the list keeps its order when a clock goes back', async () => {
      const session = await addSession(storage, { capacity: 1 });
      await book(storage, newcomer(), session.id);
      const [first, second] = [newcomer(), newcomer()];
      await book(storage, first, session.id, later(HOUR));
      await book(storage, second, session.id, later(-HOUR));
      expect((await view(storage, first))?.booking.rank).to.equal(1);
      expect((await view(storage, second))?.booking.rank).to.equal(2);
    });

    it('a seat that frees is not given past the people who wait', async () => {
      const session = await addSession(storage, { capacity: 1 });
      const [seated, waiting, late] = [newcomer(), newcomer(), newcomer()];
      await book(storage, seated, session.id);
      await book(storage, waiting, session.id);
      await cancel(storage, seated);
      expect(await storage.sessions.find(session.id)).to.include({ seatsLeft: 0, waiting: 1 });
      expect(held(await book(storage, late, session.id), 'waiting').rank).to.equal(2);
      expect((await view(storage, waiting))?.booking).to.include({ status: 'waiting', rank: 1 });
    });

    it('once nobody waits, the free seat is anyone’s again', async () => {
      const session = await addSession(storage, { capacity: 1 });
      const [seated, waiting] = [newcomer(), newcomer()];
      await book(storage, seated, session.id);
      await book(storage, waiting, session.id);
      await cancel(storage, seated);
      await cancel(storage, waiting);
      expect(await storage.sessions.find(session.id)).to.include({ seatsLeft: 1, waiting: 0 });
      held(await book(storage, seated, session.id), 'booked');
    });

    it('cancelling frees the seat, counts as a change, and forgets the needs', async () => {
      const who = newcomer();
      const session = await addSession(storage);
      const { booking } = held(
        await turn(storage, who, ({ bookings }, { personId }) =>
          bookings.book(personId, session.id, { channel: 'directline', needs: 'sous-titres' }),
        ),
        'booked',
      );
      const result = await cancel(storage, who, later(1_000));
      expect(result).to.deep.include({ kind: 'cancelled', session });
      if (result.kind !== 'cancelled') throw new Error('not cancelled');
      expect(result.booking).to.deep.equal({
        ...booking,
        status: 'cancelled',
        needs: undefined,
        sequence: 1,
        updatedAt: later(1_000),
      });
      expect(await view(storage, who)).to.equal(undefined);
      expect(await storage.sessions.find(session.id)).to.include({ seatsLeft: 2 });
      expect(await cancel(storage, who)).to.deep.equal({ kind: 'nothing' });
    });

    it('needs are written later, in place of those before, and only on what is held', async () => {
      const who = newcomer();
      const session = await addSession(storage);
      const say = (needs: string) =>
        turn(storage, who, ({ bookings }, { personId }) => bookings.setNeeds(personId, needs));
      expect(await say('sous-titres')).to.equal(undefined);
      const { booking } = held(await book(storage, who, session.id), 'booked');
      await say('sous-titres');
      const kept = await say('sous-titres et pauses');
      expect(kept?.booking).to.deep.equal({ ...booking, needs: 'sous-titres et pauses' });
      expect(await view(storage, who)).to.deep.equal(kept);
    });

    it('booking again after a cancellation is another booking with another calendar entry', async () => {
      const who = newcomer();
      const session = await addSession(storage);
      const first = held(await book(storage, who, session.id), 'booked').booking;
      await cancel(storage, who);
      const second = held(await book(storage, who, session.id), 'booked').booking;
      expect(second.id).to.not.equal(first.id);
      expect(second.calendarUid).to.not.equal(first.calendarUid);
      expect(second.sequence).to.equal(0);
      const kept = await storage.register.findByCalendarUid(first.calendarUid);
      expect(kept?.booking).to.include({ id: first.id, status: 'cancelled', sequence: 1 });
    });

    it('moving keeps the calendar entry, counts as a change, and frees the old seat', async () => {
      const who = newcomer();
      const [from, to] = [await addSession(storage), await addSession(storage)];
      const { booking } = held(await book(storage, who, from.id), 'booked');
      const moved = held(await move(storage, who, to.id), 'moved');
      expect(moved).to.deep.include({ from, session: to });
      expect(moved.booking).to.deep.include({
        id: booking.id,
        calendarUid: booking.calendarUid,
        sessionId: to.id,
        sequence: 1,
      });
      expect((await view(storage, who))?.booking).to.deep.equal(moved.booking);
      expect(await storage.sessions.find(from.id)).to.include({ seatsLeft: 2 });
      expect(await storage.sessions.find(to.id)).to.include({ seatsLeft: 1 });
    });

    it('moving to a full session keeps the seat, unless the person accepts to wait', async () => {
      const who = newcomer();
      const [from, full] = [await addSession(storage), await addSession(storage, { capacity: 1 })];
      await book(storage, newcomer(), full.id);
      const before = held(await book(storage, who, from.id), 'booked');
      const refused = held(await move(storage, who, full.id), 'full');
      expect(refused).to.deep.include({ booking: before.booking, session: from });
      expect(refused.wanted).to.include({ id: full.id, seatsLeft: 0, waiting: 0 });
      expect((await view(storage, who))?.booking).to.deep.equal(before.booking);
      const accepted = held(await move(storage, who, full.id, true), 'waiting');
      expect(accepted).to.deep.include({ rank: 1, from });
      expect(accepted.booking).to.include({ status: 'waiting', rank: 1, sequence: 1 });
      expect(await storage.sessions.find(from.id)).to.include({ seatsLeft: 2 });
    });

    it('someone who waits moves to a session with seats, and those behind move up', async () => {
      const [full, free] = [await addSession(storage, { capacity: 1 }), await addSession(storage)];
      const [first, second] = [newcomer(), newcomer()];
      await book(storage, newcomer(), full.id);
      await book(storage, first, full.id);
      await book(storage, second, full.id);
      const moved = held(await move(storage, first, free.id), 'moved');
      expect(moved.booking).to.include({ status: 'booked', rank: undefined });
      expect((await view(storage, second))?.booking.rank).to.equal(1);
    });

    it('moving without a booking, to the same session, or to nothing is said as such', async () => {
      const who = newcomer();
      const session = await addSession(storage);
      expect(await move(storage, who, session.id)).to.deep.equal({ kind: 'nothing' });
      const { booking } = held(await book(storage, who, session.id), 'booked');
      expect(held(await move(storage, who, session.id), 'same').booking).to.deep.equal(booking);
      expect(await move(storage, who, 'no-such-session')).to.deep.equal({ kind: 'closed' });
      expect((await view(storage, who))?.booking).to.deep.equal(booking);
    });

    it('closed, begun, over and unknown sessions are not booked', async () => {
      const who = newcomer();
      const closed = await addSession(storage);
      await storage.sessions.close(closed.id);
      const begun = await addSession(storage, { startsAt: later(0), endsAt: later(HOUR) });
      const over = await addSession(storage, { startsAt: later(-DAY), endsAt: later(-HOUR) });
      for (const id of [closed.id, begun.id, over.id, 'no-such-session', '\0', 'x'.repeat(9_999)]) {
        expect(await book(storage, who, id)).to.deep.equal({ kind: 'closed' });
      }
      const other = await addSession(storage);
      await book(storage, who, other.id);
      expect(await move(storage, who, closed.id)).to.deep.equal({ kind: 'closed' });
    });

    it('a booking lives until its session is over, then another can be made', async () => {
      const who = newcomer();
      const session = await addSession(storage, { startsAt: later(HOUR), endsAt: later(2 * HOUR) });
      const next = await addSession(storage);
      const { booking } = held(await book(storage, who, session.id), 'booked');
      const during = later(90 * 60_000);
      expect((await view(storage, who, during))?.booking.id).to.equal(booking.id);
      held(await book(storage, who, next.id, during), 'already');
      const afterwards = later(2 * HOUR);
      expect(await view(storage, who, afterwards)).to.equal(undefined);
      expect(await cancel(storage, who, afterwards)).to.deep.equal({ kind: 'nothing' });
      held(await book(storage, who, next.id, afterwards), 'booked');
      expect(await storage.register.list({ sessionId: session.id })).to.have.length(1);
      expect((await storage.register.list({ sessionId: session.id }))[0]?.status).to.equal(
        'booked',
      );
    });

    it('upcoming sessions are the open ones to come, soonest first', async () => {
      const fresh = await open();
      try {
        const add = (hours: number) =>
          addSession(fresh.storage, {
            startsAt: later(hours * HOUR),
            endsAt: later((hours + 1) * HOUR),
            title: `${hours}`,
          });
        const [third, first, second] = [await add(3), await add(1), await add(2)];
        const closed = await add(4);
        await add(0);
        await add(-1);
        await fresh.storage.sessions.close(closed.id);
        await book(fresh.storage, newcomer(), second.id);
        const upcoming = (limit: number) =>
          turn(fresh.storage, newcomer(), ({ bookings }) => bookings.upcoming(limit));
        expect(await upcoming(10)).to.deep.equal([
          { ...first, seatsLeft: 2, waiting: 0 },
          { ...second, seatsLeft: 1, waiting: 0 },
          { ...third, seatsLeft: 2, waiting: 0 },
        ]);
        expect((await upcoming(2)).map(({ id }) => id)).to.deep.equal([first.id, second.id]);
        expect(await upcoming(0)).to.deep.equal([]);
      } finally {
        await fresh.close();
      }
    });

    it('one session is found by its id, closed or not', async () => {
      const session = await addSession(storage);
      await storage.sessions.close(session.id);
      const find = (id: string) =>
        turn(storage, newcomer(), ({ bookings }) => bookings.session(id));
      expect(await find(session.id)).to.include({ id: session.id, status: 'closed' });
      expect(await find('no-such-session')).to.equal(undefined);
    });
  });
}
