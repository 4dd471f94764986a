import { expect } from 'chai';
import { readWithJob } from '#conversation/told-job.ts';
import type { Intent } from '#shared/intents.ts';
import type { Entity, Recognition } from '#shared/recognition.ts';

const entity = (kind: string): Entity => ({ kind, value: 'x', text: 'x', start: 0, end: 1 });

const read = (more: Partial<Recognition> = {}): Recognition => ({
  language: 'fr',
  intents: [{ intent: 'career_reconversion', score: 0.56 }],
  top3: [
    { intent: 'career_reconversion', score: 0.56 },
    { intent: 'eligibility_check', score: 0.28 },
  ],
  action: 'clarify',
  entities: [entity('trade')],
  distress: 'no',
  ...more,
});

const readJob = (recognition: Recognition, topic?: Intent): Recognition =>
  readWithJob(recognition, topic);

describe('a message that tells a job', () => {
  it('asks where it leads, when this is the likeliest guess', () => {
    for (const kind of ['trade', 'occupation']) {
      const { action, intents } = readJob(read({ entities: [entity(kind)] }));
      expect(action).to.equal('answer');
      expect(intents).to.deep.equal([{ intent: 'career_reconversion', score: 0.56 }]);
    }
  });

  it('asks it after a doubt that is sure, when it is told as theirs', () => {
    const doubt = read({
      action: 'answer',
      intents: [
        { intent: 'barrier_age', score: 0.98 },
        { intent: 'career_reconversion', score: 0.36 },
      ],
      top3: [
        { intent: 'barrier_age', score: 0.98 },
        { intent: 'career_reconversion', score: 0.36 },
      ],
      entities: [entity('occupation')],
    });
    expect(readJob(doubt).intents).to.deep.equal([
      { intent: 'barrier_age', score: 0.98 },
      { intent: 'career_reconversion', score: 0.5 },
    ]);
    expect(readJob({ ...doubt, entities: [entity('trade')] }).intents).to.deep.equal(doubt.intents);
  });

  it('asks it after a doubt that is only likelier', () => {
    const both = read({
      intents: [{ intent: 'barrier_no_diploma', score: 0.6 }],
      top3: [
        { intent: 'barrier_no_diploma', score: 0.6 },
        { intent: 'career_reconversion', score: 0.4 },
      ],
      entities: [entity('occupation')],
    });
    const { action, intents } = readJob(both);
    expect(action).to.equal('answer');
    expect(intents.map(({ intent }) => intent)).to.deep.equal([
      'barrier_no_diploma',
      'career_reconversion',
    ]);
  });

  it('asks it when it names a former job and says nothing else, whatever was guessed', () => {
    const bare = read({
      intents: [{ intent: 'go_back', score: 0.7 }],
      top3: [{ intent: 'go_back', score: 0.7 }],
      action: 'answer',
      entities: [entity('former_job')],
    });
    expect(readJob(bare).intents).to.deep.equal([{ intent: 'career_reconversion', score: 1 }]);
    expect(readJob({ ...bare, distress: 'maybe' }).intents).to.deep.equal(bare.intents);
  });

  it('asks it right after another job was told, whatever was guessed', () => {
    const corrected = read({
      intents: [{ intent: 'go_back', score: 0.4 }],
      top3: [{ intent: 'go_back', score: 0.4 }],
      entities: [entity('occupation')],
    });
    const { action, intents } = readJob(corrected, 'career_reconversion');
    expect(action).to.equal('answer');
    expect(intents).to.deep.equal([{ intent: 'career_reconversion', score: 1 }]);
    expect(readJob(corrected, 'career_salary')).to.deep.equal(corrected);
  });

  it('is left as it is when no job is told, it is hardly a guess, or danger may be', () => {
    const price = { intent: 'programme_price', score: 0.95 } as const;
    const left: readonly Partial<Recognition>[] = [
      { entities: [] },
      { top3: [{ intent: 'career_reconversion', score: 0.2 }] },
      { top3: [price, { intent: 'career_reconversion', score: 0.4 }] },
      { distress: 'maybe' },
      { action: 'answer', intents: [price], entities: [entity('occupation')] },
    ];
    for (const more of left) expect(readJob(read(more))).to.deep.equal(read(more));
  });
});
