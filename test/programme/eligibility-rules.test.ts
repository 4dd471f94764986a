import { expect } from 'chai';
import { loadEligibilityRules } from '#programme/eligibility-rules.ts';
import { AppError } from '#shared/errors.ts';

const everyone = (more: object = {}) => ({
  id: 'everyone',
  when: {},
  outcome: 'yes',
  reasons: ['no_diploma_needed'],
  status: 'source',
  source: 'a test',
  ...more,
});
const minors = (more: object = {}) => ({
  ...everyone(),
  id: 'minors',
  when: { adult: ['no'] },
  outcome: 'elsewhere',
  reasons: ['minor'],
  door: 'mission_locale',
  ...more,
});
const adult = { id: 'adult', values: ['yes', 'no'], optional: false };
const file = (more: object = {}) => ({
  version: '1',
  questions: [adult],
  rules: [minors(), everyone()],
  ...more,
});

function problemsOf(json: unknown): string {
  try {
    loadEligibilityRules(json);
  } catch (error) {
    expect(error).to.be.instanceOf(AppError);
    expect((error as AppError).code).to.equal('CONTENT_INVALID');
    return (error as AppError).message;
  }
  return 'nothing';
}

describe('the file of eligibility rules', () => {
  it('is accepted when it is coherent', () => {
    const rules = loadEligibilityRules(file({ read_me: ['for the team'] }));
    expect(rules.rules.map(({ id }) => id)).to.deep.equal(['minors', 'everyone']);
  });

  it('is refused with every problem at once, each on its line', () => {
    const words = problemsOf({
      questions: [{ id: 'adult', values: ['perhaps'], optional: 'no' }],
      rules: [{ ...everyone(), outcome: 'maybe', colour: 'red' }],
    });
    expect(words).to.match(/^- version: /m);
    expect(words).to.match(/^- questions\.0\.values\.0: .*"yes"\|"no"/m);
    expect(words).to.match(/^- questions\.0\.optional: /m);
    expect(words).to.match(/^- rules\.0\.outcome: .*"yes"\|"elsewhere"\|"team"/m);
    expect(words).to.match(/^- rules\.0: .*"colour"/m);
  });

  for (const [what, json] of [
    ['nothing', undefined],
    ['a list', []],
    ['text', 'rules'],
  ] as const) {
    it(`is refused in words when it holds ${what}`, () => {
      expect(problemsOf(json)).to.match(/^- file: /m);
    });
  }

  const slips: readonly [string, object, RegExp][] = [
    [
      'a "no" that shows no door',
      file({ rules: [minors({ door: undefined }), everyone()] }),
      /rule minors: "elsewhere" needs a "door"/,
    ],
    [
      'a "yes" with a door',
      file({ rules: [minors(), everyone({ door: 'apec' })] }),
      /rule everyone: "yes" has no "door"/,
    ],
    [
      'a rule that never applies',
      file({ rules: [everyone(), minors()] }),
      /rule minors: never applies/,
    ],
    [
      'people whom no rule decides for',
      file({ rules: [minors()] }),
      /no rule decides for adult = yes/,
    ],
    [
      'people whom no rule decides for once they skip',
      file({
        questions: [{ ...adult, optional: true }],
        rules: [minors(), everyone({ when: { adult: ['yes'] } })],
      }),
      /no rule decides for adult = skipped/,
    ],
    [
      'a question that no rule uses',
      file({ rules: [everyone()] }),
      /question adult: no rule uses it/,
    ],
    [
      'a rule that needs a question which is not asked',
      file({
        rules: [minors(), everyone({ when: { place: ['mainland'] } }), everyone({ id: 'z' })],
      }),
      /rule everyone: it needs the question place/,
    ],
    [
      'a rule that waits for an answer the question does not have',
      file({ questions: [{ ...adult, values: ['yes'] }] }),
      /rule minors: "no" is not an answer to the question adult/,
    ],
    [
      'two rules of one name',
      file({ rules: [minors({ id: 'everyone' }), everyone()] }),
      /rule everyone: is there twice/,
    ],
    [
      'a question asked twice',
      file({ questions: [adult, adult] }),
      /question adult: is there twice/,
    ],
    [
      'a reason that only the code gives',
      file({ rules: [minors(), everyone({ reasons: ['answer_missing'] })] }),
      /"answer_missing" is given by the programme itself/,
    ],
    [
      'a question of its own',
      file({ questions: [{ ...adult, id: 'gender' }] }),
      /the id must be one/,
    ],
    [
      'a reason without words',
      file({ rules: [everyone({ reasons: ['star_sign'] })] }),
      /reasons\.0/,
    ],
  ];
  for (const [what, json, problem] of slips) {
    it(`explains ${what}`, () => {
      expect(problemsOf(json)).to.match(problem);
    });
  }
});
