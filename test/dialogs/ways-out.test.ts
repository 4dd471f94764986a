import { expect } from 'chai';
import type { Data } from '#conversation/json.ts';
import { LONGEST_MESSAGE, MOST_MESSAGES } from '#conversation/render.ts';
import type { ConversationState, Frame } from '#conversation/state.ts';
import { declic } from '#dialogs/declic.ts';
import { personIdOf, placeAt, stateOf } from '#test/support/conversation-state.ts';
import { type Declic, type Person, startDeclic } from '#test/support/declic.ts';

/** Every question of every dialog, as `dialog.step`, but those that stand alone. */
const QUESTIONS = declic.dialogs.flatMap((dialog) =>
  Object.entries(dialog.steps)
    .filter(([, step]) => step.kind === 'ask' && !step.alone)
    .map(([name]) => ({ dialog, name, address: `${dialog.id}.${name}` })),
);

/** What the person has said by the time that a dialog's questions are put. */
const SAID: Readonly<Record<string, (ids: { open: string; full: string }) => Data>> = {
  eligibility: () => ({ situation: 'job_seeker', adult: 'yes', place: 'overseas' }),
  booking: ({ open }) => ({ session: open, needs: 'un sous-titrage' }),
  my_booking: ({ full }) => ({ wanted: full }),
  my_needs: () => ({}),
  human: () => ({ contact: '+33612345678', firstName: 'Awa', when: 'mardi' }),
  privacy: () => ({}),
  former_job: () => ({ day: 'people' }),
};

const say = {
  menu: 'menu {help way_out=menu}',
  help: 'aide {help way_out=help}',
  back: 'retour {go_back way_out=back}',
  restart: 'recommencer {restart way_out=restart}',
  human: 'humain {human_request way_out=human}',
  stop: 'stop {stop_messages way_out=stop}',
  erase: 'effacer {privacy_delete way_out=erase}',
  job: 'au fait, technicien support ça paye ? {career_salary career=support-technician}',
} as const;

