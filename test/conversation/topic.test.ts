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

  it('can lean on doubts, careers, the programme, bookings and data, not on courtesies', () => {
    expect(isTopic('career_explore')).to.equal(true);
    expect(isTopic('greeting')).to.equal(false);
  });
});
