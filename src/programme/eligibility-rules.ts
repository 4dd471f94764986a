import { z } from 'zod';
import { AppError } from '#shared/errors.ts';
import {
  type Answers,
  DOOR_IDS,
  decidingRule,
  type EligibilityQuestion,
  type EligibilityRule,
  type EligibilityRules,
  everyAnswer,
  MAX_QUESTIONS,
  OUTCOMES,
  QUESTION_IDS,
  QUESTION_VALUES,
  REASON_IDS,
} from './eligibility.ts';
import file from './eligibility-rules.json' with { type: 'json' };

const text = z.string().trim().min(1);

const questionSchema = z.discriminatedUnion(
  'id',
  [shape('situation'), shape('place'), shape('adult')],
  { error: `the id must be one of ${QUESTION_IDS.join(', ')}` },
);

const ruleSchema = z.strictObject({
  id: text,
  when: z.strictObject({
    situation: valuesOf('situation').optional(),
    place: valuesOf('place').optional(),
    adult: valuesOf('adult').optional(),
  }),
  outcome: z.enum(OUTCOMES),
  reasons: z.array(z.enum(REASON_IDS)).min(1),
  door: z.enum(DOOR_IDS).optional(),
  status: z.enum(['source', 'default_to_confirm']),
  source: text,
});

const fileSchema = z.strictObject({
  read_me: z.array(z.string()).optional(),
  version: text,
  questions: z.array(questionSchema).min(1).max(MAX_QUESTIONS),
  rules: z.array(ruleSchema).min(1),
});

/** Throws CONTENT_INVALID with every problem of the file, each on its own line. */
export function loadEligibilityRules(json: unknown): EligibilityRules {
  const read = fileSchema.safeParse(json);
  if (!read.success) {
    refuse(read.error.issues.map(({ path, message }) => `${path.join('.') || 'file'}: ${message}`));
  }
  const rules: EligibilityRules = {
    version: read.data.version,
    questions: read.data.questions.map(({ id, values, optional }) => ({ id, values, optional })),
    rules: read.data.rules,
  };
  const slips = [
    ...slipsInQuestions(rules),
    ...rules.rules.flatMap((rule) => slipsIn(rule, rules)),
  ];
  if (slips.length > 0) refuse(slips);
  const gaps = [...undecided(rules), ...neverUsed(rules)];
  if (gaps.length > 0) refuse(gaps);
  return rules;
}

/** The team's rules, checked when the service starts. */
export const eligibilityRules: EligibilityRules = loadEligibilityRules(file);

function shape<Q extends keyof typeof QUESTION_VALUES>(id: Q) {
  return z.strictObject({
    id: z.literal(id),
    values: valuesOf(id),
    optional: z.boolean(),
    note: z.string().optional(),
  });
}

function valuesOf<Q extends keyof typeof QUESTION_VALUES>(id: Q) {
  return z.array(z.enum(QUESTION_VALUES[id])).min(1);
}

function slipsInQuestions({ questions, rules }: EligibilityRules): string[] {
  return [
    ...twice(questions.map(({ id }) => id)).map((id) => `question ${id}: is there twice`),
    ...twice(rules.map(({ id }) => id)).map((id) => `rule ${id}: is there twice`),
    ...questions
      .filter(({ id }) => rules.every((rule) => rule.when[id] === undefined))
      .map(({ id }) => `question ${id}: no rule uses it, so it is not to be asked`),
  ];
}

function slipsIn(rule: EligibilityRule, { questions }: EligibilityRules): string[] {
  const slips: string[] = [];
  for (const id of QUESTION_IDS) {
    slips.push(...slipsInCondition(rule, id, questions));
  }
  if (rule.outcome === 'elsewhere' && rule.door === undefined) {
    slips.push('"elsewhere" needs a "door": a no always says where to go');
  }
  if (rule.outcome === 'yes' && rule.door !== undefined) {
    slips.push('"yes" has no "door": the person is where they should be');
  }
  if (rule.reasons.includes('answer_missing')) {
    slips.push('the reason "answer_missing" is given by the programme itself');
  }
  return slips.map((slip) => `rule ${rule.id}: ${slip}`);
}

function slipsInCondition(
  rule: EligibilityRule,
  id: EligibilityQuestion['id'],
  questions: readonly EligibilityQuestion[],
): string[] {
  const wanted = rule.when[id];
  if (wanted === undefined) return [];
  const question = questions.find((candidate) => candidate.id === id);
  if (question === undefined) return [`it needs the question ${id}, which is not asked`];
  return wanted
    .filter((value) => !question.values.includes(value))
    .map((value) => `"${value}" is not an answer to the question ${id}`);
}

/** Answers to everything mandatory that no rule covers. One example is enough to find the hole. */
function undecided(rules: EligibilityRules): string[] {
  for (const answers of everyAnswer(rules.questions)) {
    if (isWaitingForMandatory(rules, answers)) continue;
    if (decidingRule(rules, answers) === undefined) {
      const example = Object.entries(answers).map(([id, value]) => `${id} = ${value}`);
      return [`no rule decides for ${example.join(', ')}`];
    }
  }
  return [];
}

function isWaitingForMandatory(rules: EligibilityRules, answers: Answers): boolean {
  return rules.questions.some(({ id, optional }) => !optional && answers[id] === 'skipped');
}

function neverUsed(rules: EligibilityRules): string[] {
  const used = new Set<EligibilityRule | undefined>();
  for (const answers of everyAnswer(rules.questions)) used.add(decidingRule(rules, answers));
  return rules.rules
    .filter((rule) => !used.has(rule))
    .map(({ id }) => `rule ${id}: never applies, the rules above it decide all its cases`);
}

function twice(ids: readonly string[]): string[] {
  return [...new Set(ids.filter((id, index) => ids.indexOf(id) !== index))];
}

function refuse(problems: readonly string[]): never {
  throw new AppError('CONTENT_INVALID', `Eligibility rules:\n- ${problems.join('\n- ')}`);
}
