import { expect } from 'chai';
import type { Outgoing } from '#conversation/message.ts';
import { LONGEST_MESSAGE, MOST_MESSAGES } from '#conversation/render.ts';
import { TOPIC_OF } from '#dialogs/career-answer.ts';
import { CAREER_FAMILIES, CAREERS } from '#knowledge/careers.ts';
import { isIntent } from '#shared/intents.ts';
import { stateOf } from '#test/support/conversation-state.ts';
import { type Declic, type Person, startDeclic } from '#test/support/declic.ts';

/** The most buttons that WhatsApp shows in a list. */
const MOST_BUTTONS = 10;

describe('What is told of jobs', () => {
  let service: Declic;
  let person: Person;

  before(async () => {
    service = await startDeclic();
    person = service.person();
    await person.opens();
  });

  after(() => service.close());

  const press = (intent: string, extra: Record<string, string>) =>
    person.does({ do: 'intent', intent, with: extra });

  function expectFits(replies: readonly Outgoing[]): void {
    expect(replies.length).to.be.within(1, MOST_MESSAGES);
    for (const { text, choices } of replies) {
      expect(text.length, text).to.be.at.most(LONGEST_MESSAGE);
      expect(text).not.to.match(/\b[a-z0-9-]+\.(?:name|button|day)\b/);
      expect(choices?.length ?? 0).to.be.at.most(MOST_BUTTONS);
    }
  }

  const lists = ['career_explore', 'career_reconversion'];
  const questions = Object.keys(TOPIC_OF)
    .filter(isIntent)
    .filter((intent) => !lists.includes(intent));

  for (const { id } of CAREERS) {
    it(`${id}: every question on it has an answer that fits a phone and leads on`, async () => {
      for (const intent of questions) {
        const replies = await press(intent, { career: id });
        expectFits(replies);
        const choices = replies.at(-1)?.choices ?? [];
        expect(choices.length, intent).to.be.within(1, 3);
      }
    });

    it(`${id}: fits beside another`, async () => {
      const others = `career=${id} career=${id === 'dpo' ? 'web-writer' : 'dpo'}`;
      expectFits(await person.says(`${id} ? {career_describe ${others}}`));
      expect(person.last.map(({ key }) => key)).to.deep.equal(['jobs:side.all', 'jobs:side.all']);
    });
  }

  it('families, page after page, are all of them, and lead to every job and nothing else', async () => {
    const families: string[] = [];
    const jobs: string[] = [];
    for (let page = 0; page < 3; page += 1) {
      expectFits(await press('career_explore', { page: String(page) }));
      families.push(...withOf(person.last, 'family'));
    }
    expect(families).to.have.members([...CAREER_FAMILIES]);
    for (const family of families) {
      expectFits(await press('career_explore', { family }));
      jobs.push(...withOf(person.last, 'career'));
    }
    expect(jobs).to.have.members(CAREERS.map(({ id }) => id));
  });

  it('a page beyond the last is the first again, and nonsense is the first', async () => {
    const first = (await press('career_explore', {}))[0]?.choices;
    for (const page of ['3', 'x', '-1', '0']) {
      const [reply] = await press('career_explore', { page });
      expect(reply?.choices?.length, page).to.be.at.least(1);
      if (page !== '-1') expect(reply?.choices, page).to.deep.equal(first);
    }
  });

  it('a forged button opens no job and no family that does not exist', async () => {
    await press('career_describe', { career: '__proto__' });
    expect(person.last.map(({ key }) => key)).to.deep.equal(['jobs:general.unknown.ask']);
    await press('career_explore', { family: 'constructor' });
    expect(person.last.map(({ key }) => key)).to.deep.equal(['jobs:families.ask']);
  });

  it('the job of an hour ago is what "this job" means no more', async () => {
    let now = new Date('2026-11-24T09:00:00Z');
    const clocked = await startDeclic({ now: () => now });
    const other = clocked.person();
    await other.says('technicien support ? {career_describe career=support-technician}');
    expect((await stateOf(clocked.storage, other)).memory).to.have.property('careers');
    now = new Date('2026-11-24T10:30:00Z');
    await other.says('et le salaire ? {career_salary leans}');
    expect(other.last[0]?.key).to.equal('jobs:general.salary.text');
    await clocked.close();
  });
});

const withOf = (replies: readonly Outgoing[], name: string): readonly string[] =>
  replies
    .flatMap(({ choices }) => choices ?? [])
    .flatMap(({ action }) => (action.do === 'intent' ? (action.with?.[name] ?? []) : []));
