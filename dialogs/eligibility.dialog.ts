import type { Next } from '#conversation/dialog.ts';
import { choice, type FormSpec, formDialog, type Slot } from '#conversation/form.ts';
import type { Heard } from '#conversation/heard.ts';
import type { Data } from '#conversation/json.ts';
import { intentChoice } from '#conversation/reply.ts';
import type { Text, TextKey } from '#conversation/text-key.ts';
import {
  type Answers,
  type Assessment,
  assess,
  nextQuestion,
  QUESTION_IDS,
  QUESTION_VALUES,
  type QuestionId,
} from '#programme/eligibility.ts';
import { eligibilityRules } from '#programme/eligibility-rules.ts';
import type { DeclicTurn, DeclicWorld } from './world.ts';

const SKIPPED = 'skipped';
const ADULT_AT = 18;

/** How each question is read in what people say. */
export const READERS: { readonly [Q in QuestionId]: (heard: Heard) => string | undefined } = {
  situation: (heard) => heard.stated('situation')?.value,
  place: (heard) => heard.stated('place')?.value,
  adult: (heard) => {
    const age = heard.stated('age');
    if (age !== undefined) return Number(age.value) >= ADULT_AT ? 'yes' : 'no';
    return heard.stated('adult')?.value;
  },
};

function slotFor(id: QuestionId): Slot<DeclicWorld> {
  const optional = eligibilityRules.questions.find((question) => question.id === id)?.optional;
  const step = `eligibility.${id}`;
  return {
    name: id,
    label: `eligibility:${id}.label`,
    why: `eligibility:${id}.why`,
    brief: `eligibility:${id}.brief`,
    ...(optional ? { skip: SKIPPED } : {}),
    question: (_turn, _data, round) => ({
      key: wording(id, round),
      choices: [
        ...QUESTION_VALUES[id].map((value) => choice(titleOf(id, value), step, value)),
        ...(optional ? [choice('common:choice.skip', step, SKIPPED)] : []),
      ],
    }),
    read: (heard) => READERS[id](heard) ?? (id === 'adult' ? bareYesNo(heard) : undefined),
    harvest: (heard) => READERS[id](heard),
    accepts: (value) => isValue(id, value) || (optional === true && value === SKIPPED),
    show: (value) => valueText(id, value),
  };
}

function bareYesNo(heard: Heard): string | undefined {
  // "Not now" is no age.
  if (heard.stated('not_now')) return undefined;
  const said = heard.stated('yes_no')?.value;
  if (said !== undefined) return said;
  if (heard.means('affirm')) return 'yes';
  if (heard.means('deny')) return 'no';
  // A bare "34" answers this question; elsewhere a number is only a number.
  const number = heard.stated('number');
  return number && (Number(number.value) >= ADULT_AT ? 'yes' : 'no');
}

const wording = (id: QuestionId, round: number): TextKey =>
  ([`eligibility:${id}.ask`, `eligibility:${id}.again`] as const)[round] ??
  `eligibility:${id}.last`;

const isAnswer = (id: QuestionId, value: string): boolean =>
  isValue(id, value) || value === SKIPPED;

const isValue = (id: QuestionId, value: string): boolean =>
  (QUESTION_VALUES[id] as readonly string[]).includes(value);

const titleOf = (id: QuestionId, value: string): TextKey =>
  `eligibility:${id}.choice.${value}` as TextKey;

function valueText(id: QuestionId, value: string | undefined): Text {
  if (value === undefined) return { key: 'eligibility:recap.notAsked' };
  return { key: `eligibility:${id}.value.${value}` as TextKey };
}

/** Eligibility: only the questions that the rules still need, a recap, a result with its reasons. */
const spec: FormSpec<DeclicWorld> = {
  id: 'eligibility',
  version: 1,
  purpose: 'Tells whether the programme is for the person, and the better door when it is not',
  slots: eligibilityRules.questions.map(({ id }) => slotFor(id)),
  before: {
    recall: { kind: 'tell', leads: ['fill'], run: recall },
  },
  missing: (_turn, data) => nextQuestion(eligibilityRules, answersIn(data)),
  recap: {
    summary: (_turn, data, round) => ({
      key: round === 0 ? 'eligibility:recap.text' : 'eligibility:recap.again',
      values: Object.fromEntries(
        QUESTION_IDS.map((id) => [id, valueText(id, answersIn(data)[id])]),
      ),
    }),
    confirm: 'eligibility:recap.confirm',
    why: 'eligibility:recap.why',
    later: 'eligibility:recap.later',
  },
  after: {
    done: { kind: 'tell', leads: ['end'], run: tellResult },
  },
};

export const eligibilityDialog = formDialog(spec);

/** What the person told before, about the same questions, is not asked again. */
function recall(turn: DeclicTurn, data: Data): Next {
  delete turn.memory.notNow;
  const told = { ...turn.memory.eligibility?.answers, ...turn.memory.told };
  for (const id of QUESTION_IDS) {
    const value = told[id];
    if (data[id] === undefined && value !== undefined && isAnswer(id, value)) data[id] = value;
  }
  return { to: 'fill' };
}

function answersIn(data: Data): Answers {
  return Object.fromEntries(
    QUESTION_IDS.flatMap((id) => (typeof data[id] === 'string' ? [[id, data[id]]] : [])),
  );
}

function tellResult(turn: DeclicTurn, data: Data): Next {
  const answers = answersIn(data);
  const result = assess(eligibilityRules, answers);
  turn.memory.eligibility = {
    outcome: result.outcome,
    version: result.version,
    answers: answers as { readonly [question: string]: string },
  };
  if (result.outcome === 'yes') tellYes(turn, data, result);
  else if (result.outcome === 'elsewhere') tellElsewhere(turn, result);
  else {
    turn.say({
      key: 'eligibility:team',
      choices: [
        intentChoice('eligibility:choice.human', 'human_request'),
        intentChoice('eligibility:choice.modify', 'eligibility_check'),
      ],
    });
  }
  return 'end';
}

function tellYes(turn: DeclicTurn, data: Data, { reasons }: Assessment): void {
  const [first, second] = reasons.map((reason): Text => ({ key: `eligibility:reason.${reason}` }));
  if (first === undefined) return;
  if (data.for === 'booking') {
    turn.tell('eligibility:yesBooking', { first });
    return;
  }
  turn.say({
    key: 'eligibility:yes',
    values: { first, second: second ?? '' },
    yes: { do: 'intent', intent: 'booking_create' },
    choices: [
      intentChoice('welcome:choice.book', 'booking_create'),
      intentChoice('eligibility:choice.dates', 'session_list'),
      intentChoice('common:choice.notNow', 'deny'),
    ],
  });
}

function tellElsewhere(turn: DeclicTurn, { reasons, door }: Assessment): void {
  const reason: Text = { key: `eligibility:reason.${reasons[0] ?? 'answer_missing'}` };
  turn.say({
    key: 'eligibility:elsewhere',
    values: { reason, door: door ? { key: `eligibility:door.${door}` } : '' },
    choices: [
      intentChoice('eligibility:choice.human', 'human_request'),
      intentChoice('eligibility:choice.modify', 'eligibility_check'),
    ],
  });
}
