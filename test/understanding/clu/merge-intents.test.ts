import { expect } from 'chai';
import fc from 'fast-check';
import { INTENT_NAMES, type Intent } from '#shared/intents.ts';
import type { Recognition, ScoredIntent } from '#shared/recognition.ts';
import { mergeIntents } from '#understanding/clu/merge-intents.ts';
import { DECISION, LOCAL } from './clu-bench.ts';

const scored = (pairs: Partial<Record<Intent, number>>): ScoredIntent[] =>
  Object.entries(pairs).map(([intent, score]) => ({ intent: intent as Intent, score }));

const merge = (
  local: Partial<Record<Intent, number>>,
  ranking: Partial<Record<Intent, number>>,
  action: Recognition['action'] = 'clarify',
): Recognition =>
  mergeIntents({ ...LOCAL, intents: scored(local), action }, scored(ranking), DECISION);

const names = ({ intents }: Recognition) => intents.map(({ intent }) => intent);

describe('Azure CLU: what it decides, and what it does not', () => {
  it('gives the intent where the two disagree', () => {
    const read = merge(
      { career_salary: 0.9 },
      { career_demand: 0.8, career_salary: 0.3 },
      'answer',
    );
    expect(read.intents).to.deep.equal(scored({ career_demand: 0.8 }));
    expect(read.top3).to.deep.equal(scored({ career_demand: 0.8, career_salary: 0.3 }));
    expect(read.action).to.equal('answer');
  });

  it('is doubted when it is not sure, even where the embedded recogniser was', () => {
    expect(merge({ career_salary: 0.9 }, { career_demand: 0.6 }, 'answer').action).to.equal(
      'clarify',
    );
    expect(merge({ career_salary: 0.9 }, { career_demand: 0.2 }, 'answer').action).to.equal(
      'unknown',
    );
  });

  it('is believed with less confidence where both read the same', () => {
    const read = merge({ career_salary: 0.9 }, { career_salary: 0.6 }, 'answer');
    expect(read).to.deep.include({ action: 'answer', intents: scored({ career_salary: 0.9 }) });
    expect(merge({ career_salary: 0.5 }, { career_salary: 0.95 }, 'clarify').action).to.equal(
      'answer',
    );
  });

  it('leaves the further intents of the message, and their order', () => {
    const found = { barrier_no_diploma: 0.6, session_list: 0.9 };
    expect(names(merge(found, { session_list: 0.8 }))).to.deep.equal(Object.keys(found));
    expect(names(merge(found, { barrier_no_diploma: 0.8 }))).to.deep.equal(Object.keys(found));
  });

  it('replaces the likeliest of several, doubts still first and insults last', () => {
    const found = { barrier_no_diploma: 0.6, session_list: 0.9 };
    expect(names(merge(found, { booking_create: 0.8 }))).to.deep.equal([
      'barrier_no_diploma',
      'booking_create',
    ]);
    const doubt = { session_list: 0.6, career_salary: 0.9 };
    expect(names(merge(doubt, { barrier_age: 0.8 }))).to.deep.equal([
      'barrier_age',
      'session_list',
    ]);
    const insult = { feedback: 0.9, help: 0.5 };
    expect(names(merge(insult, { abuse: 0.8 }))).to.deep.equal(['help', 'abuse']);
  });

  it('has the person asked where it alone sees distress, and never answers it by itself', () => {
    const read = merge({ feedback: 0.9 }, { distress: 0.99, feedback: 0.1 }, 'answer');
    expect(read).to.include({ distress: 'maybe', action: 'clarify' });
    expect(names(read)).to.deep.equal(['distress', 'feedback']);
    const faint = merge({ feedback: 0.9 }, { distress: 0.2, feedback: 0.1 }, 'answer');
    expect(faint).to.include({ distress: 'no', action: 'unknown' });
    expect(names(faint)).to.deep.equal(['feedback']);
  });

  it('touches neither language nor entities, and gives each intent once, the likeliest among them', () => {
    const score = fc.double({ min: 0, max: 1, noNaN: true });
    const list = fc.uniqueArray(fc.record({ intent: fc.constantFrom(...INTENT_NAMES), score }), {
      selector: ({ intent }) => intent,
      maxLength: 5,
    });
    fc.assert(
      fc.property(list, list, (intents, given) => {
        const ranking = [...given].sort((a, b) => b.score - a.score);
        const local = { ...LOCAL, intents, entities: [] };
        const read = mergeIntents(local, ranking, DECISION);
        expect(read.language).to.equal(local.language);
        expect(read.entities).to.equal(local.entities);
        const first = ranking[0]?.intent;
        if (first === undefined) expect(read).to.equal(local);
        else if (first !== 'distress') expect(names(read)).to.include(first);
        expect(new Set(names(read)).size).to.equal(read.intents.length);
      }),
    );
  });
});
