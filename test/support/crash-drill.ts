import {
  BotClient,
  type BotReply,
  bookingSteps,
  calendarOf,
  nextStep,
  outcomeOf,
} from './bot-client.ts';
import { type ListedBooking, pause, ServiceProcess } from './service.ts';

/** What a drill found. Every number but the first four is a fault. */
export interface DrillReport {
  readonly kills: number;
  readonly confirmations: number;
  readonly booked: number;
  readonly waiting: number;
  /** Confirmations that a client received and the database does not have. */
  readonly lost: number;
  /** People with more than one live booking, or bookings that nobody was told of. */
  readonly doubled: number;
  /** Seats beyond a session's capacity. */
  readonly oversold: number;
  /** Answers to the last step that were neither a seat nor a rank. */
  readonly unexplained: number;
}

interface ListedSession {
  readonly id: string;
  readonly capacity: number;
}

const CAPACITIES = [40, 400, 4_000];
const MOST_BETWEEN_KILLS_MS = 700;

/**
 * People book all the time, fifty at once, while the process is killed (SIGKILL) at random moments
 * and started again. After each restart, what clients were told is compared with the database;
 * at the end everyone gets their answer, and the books must be exactly right.
 */
export async function crashDrill(options: {
  readonly kills: number;
  readonly people: number;
  readonly databaseUrl?: string;
  readonly onKill?: (done: number) => void;
}): Promise<DrillReport> {
  const { kills, people, databaseUrl = '', onKill = () => {} } = options;
  const service = await ServiceProcess.start({ DATABASE_URL: databaseUrl, NODE_ENV: 'test' });
  const client = new BotClient(() => service.port, people);
  try {
    const sessions = await addSessions(service);
    const drill = new Drill(service, client, sessions);
    const working = Array.from({ length: people }, (_, index) => drill.bookForever(index));
    for (let kill = 1; kill <= kills; kill += 1) {
      await pause(Math.random() * MOST_BETWEEN_KILLS_MS);
      await service.down('SIGKILL');
      await service.up();
      await drill.compare();
      onKill(kill);
    }
    drill.stop();
    await Promise.all(working);
    await drill.compare();
    return { kills, ...(await drill.report()) };
  } finally {
    client.close();
    await service.remove();
  }
}

async function addSessions(service: ServiceProcess): Promise<readonly ListedSession[]> {
  for (const [index, capacity] of CAPACITIES.entries()) {
    await service.declic(
      'sessions',
      'add',
      '--title',
      `Session ${index}`,
      '--date',
      `2028-03-0${index + 1}`,
      '--start',
      '9:30',
      '--end',
      '12:00',
      '--capacity',
      String(capacity),
    );
  }
  const all = await service.declic<readonly ListedSession[]>('sessions', 'list');
  return all.filter(({ capacity }) => CAPACITIES.includes(capacity));
}

class Drill {
  readonly #service: ServiceProcess;
  readonly #client: BotClient;
  readonly #sessions: readonly ListedSession[];
  readonly #told = { booked: 0, waiting: 0, other: 0 };
  #unchecked: string[] = [];
  #lost = 0;
  #oversold = 0;
  #running = true;
  /** While the books are compared nobody new begins: else there would be more to compare each time. */
  #comparing: Promise<void> = Promise.resolve();

  constructor(service: ServiceProcess, client: BotClient, sessions: readonly ListedSession[]) {
    this.#service = service;
    this.#client = client;
    this.#sessions = sessions;
  }

  stop(): void {
    this.#running = false;
  }

  /** One new person after the other, each through the whole conversation. */
  async bookForever(index: number): Promise<void> {
    for (let count = 0; this.#running; count += 1) {
      const session = this.#sessions[(index + count) % this.#sessions.length];
      if (session === undefined) return;
      await this.#comparing;
      const steps = bookingSteps(session.id);
      const person = `${index}-${count}`;
      let replies: readonly BotReply[] = [];
      for (const [turn, step] of steps.entries()) {
        replies = await this.#client.send(person, turn, step);
      }
      const again = nextStep(replies);
      if (again !== undefined) replies = await this.#client.send(person, steps.length, again);
      this.#told[outcomeOf(replies)] += 1;
      const calendar = calendarOf(replies);
      if (calendar !== undefined) this.#unchecked.push(calendar);
    }
  }

  /** Are all seats that clients were told of still held? Is no session oversold? */
  compare(): Promise<void> {
    this.#comparing = this.#compare();
    return this.#comparing;
  }

  async #compare(): Promise<void> {
    const links = this.#unchecked;
    this.#unchecked = [];
    const held = await Promise.all(links.map((link) => this.#isHeld(link)));
    this.#lost += held.filter((it) => !it).length;
    const bookings = await this.#bookings();
    for (const { id, capacity } of this.#sessions) {
      const taken = bookings.filter((it) => it.session === id && it.status === 'booked').length;
      this.#oversold += Math.max(0, taken - capacity);
    }
  }

  async #isHeld(link: string): Promise<boolean> {
    const response = await fetch(link.replace(/^https?:\/\/[^/]+/, this.#service.url));
    return response.ok && (await response.text()).includes('STATUS:CONFIRMED');
  }

  async report(): Promise<Omit<DrillReport, 'kills'>> {
    const bookings = await this.#bookings();
    const count = (status: string) => bookings.filter((it) => it.status === status).length;
    const { booked, waiting, other } = this.#told;
    return {
      confirmations: booked + waiting,
      booked: count('booked'),
      waiting: count('waiting'),
      lost:
        this.#lost +
        Math.max(0, booked - count('booked')) +
        Math.max(0, waiting - count('waiting')),
      doubled: Math.max(0, count('booked') - booked) + Math.max(0, count('waiting') - waiting),
      oversold: this.#oversold,
      unexplained: other,
    };
  }

  #bookings(): Promise<readonly ListedBooking[]> {
    return this.#service.declic<readonly ListedBooking[]>('bookings', 'list');
  }
}
