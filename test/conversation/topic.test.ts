import { expect } from 'chai';
import { isTopic, readWithTopic } from '#conversation/topic.ts';
import type { Recognition } from '#shared/recognition.ts';

const read = (more: Partial<Recognition> = {}): Recognition => ({
  language: 'fr',
  intents: [{ intent: 'programme_price', score: 0.4 }],
  top3: [
    { intent: 'programme_price', score: 0.4 },
    { intent: 'career_salary', score: 0.3 },
  ],
  action: 'clarify',
  entities: [],
  distress: 'no',
  leansBack: true,
  ...more,
});

describe('a message that leans on the last exchange', () => {
  it('is read as carrying on with its subject', () => {
    const { action, intents } = readWithTopic(read(), 'career_describe');
    expect(action).to.equal('answer');
    expect(intents).to.deep.equal([{ intent: 'career_salary', score: 0.3 }]);
  });

  it('is left as it is when nothing was answered, or nothing carries on', () => {
    expect(readWithTopic(read(), undefined)).to.deep.equal(read());
    expect(readWithTopic(read(), 'privacy_info')).to.deep.equal(read());
  });

  it('is left as it is when it is sure, stands alone, or may speak of danger', () => {
    for (const more of [
      { action: 'answer' },
      { leansBack: false },
      { distress: 'maybe' },
    ] as const) {
      expect(readWithTopic(read(more), 'career_describe')).to.deep.equal(read(more));
    }
  });

  it('does not take a faint guess', () => {
    const faint = read({ top3: [{ intent: 'career_salary', score: 0.1 }] });
    expect(readWithTopic(faint, 'career_describe')).to.deep.equal(faint);
  });

  it('that names a job, or what jobs should be like, is about careers', () => {
    const entity = (kind: string) => ({ kind, value: 'x', text: 'x', start: 0, end: 1 });
    for (const kinds of [['career'], ['career_wish', 'career_scope']]) {
      const named = read({ leansBack: false, entities: kinds.map(entity) });
      expect(readWithTopic(named, undefined).intents[0]?.intent).to.equal('career_salary');
      expect(readWithTopic({ ...named, action: 'answer' }, undefined).intents[0]?.intent).to.equal(
        'programme_price',
      );
    }
    const wish = read({ leansBack: false, entities: [entity('career_wish')] });
    expect(readWithTopic(wish, undefined)).to.deep.equal(wish);
  });

  it('can lean on doubts, careers, the programme, bookings and data, not on courtesies', () => {
    expect(isTopic('career_explore')).to.equal(true);
    expect(isTopic('greeting')).to.equal(false);
  });
});