describe('Ways out, at every question of every dialog', () => {
  let service: Declic;
  let ids = { open: '', full: '', held: '' };

  before(async () => {
    service = await startDeclic();
    const on = (day: string) => new Date(`${day}T08:00:00Z`);
    const held = await service.add({ startsAt: on('2026-12-08') });
    const open = await service.add({ startsAt: on('2027-01-11') });
    const full = await service.add({ startsAt: on('2027-01-20'), capacity: 1 });
    ids = { held: held.id, open: open.id, full: full.id };
    await hold(service.person(), full.id);
  });

  after(() => service.close());

  async function hold(person: Person, sessionId: string): Promise<void> {
    const personId = await personIdOf(service.storage, person);
    await service.storage.turns.run(
      { ...person.who, activityId: 'hold', at: new Date('2026-11-24T09:00:00Z') },
      async (turn) => {
        const { bookings } = service.storage.services(turn.tx, new Date('2026-11-24T09:00:00Z'));
        await bookings.book(personId, sessionId, { channel: 'directline' });
        await turn.save(turn.state ?? { version: 1, json: '{}' }, []);
      },
    );
  }

  /** A person to whom this question has just been put, after the one before it. */
  async function asked({ dialog, name }: (typeof QUESTIONS)[number]): Promise<{
    person: Person;
    frame: Frame;
  }> {
    const person = service.person();
    if (dialog.id.startsWith('my_')) await hold(person, ids.held);
    const data = SAID[dialog.id]?.(ids);
    if (data === undefined) throw new Error(`Say what is known in ${dialog.id}.`);
    const frame: Frame = {
      dialog: dialog.id,
      version: dialog.version,
      step: name,
      data,
      round: 0,
      trail: [name],
    };
    const state: Partial<ConversationState> = {
      stack: [frame],
      memory: { timeZone: 'Europe/Paris' },
    };
    await placeAt(service.storage, person, state);
    return { person, frame: structuredClone(frame) };
  }

  const frameOf = async (person: Person, dialog: string): Promise<Frame | undefined> =>
    (await stateOf(service.storage, person)).stack.find((frame) => frame.dialog === dialog);

  const keys = (person: Person): string[] => person.last.map(({ key }) => key);

  function expectFits(person: Person): void {
    expect(person.last.length).to.be.within(1, MOST_MESSAGES);
    for (const { text } of person.last) expect(text.length).to.be.at.most(LONGEST_MESSAGE);
  }

  it('there are questions to try, and each has something said', () => {
    expect(QUESTIONS.length).to.be.at.least(13);
  });

  for (const question of QUESTIONS) {
    const { address, dialog, name } = question;

    it(`${address}: menu answers, keeps what was said, and comes back on demand`, async () => {
      const { person, frame } = await asked(question);
      await person.says(say.menu);
      expectFits(person);
      expect(keys(person)).to.include('welcome:menu');
      expect((await frameOf(person, dialog.id))?.data).to.deep.equal(frame.data);
      await person.presses('Reprendre');
      expect((await frameOf(person, dialog.id))?.step).to.equal(name);
      expect((await frameOf(person, dialog.id))?.data).to.deep.equal(frame.data);
      expectFits(person);
    });

    it(`${address}: help answers, and the question comes back in the same turn`, async () => {
      const { person, frame } = await asked(question);
      await person.says(say.help);
      expectFits(person);
      expect(keys(person)[0]).to.equal('welcome:help');
      expect(keys(person).length).to.be.at.least(2);
      expect((await frameOf(person, dialog.id))?.step).to.equal(name);
      expect((await frameOf(person, dialog.id))?.data).to.deep.equal(frame.data);
    });

    it(`${address}: going back answers and loses nothing`, async () => {
      const { person, frame } = await asked(question);
      await person.says(say.back);
      expectFits(person);
      expect((await frameOf(person, dialog.id))?.data).to.deep.equal(frame.data);
    });

    it(`${address}: restarting begins again`, async () => {
      const { person } = await asked(question);
      await person.says(say.restart);
      expectFits(person);
      expect(keys(person)).to.deep.equal(['welcome:restart']);
      expect((await stateOf(service.storage, person)).stack).to.deep.equal([]);
    });

    it(`${address}: a human is asked for at once, and what was said stays`, async () => {
      const { person, frame } = await asked(question);
      await person.says(say.human);
      expectFits(person);
      const { stack } = await stateOf(service.storage, person);
      expect(stack.at(-1)?.dialog).to.equal('human');
      expect((await frameOf(person, dialog.id))?.data).to.deep.equal(frame.data);
    });

    it(`${address}: stop answers, and the conversation can be taken up again`, async () => {
      const { person, frame } = await asked(question);
      await person.says(say.stop);
      expectFits(person);
      expect(keys(person)).to.deep.equal(['welcome:stop']);
      await person.says('on reprend {none meta=resume}');
      expect((await frameOf(person, dialog.id))?.step).to.equal(name);
      expect((await frameOf(person, dialog.id))?.data).to.deep.equal(frame.data);
      expectFits(person);
    });

    it(`${address}: a question on a job is answered, and the question comes back`, async () => {
      const { person, frame } = await asked(question);
      await person.says(say.job);
      expectFits(person);
      expect(keys(person)).to.deep.equal(['jobs:about', 'common:backTo']);
      expect((await frameOf(person, dialog.id))?.step).to.equal(name);
      expect((await frameOf(person, dialog.id))?.data).to.deep.equal(frame.data);
    });

    it(`${address}: erasing asks once, and "no" comes back to the question`, async () => {
      const { person, frame } = await asked(question);
      await person.says(say.erase);
      expectFits(person);
      const { stack } = await stateOf(service.storage, person);
      expect(stack.at(-1)).to.include({ dialog: 'privacy', step: 'erase' });
      if (dialog.id === 'privacy') return;
      await person.presses('Non, garder');
      expectFits(person);
      expect((await frameOf(person, dialog.id))?.step).to.equal(name);
      expect((await frameOf(person, dialog.id))?.data).to.deep.equal(frame.data);
    });

    it(`${address}: erasing for good leaves nothing`, async () => {
      const { person } = await asked(question);
      await person.says(say.erase);
      await person.presses('Oui, tout effacer');
      expectFits(person);
      const { stack, memory } = await stateOf(service.storage, person);
      expect(stack).to.deep.equal([]);
      expect(memory).to.deep.equal({});
    });
  }
});
