import { expect } from 'chai';
import { postgresServer } from '#test/storage/databases.ts';
import {
  BotClient,
  type BotReply,
  bookingSteps,
  nextStep,
  outcomeOf,
} from '#test/support/bot-client.ts';
import { crashDrill } from '#test/support/crash-drill.ts';
import { type ListedBooking, ServiceProcess } from '#test/support/service.ts';

const DATABASES = {
  SQLite: async () => '',
  PostgreSQL: async () => {
    const server = await postgresServer();
    const name = `e2e_${process.pid}_${Date.now()}`;
    await server.run(`create database ${name}`);
    return server.urlOf(name);
  },
} as const;

/** The long drill, with 100 kills, is `npm run bench:kill`. */
describe('Under load', function () {
  this.timeout(240_000);

  for (const [database, urlOf] of Object.entries(DATABASES)) {
    it(`kills lose nothing, double nothing, oversell nothing (${database})`, async () => {
      const report = await crashDrill({ kills: 3, people: 20, databaseUrl: await urlOf() });
      expect(report).to.include({ kills: 3, lost: 0, doubled: 0, oversold: 0, unexplained: 0 });
      expect(report.confirmations).to.be.greaterThan(0);
    });

    it(`300 people at once, each message sent twice: 30 seats, 270 ranks (${database})`, async () => {
      const service = await ServiceProcess.start({ DATABASE_URL: await urlOf(), NODE_ENV: 'test' });
      const client = new BotClient(() => service.port, 100);
      try {
        const { added } = await service.declic<{ added: readonly { id: string }[] }>(
          'sessions',
          'add',
          '--title',
          'Trente places',
          '--date',
          '2028-03-01',
          '--start',
          '9:30',
          '--end',
          '12:00',
          '--capacity',
          '30',
        );
        const session = added[0]!.id;
        const outcomes = await Promise.all(
          Array.from({ length: 300 }, (_, person) => bookTwice(client, `p${person}`, session)),
        );
        const count = (outcome: string) => outcomes.filter((it) => it === outcome).length;
        expect([count('booked'), count('waiting')]).to.deep.equal([30, 270]);
        const bookings = await service.declic<readonly ListedBooking[]>(
          'bookings',
          'list',
          '--session',
          session,
        );
        expect(bookings.filter(({ status }) => status === 'booked')).to.have.length(30);
        const ranks = bookings.filter(({ status }) => status === 'waiting').map(({ rank }) => rank);
        expect(ranks.sort((a, b) => Number(a) - Number(b))).to.deep.equal(
          Array.from({ length: 270 }, (_, index) => index + 1),
        );
      } finally {
        client.close();
        await service.remove();
      }
    });
  }
});

/** Every message goes twice, at the same time; both get the same answer. */
async function bookTwice(client: BotClient, person: string, session: string): Promise<string> {
  let last: readonly BotReply[] = [];
  const steps = [...bookingSteps(session)];
  for (const [turn, step] of steps.entries()) {
    const [one, other] = await Promise.all([
      client.send(person, turn, step),
      client.send(person, turn, step),
    ]);
    expect(other.map(({ text }) => text)).to.deep.equal(one.map(({ text }) => text));
    last = one;
    const again = turn === steps.length - 1 ? nextStep(one) : undefined;
    // The last seat went between the recap and the yes: one more.
    if (again !== undefined) steps.push(again);
  }
  return outcomeOf(last);
}
