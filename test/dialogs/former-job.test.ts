import { expect } from 'chai';
import { LONGEST_MESSAGE, MOST_MESSAGES } from '#conversation/render.ts';
import { BRIDGES, type Bridge } from '#knowledge/bridges.ts';
import { stateOf } from '#test/support/conversation-state.ts';
import { type Declic, type Person, startDeclic } from '#test/support/declic.ts';

/** A message that tells these jobs, as the recogniser would read it. */
const telling = (...jobs: readonly Bridge[]): string => {
  const notes = jobs.map(({ occupation }) => `occupation=${occupation.replaceAll(' ', '_')}`);
  return `mon ancien métier {career_reconversion ${notes.join(' ')}}`;
};

describe('A former job', () => {
  let service: Declic;

  before(async () => {
    service = await startDeclic();
  });

  after(() => service.close());

  const introduced = async (): Promise<Person> => {
    const person = service.person();
    await person.says('bonjour {greeting}');
    return person;
  };

  const opened = (person: Person): unknown[] =>
    (person.last.at(-1)?.choices ?? []).flatMap(({ action }) =>
      action.do === 'intent' && action.intent === 'career_describe' ? [action.with?.career] : [],
    );

  const memoryOf = async (person: Person) => (await stateOf(service.storage, person)).memory;

  function expectFits(person: Person, what: string): void {
    expect(person.last.length, what).to.be.within(1, MOST_MESSAGES);
    for (const { text } of person.last) {
      expect(text.length, `${what}: ${text}`).to.be.at.most(LONGEST_MESSAGE);
    }
  }

  it('has its strengths, a reason for each career and a button for each, whichever it is', async () => {
    const person = await introduced();
    for (const job of BRIDGES) {
      await person.says(telling(job));
      expectFits(person, job.id);
      expect(person.last[0]?.key, job.id).to.equal(`bridges:job.${job.id}.strengths`);
      expect(opened(person), job.id).to.deep.equal([...job.careers]);
      const lines = person.last.flatMap(({ text }) => text.split('\n'));
      const titles = (person.last.at(-1)?.choices ?? []).map(({ title }) => title).slice(0, -1);
      for (const title of titles) {
        const reasons = lines.filter((line) => line.startsWith(`${title}\u00a0:`));
        expect(reasons, `${job.id}: ${title}`).to.have.length(1);
      }
    }
  });

  it('told with another shares its messages with it, what both lead to first', async () => {
    const person = await introduced();
    for (const [at, job] of BRIDGES.entries()) {
      const other = BRIDGES[(at * 7 + 3) % BRIDGES.length];
      if (other === undefined || other === job) continue;
      await person.says(telling(job, other));
      expectFits(person, `${job.id}, ${other.id}`);
      const [first] = opened(person);
      const both = job.careers.filter((career) => other.careers.includes(career));
      expect(first, `${job.id}, ${other.id}`).to.equal(both[0] ?? job.careers[0]);
      expect(new Set(opened(person)).size).to.equal(opened(person).length);
    }
  });

  it('told with another in the first words still leaves room to say who speaks', async () => {
    for (const [at, job] of BRIDGES.entries()) {
      const other = BRIDGES[(at * 11 + 5) % BRIDGES.length];
      if (other === undefined || other === job) continue;
      const person = service.person();
      await person.says(telling(job, other));
      expectFits(person, `${job.id}, ${other.id}`);
      expect(person.last[0]?.key).to.equal('welcome:firstWords');
    }
  });

  it('is remembered for the questions that follow, unless it says too much of somebody', async () => {
    for (const job of BRIDGES) {
      const person = service.person();
      await person.says(telling(job));
      expectFits(person, job.id);
      const kept = (await memoryOf(person)).formerJobs;
      if (job.private) expect(kept, job.id).to.equal(undefined);
      else expect(kept, job.id).to.deep.equal([job.id]);
    }
    expect(BRIDGES.filter((job) => job.private).map(({ id }) => id)).to.include.members([
      'prison-work',
      'family-carer',
      'esat-worker',
    ]);
  });

  it('that is forged on a button, or unknown, opens the question and breaks nothing', async () => {
    const person = await introduced();
    await person.does({ do: 'intent', intent: 'career_reconversion', with: { job: '../x' } });
    expect(person.last.at(-1)?.key).to.equal('bridges:day.ask');
    await person.does({ do: 'answer', step: 'former_job.day', value: 'job:nobody' });
    expect(person.last[0]?.key).to.equal('common:staleChoice');
  });
});
