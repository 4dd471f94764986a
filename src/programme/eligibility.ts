/** Every question the rules may ask, in the order of the file, with the answers it has. */
export const QUESTION_VALUES = {
  situation: ['job_seeker', 'career_change', 'inactive', 'student', 'founder', 'recruiter'],
  place: ['mainland', 'overseas', 'abroad'],
  adult: ['yes', 'no'],
} as const;

export type QuestionId = keyof typeof QUESTION_VALUES;
export type AnswerValue<Q extends QuestionId = QuestionId> = (typeof QUESTION_VALUES)[Q][number];

export const QUESTION_IDS = Object.keys(QUESTION_VALUES) as readonly QuestionId[];

/** More would be an interrogation: design rule of the conversation. */
export const MAX_QUESTIONS = 7;

export const REASON_IDS = [
  'job_seeker',
  'career_change',
  'inactive',
  'no_diploma_needed',
  'no_age_limit',
  'minor',
  'student',
  'outside_france',
  'founder',
  'recruiter',
  /** Given by the code, not by a rule: an answer that the rules need is missing. */
  'answer_missing',
] as const;
export type ReasonId = (typeof REASON_IDS)[number];

export const DOOR_IDS = [
  'apec',
  'cap_emploi',
  'france_travail',
  'leadership_programme',
  'mission_locale',
  'student_guidance',
  'tech_your_place',
] as const;
export type DoorId = (typeof DOOR_IDS)[number];

export const OUTCOMES = ['yes', 'elsewhere', 'team'] as const;
export type EligibilityOutcome = (typeof OUTCOMES)[number];

/** What a person answered so far; `skipped` is "I prefer not to say". */
export type Answers = { readonly [Q in QuestionId]?: AnswerValue<Q> | 'skipped' | undefined };

export interface EligibilityQuestion {
  readonly id: QuestionId;
  readonly values: readonly AnswerValue[];
  /** The rules can do without: a rule that asks for it does not apply to who skips it. */
  readonly optional: boolean;
}

export interface EligibilityRule {
  readonly id: string;
  /** Each question named here has one of these answers. Empty: always. */
  readonly when: { readonly [Q in QuestionId]?: readonly AnswerValue[] | undefined };
  readonly outcome: EligibilityOutcome;
  readonly reasons: readonly ReasonId[];
  readonly door?: DoorId | undefined;
  /** Whether a source says so, or it is our choice until the team confirms it. */
  readonly status: 'source' | 'default_to_confirm';
  readonly source: string;
}

export interface EligibilityRules {
  readonly version: string;
  readonly questions: readonly EligibilityQuestion[];
  /** The first that applies decides. */
  readonly rules: readonly EligibilityRule[];
}

export interface Assessment {
  readonly outcome: EligibilityOutcome;
  readonly reasons: readonly ReasonId[];
  /** Where the person is better served; always there when the outcome is `elsewhere`. */
  readonly door: DoorId | undefined;
  /** Version of the rules that decided, to be kept with the result. */
  readonly version: string;
}

/**
 * The first rule that applies decides. When a mandatory answer that a rule needs is missing or
 * skipped before any rule has decided, nobody is refused: a person of the team looks.
 */
export function assess(rules: EligibilityRules, answers: Answers): Assessment {
  const rule = decidingRule(rules, answers);
  return {
    outcome: rule?.outcome ?? 'team',
    reasons: rule?.reasons ?? ['answer_missing'],
    door: rule?.door,
    version: rules.version,
  };
}

/** The question to ask now: the first unanswered one whose answer can still change the result. */
export function nextQuestion(rules: EligibilityRules, answers: Answers): QuestionId | undefined {
  const open = rules.questions.filter((question) => replyTo(question, answers) === undefined);
  return open.find((question) => matters(rules, answers, question, open))?.id;
}

/** The rule that decides, or nothing when a mandatory answer that it takes is not there. */
export function decidingRule(
  rules: EligibilityRules,
  answers: Answers,
): EligibilityRule | undefined {
  for (const rule of rules.rules) {
    const verdict = applies(rule, rules, answers);
    if (verdict === 'yes') return rule;
    if (verdict === 'unknown') return undefined;
  }
  return undefined;
}

/** Every way of answering these questions, "I prefer not to say" included. */
export function* everyAnswer(
  questions: readonly EligibilityQuestion[],
  answers: Answers = {},
): Generator<Answers> {
  const [question, ...others] = questions;
  if (question === undefined) {
    yield answers;
    return;
  }
  for (const value of [...question.values, 'skipped']) {
    yield* everyAnswer(others, { ...answers, [question.id]: value });
  }
}

function applies(
  rule: EligibilityRule,
  rules: EligibilityRules,
  answers: Answers,
): 'yes' | 'no' | 'unknown' {
  let verdict: 'yes' | 'unknown' = 'yes';
  for (const question of rules.questions) {
    const allowed = rule.when[question.id];
    if (allowed === undefined) continue;
    const reply = replyTo(question, answers);
    if (reply !== undefined && reply !== 'skipped') {
      if (!allowed.includes(reply)) return 'no';
    } else if (question.optional) {
      return 'no';
    } else {
      verdict = 'unknown';
    }
  }
  return verdict;
}

function matters(
  rules: EligibilityRules,
  answers: Answers,
  question: EligibilityQuestion,
  open: readonly EligibilityQuestion[],
): boolean {
  const others = open.filter((other) => other.id !== question.id);
  for (const rest of everyAnswer(others, answers)) {
    const results = new Set<EligibilityRule | undefined>();
    for (const full of everyAnswer([question], rest)) results.add(decidingRule(rules, full));
    if (results.size > 1) return true;
  }
  return false;
}

/** An answer that the rules no longer know (kept from an older version) counts as not given. */
function replyTo(
  question: EligibilityQuestion,
  answers: Answers,
): AnswerValue | 'skipped' | undefined {
  const reply = answers[question.id];
  if (reply === 'skipped') return reply;
  return question.values.find((value) => value === reply);
}
