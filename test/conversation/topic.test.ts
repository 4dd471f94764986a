import { expect } from 'chai';
import { isTopic, readWithTopic } from '#conversation/topic.ts';
import type { Intent } from '#shared/intents.ts';
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

const readAfter = (recognition: Recognition, topic: Intent | undefined): Recognition =>
  readWithTopic(recognition, topic, 'et le salaire ?');

describe('a message that leans on the last exchange', () => {
  it('is read as carrying on with its subject', () => {
    const { action, intents } = readAfter(read(), 'career_describe');
    expect(action).to.equal('answer');
    expect(intents).to.deep.equal([{ intent: 'career_salary', score: 0.3 }]);
  });

  it('is left as it is when nothing was answered, or nothing carries on', () => {
    expect(readAfter(read(), undefined)).to.deep.equal(read());
    expect(readAfter(read(), 'privacy_info')).to.deep.equal(read());
  });

  it('is left as it is when it is sure, stands alone, or may speak of danger', () => {
    for (const more of [
      { action: 'answer' },
      { leansBack: false },
      { distress: 'maybe' },
    ] as const) {
      expect(readAfter(read(more), 'career_describe')).to.deep.equal(read(more));
    }
  });

  it('does not take a faint guess', () => {
    const faint = read({ top3: [{ intent: 'career_salary', score: 0.1 }] });
    expect(readAfter(faint, 'career_describe')).to.deep.equal(faint);
  });

  it('that names a job, or what jobs should be like, is about careers', () => {
    const entity = (kind: string) => ({ kind, value: 'x', text: 'x', start: 0, end: 1 });
    for (const kinds of [['career'], ['career_wish', 'career_scope']]) {
      const named = read({ leansBack: false, entities: kinds.map(entity) });
      expect(readAfter(named, undefined).intents[0]?.intent).to.equal('career_salary');
      expect(readAfter({ ...named, action: 'answer' }, undefined).intents[0]?.intent).to.equal(
        'programme_price',
      );
    }
    const unread = read({
      leansBack: false,
      top3: [],
      entities: ['career_wish', 'career_scope'].map(entity),
    });
    expect(readAfter(unread, undefined).intents[0]?.intent).to.equal('career_explore');
    const wish = read({ leansBack: false, entities: [entity('career_wish')] });
    expect(readAfter(wish, undefined)).to.deep.equal(wish);
  });

  it('that is most likely about careers, after a career, is about them', () => {
    const top3 = [{ intent: 'career_salary', score: 0.35 }] as const;
    const likely = read({ leansBack: false, top3 });
    expect(readAfter(likely, 'career_describe').intents[0]?.intent).to.equal('career_salary');
    expect(readAfter(likely, 'programme_about')).to.deep.equal(likely);
    const second = read({ leansBack: false });
    expect(readAfter(second, 'career_describe')).to.deep.equal(second);
  });

  it('that names a disability after a job asks about that job', () => {
    const deaf = { kind: 'health', value: 'disability', text: 'sourde', start: 0, end: 6 };
    const asked = read({ entities: [deaf], leansBack: false });
    expect(readAfter(asked, 'career_describe').intents[0]?.intent).to.equal('barrier_disability');
    expect(readAfter(asked, 'programme_about')).to.deep.equal(asked);
    expect(
      readAfter({ ...asked, action: 'answer' }, 'career_describe').intents[0]?.intent,
    ).to.equal('programme_price');
  });

  it('that is the name of a family of jobs asks for its jobs, however it was read', () => {
    const family = { kind: 'career_family', value: 'data', text: 'la data', start: 0, end: 7 };
    for (const action of ['answer', 'clarify', 'unknown'] as const) {
      const named = read({ entities: [family], action });
      expect(readAfter(named, undefined).intents[0]?.intent).to.equal('career_explore');
    }
  });

  it('that is the name of a job asks what it is, unless it surely asks about jobs', () => {
    const graphiste = { kind: 'career', value: 'graphic-designer', text: 'graphiste' };
    const named = read({ entities: [{ ...graphiste, start: 3, end: 12 }], action: 'answer' });
    const meant = (text: string, more: Partial<Recognition> = {}) =>
      readWithTopic({ ...named, ...more }, undefined, text).intents[0]?.intent;
    expect(meant('un graphiste ?')).to.equal('career_describe');
    expect(meant('un graphiste', { action: 'unknown', intents: [], top3: [] })).to.equal(
      'career_describe',
    );
    expect(meant('un graphiste qui dessine')).to.equal('programme_price');
    const sure = { intents: [{ intent: 'career_ai', score: 0.9 }] } as const;
    expect(meant('un graphiste', sure)).to.equal('career_ai');
    expect(meant('un graphiste', { distress: 'maybe' })).to.equal('programme_price');
  });

  it('can lean on doubts, careers, the programme, bookings and data, not on courtesies', () => {
    expect(isTopic('career_explore')).to.equal(true);
    expect(isTopic('greeting')).to.equal(false);
  });
});
