import { expect } from 'chai';
import fc from 'fast-check';
import {
  type Answers,
  type AnswerValue,
  assess,
  DOOR_IDS,
  decidingRule,
  everyAnswer,
  MAX_QUESTIONS,
  nextQuestion,
  OUTCOMES,
  QUESTION_IDS,
  QUESTION_VALUES,
  type QuestionId,
  REASON_IDS,
} from '#programme/eligibility.ts';
import { eligibilityRules as rules } from '#programme/eligibility-rules.ts';

const everyPerson = [...everyAnswer(rules.questions)];
const person = (answers: Answers): Answers => ({ place: 'mainland', adult: 'yes', ...answers });

/** Asks as a dialog would, and answers with what the person would say. */
function interview(would: Answers): { asked: QuestionId[]; answers: Answers } {
  let answers: Answers = {};
  const asked: QuestionId[] = [];
  for (let next = nextQuestion(rules, answers); next; next = nextQuestion(rules, answers)) {
    asked.push(next);
    answers = { ...answers, [next]: would[next] };
    if (asked.length > QUESTION_IDS.length) break;
  }
  return { asked, answers };
}

describe('eligibility', () => {
  it('comes to one outcome, with a reason, whatever is answered or skipped', () => {
    expect(everyPerson).to.have.length(7 * 3 * 4);
    for (const answers of everyPerson) {
      const result = assess(rules, answers);
      expect(OUTCOMES, JSON.stringify(answers)).to.include(result.outcome);
      expect(result.reasons).to.not.be.empty;
      expect(REASON_IDS).to.include.members([...result.reasons]);
      expect(result.version).to.equal(rules.version);
    }
  });

  it('always shows a door with "elsewhere", and none with "yes"', () => {
    for (const answers of everyPerson) {
      const { outcome, door } = assess(rules, answers);
      if (outcome === 'elsewhere') expect(DOOR_IDS).to.include(door);
      if (outcome === 'yes') expect(door).to.equal(undefined);
    }
  });

  it('uses each of its rules for somebody', () => {
    const used = new Set(everyPerson.map((answers) => decidingRule(rules, answers)?.id));
    for (const rule of rules.rules) expect(used, rule.id).to.include(rule.id);
  });

  it('tells which rules are the sources’ and which are ours to confirm', () => {
    const status = Object.fromEntries(rules.rules.map((rule) => [rule.id, rule.status]));
    expect(status).to.include({
      job_seekers_welcome: 'source',
      minors_not_yet: 'default_to_confirm',
      inactive_people_welcome: 'default_to_confirm',
    });
    for (const rule of rules.rules) expect(rule.source, rule.id).to.have.length.greaterThan(20);
  });

  it('welcomes job seekers and career changers in France and overseas', () => {
    for (const situation of ['job_seeker', 'career_change', 'inactive'] as const) {
      for (const place of ['mainland', 'overseas'] as const) {
        const { outcome, reasons } = assess(rules, person({ situation, place }));
        expect(outcome).to.equal('yes');
        expect(reasons).to.include.members([situation, 'no_diploma_needed', 'no_age_limit']);
      }
    }
  });

  const doors: readonly [Answers, string, string][] = [
    [{ situation: 'founder' }, 'founder', 'leadership_programme'],
    [{ situation: 'recruiter' }, 'recruiter', 'tech_your_place'],
    [{ situation: 'job_seeker', adult: 'no' }, 'minor', 'mission_locale'],
    [{ situation: 'student' }, 'student', 'student_guidance'],
    [{ situation: 'student', adult: 'no' }, 'student', 'student_guidance'],
    [{ situation: 'career_change', place: 'abroad' }, 'outside_france', 'france_travail'],
  ];
  for (const [answers, reason, door] of doors) {
    it(`sends ${JSON.stringify(answers)} to ${door}`, () => {
      const result = assess(rules, person(answers));
      expect(result).to.deep.include({ outcome: 'elsewhere', reasons: [reason], door });
    });
  }

  it('asks a person of the team when a mandatory answer is skipped, and refuses nobody', () => {
    for (const answers of everyPerson) {
      const { outcome, reasons } = assess(rules, answers);
      if (answers.situation === 'skipped') {
        expect({ outcome, reasons }).to.deep.equal({
          outcome: 'team',
          reasons: ['answer_missing'],
        });
      }
    }
    expect(assess(rules, { situation: 'job_seeker', adult: 'skipped' }).outcome).to.equal('team');
  });

  it('does without the place when somebody prefers not to say it', () => {
    const result = assess(rules, { situation: 'inactive', adult: 'yes', place: 'skipped' });
    expect(result.outcome).to.equal('yes');
  });

  it('takes an answer that the rules no longer know as not given', () => {
    const old = { situation: 'retired' as AnswerValue<'situation'> };
    expect(assess(rules, old).outcome).to.equal('team');
    expect(nextQuestion(rules, old)).to.equal('situation');
  });
});

describe('the order of eligibility questions', () => {
  it('begins with the situation and never asks the same thing twice', () => {
    expect(nextQuestion(rules, {})).to.equal('situation');
    for (const would of everyPerson) {
      const { asked } = interview(would);
      expect(new Set(asked).size).to.equal(asked.length);
      expect(asked.length).to.be.at.most(MAX_QUESTIONS);
    }
  });

  it('asks nothing more once the result is known', () => {
    expect(interview({ situation: 'founder' }).asked).to.deep.equal(['situation']);
    expect(interview({ situation: 'skipped' }).asked).to.deep.equal(['situation']);
    expect(interview(person({ situation: 'job_seeker', adult: 'no' })).asked).to.deep.equal([
      'situation',
      'adult',
    ]);
    expect(interview(person({ situation: 'job_seeker' })).asked).to.deep.equal([
      'situation',
      'adult',
      'place',
    ]);
  });

  it('asks enough: what was asked gives the result that all the answers give', () => {
    for (const would of everyPerson) {
      const { answers } = interview(would);
      expect(assess(rules, answers)).to.deep.equal(assess(rules, would));
    }
  });

  it('keeps answers given before they are asked', () => {
    expect(nextQuestion(rules, { place: 'overseas', adult: 'yes' })).to.equal('situation');
    expect(nextQuestion(rules, { place: 'overseas', situation: 'inactive' })).to.equal('adult');
  });

  it('leaves the result as it is when a question that does not matter is answered', () => {
    const answer = <V extends string>(values: readonly V[]) =>
      fc.constantFrom<V | 'skipped' | undefined>(undefined, 'skipped', ...values);
    const people = fc.record({
      situation: answer(QUESTION_VALUES.situation),
      place: answer(QUESTION_VALUES.place),
      adult: answer(QUESTION_VALUES.adult),
    });
    fc.assert(
      fc.property(people, people, (said, more) => {
        fc.pre(nextQuestion(rules, said) === undefined);
        const added = Object.fromEntries(
          QUESTION_IDS.filter((id) => said[id] === undefined).map((id) => [id, more[id]]),
        );
        expect(assess(rules, { ...said, ...added })).to.deep.equal(assess(rules, said));
      }),
    );
  });
});
