import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { DateTime } from 'luxon';
import { waitingAt } from '#conversation/engine.ts';
import { LONGEST_MESSAGE, MOST_MESSAGES } from '#conversation/render.ts';
import { personIdOf, stateOf } from '#test/support/conversation-state.ts';
import { type Declic, type Person, startDeclic, TODAY } from '#test/support/declic.ts';
import { readScript, type Script, type ScriptLine } from '#test/support/script.ts';

const FOLDER = join(import.meta.dirname, '..', 'scripts');
const scripts = readdirSync(FOLDER)
  .filter((name) => name.endsWith('.txt'))
  .sort()
  .map((name) => readScript(join(FOLDER, name)));

describe('Scripted conversations', () => {
  for (const script of scripts) {
    it(`${script.file}: ${script.title}`, () => play(script));
  }
});

async function play(script: Script): Promise<void> {
  const service = await startDeclic();
  try {
    const scene = new Scene(service, script);
    for (const line of script.lines) await scene.play(line);
    scene.nothingUnread();
  } finally {
    await service.close();
  }
}

/** One script being played. */
class Scene {
  readonly #service: Declic;
  readonly #script: Script;
  readonly #sessions = new Map<string, string>();
  #person: Person;
  #unread: string[] = [];

  constructor(service: Declic, script: Script) {
    this.#service = service;
    this.#script = script;
    this.#person = service.person();
  }

  async play({ kind, text, number }: ScriptLine): Promise<void> {
    const at = `${this.#script.file}:${number}`;
    switch (kind) {
      case 'session':
        return this.#addSession(text);
      case 'taken':
        return bookAs(this.#service, this.#service.person(), this.#idOf(text));
      case 'closed':
        await this.#service.storage.sessions.close(this.#idOf(text));
        return;
      case 'zone':
        this.#person = this.#service.person({ timeZone: text });
        return;
      case 'opens':
        return this.#turn(at, () => this.#person.opens());
      case 'user':
        return this.#turn(at, () => this.#person.says(text));
      case 'press':
        return this.#turn(at, () => this.#person.presses(text));
      case 'bot':
        expect(this.#unread.shift(), at).to.equal(text);
        return;
      case 'shows':
        expect(this.#titles(), at).to.include(text);
        return;
      case 'hides':
        expect(this.#titles(), at).not.to.include(text);
        return;
      case 'reads':
        expect(this.#words(), at).to.include(text);
        return;
      case 'waits': {
        const state = await stateOf(this.#service.storage, this.#person);
        expect(waitingAt(state) ?? 'nothing', at).to.equal(text);
        return;
      }
      case 'holds':
        expect(await this.#held(), at).to.equal(text);
    }
  }

  nothingUnread(): void {
    expect(this.#unread, `${this.#script.file}: what else was said`).to.deep.equal([]);
  }

  async #turn(at: string, act: () => Promise<unknown>): Promise<void> {
    this.nothingUnread();
    await act();
    const replies = this.#person.last;
    expect(replies.length, at).to.be.within(1, MOST_MESSAGES);
    for (const { text } of replies)
      expect(text.length, `${at}: ${text}`).to.be.at.most(LONGEST_MESSAGE);
    this.#unread = replies.map(({ key }) => key);
  }

  /** `december: 2026-12-08 09:00, 12 seats, captions` */
  async #addSession(text: string): Promise<void> {
    const [name = '', rest = ''] = text.split(/:\s+/, 2);
    const [when = '', ...facts] = rest.split(/,\s*/);
    const has = (fact: string) => facts.includes(fact);
    const place = facts.find((fact) => fact.startsWith('place '))?.slice('place '.length);
    const seats = facts.find((fact) => fact.endsWith(' seats'));
    const startsAt = DateTime.fromFormat(when, 'yyyy-MM-dd HH:mm', {
      zone: 'Europe/Paris',
    }).toJSDate();
    const session = await this.#service.add({
      startsAt,
      capacity: has('full') ? 1 : Number.parseInt(seats ?? '12', 10),
      accessibility: {
        captions: has('captions'),
        signLanguage: has('signs'),
        replay: has('replay'),
      },
      ...(place === undefined ? {} : { place, format: 'on_site' as const, link: undefined }),
      ...(has('no link') ? { link: undefined } : {}),
      sample: has('sample'),
    });
    this.#sessions.set(session.id, name);
    if (has('full')) await bookAs(this.#service, this.#service.person(), session.id);
  }

  #idOf(name: string): string {
    const [id] = [...this.#sessions].find(([, known]) => known === name) ?? [];
    if (id === undefined) throw new Error(`${this.#script.file} has no session ${name}.`);
    return id;
  }

  async #held(): Promise<string> {
    const personId = await personIdOf(this.#service.storage, this.#person);
    const turn = { ...this.#person.who, activityId: `held-${Math.random()}`, at: TODAY };
    return this.#service.storage.turns.run(turn, async (open) => {
      const { bookings } = this.#service.storage.services(open.tx, TODAY);
      const held = await bookings.view(personId);
      await open.save(open.state ?? { version: 1, json: '{}' }, []);
      if (held === undefined) return 'nothing';
      const rank = held.booking.rank === undefined ? '' : ` ${held.booking.rank}`;
      return `${this.#sessions.get(held.session.id)} ${held.booking.status}${rank}`;
    });
  }

  #titles(): string[] {
    return this.#person.last.flatMap((reply) =>
      (reply.choices ?? []).map(({ title }) => title.replaceAll('\u00a0', ' ')),
    );
  }

  #words(): string {
    const cards = this.#person.last.flatMap(({ card }) => card?.lines ?? []);
    return [...this.#person.last.map(({ text }) => text), ...cards.map(({ text }) => text)]
      .join('\n')
      .replaceAll('\u00a0', ' ');
  }
}

async function bookAs(service: Declic, person: Person, sessionId: string): Promise<void> {
  const personId = await personIdOf(service.storage, person);
  await service.storage.turns.run(
    { ...person.who, activityId: 'book', at: TODAY },
    async (open) => {
      const { bookings } = service.storage.services(open.tx, TODAY);
      await bookings.book(personId, sessionId, { channel: 'directline' });
      await open.save(open.state ?? { version: 1, json: '{}' }, []);
    },
  );
}
