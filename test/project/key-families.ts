import { WISHES } from '#dialogs/career-search.ts';
import { NEVER_OFFERED } from '#dialogs/routes.ts';
import { ANSWERS } from '#knowledge/answers.ts';
import { BRIDGES, careersFrom, DAYS, KEEPS } from '#knowledge/bridges.ts';
import { CAREER_ANSWERS } from '#knowledge/career-answers.ts';
import { CAREER_FAMILIES, CAREER_PARTS, CAREERS } from '#knowledge/careers.ts';
import { DOUBTS } from '#knowledge/doubts.ts';
import { DOOR_IDS, QUESTION_IDS, QUESTION_VALUES, REASON_IDS } from '#programme/eligibility.ts';
import { eligibilityRules } from '#programme/eligibility-rules.ts';
import { INTENT_NAMES } from '#shared/intents.ts';
import { SESSION_FIELDS } from '#src/cli/session-fields.ts';
import { HOLE, literalsOf } from './source-code.ts';

/** A key that code puts together, and everything that can be put in. */
export interface KeyFamily {
  /** As the code writes it, with `{}` for what varies. */
  readonly written: string;
  /** What fills each `{}`, in order: one line a key. */
  readonly values: readonly (readonly string[])[];
  /** Whether each line makes a key; else the values are all the strings of a file, keys among them. */
  readonly exact: boolean;
  /** Where the values come from. */
  readonly why: string;
}

const family = (
  written: string,
  values: readonly (string | readonly string[])[],
  why: string,
): KeyFamily => ({
  written,
  values: values.map((one) => (typeof one === 'string' ? [one] : one)),
  exact: true,
  why,
});

/** For a list that stays inside its file. */
const familyFrom = (written: string, ...files: readonly string[]): KeyFamily => ({
  written,
  values: literalsOf(...files).flatMap(({ kind, text }) => (kind === 'string' ? [[text]] : [])),
  exact: false,
  why: `lists of ${files.join(', ')}`,
});

const doubts = DOUBTS.map(({ key }) => key);
const careers = CAREERS.map(({ id }) => id);
const answers = [...new Set(ANSWERS.map(({ key }) => key))];
const atLarge = CAREER_ANSWERS.map(({ key }) => key).filter((key) => key !== 'unknown');
const inOneMessage: readonly string[] = ['feedback', 'abuse'];
const topics = INTENT_NAMES.filter((intent) => !NEVER_OFFERED.has(intent));
const optional = eligibilityRules.questions.filter((question) => question.optional);

const DANGERS = ['self', 'violence', 'relative'] as const;
const HELPS = ['yes', 'maybe_yes', 'unsaid', 'unnamed', 'violence', 'relative'] as const;

const EVERY_BRIDGE = 'src/knowledge/bridges.json';
const EVERY_DOUBT = 'DOUBTS of src/knowledge/doubts.ts';
const EVERY_ANSWER = 'ANSWERS of src/knowledge/answers.ts';
const EVERY_CAREER = 'CAREERS of src/knowledge/careers.ts, told by dialogs/careers.dialog.ts';
const EVERY_QUESTION = 'QUESTION_VALUES of src/programme/eligibility.ts';
const STATUS = 'the statuses of src/programme';

export const TALK_FAMILIES: readonly KeyFamily[] = [
  ...['hear', 'fact', 'model', 'step', 'again', 'name'].map((beat) =>
    family(`doubts:{}.${beat}`, doubts, EVERY_DOUBT),
  ),
  family('programme:{}.text', answers, EVERY_ANSWER),
  family(
    'programme:{}.more',
    answers.filter((key) => !inOneMessage.includes(key)),
    EVERY_ANSWER,
  ),
  ...['name', 'button'].map((part) => family(`careers:{}.${part}`, careers, EVERY_CAREER)),
  family(
    'careers:{}.{}',
    careers.flatMap((id) => CAREER_PARTS.map((part) => [id, part])),
    EVERY_CAREER,
  ),
  family(
    'jobs:{}',
    ['strengths', 'entry'],
    'what is told after a day, in dialogs/career-answer.ts',
  ),
  family('jobs:brief.{}', careers, EVERY_CAREER),
  ...['button', 'text'].map((part) =>
    family(
      `jobs:family.{}.${part}`,
      CAREER_FAMILIES,
      'CAREER_FAMILIES of src/knowledge/careers.ts',
    ),
  ),
  ...['code', 'diploma', 'remote'].map((trait) =>
    family(
      `jobs:${trait}.{}`,
      [...new Set(CAREERS.map((career) => career[trait as 'code' | 'diploma' | 'remote']))],
      EVERY_CAREER,
    ),
  ),
  family('jobs:by.{}', WISHES, 'WISHES of dialogs/career-search.ts'),
  family('jobs:choice.{}', [...WISHES, 'best_paid'], 'WISHES of dialogs/career-search.ts'),
  ...['text', 'more'].map((part) =>
    family(`jobs:general.{}.${part}`, atLarge, 'CAREER_ANSWERS of src/knowledge/career-answers.ts'),
  ),
  family(
    'bridges:job.{}.strengths',
    BRIDGES.map(({ id }) => id),
    EVERY_BRIDGE,
  ),
  family(
    'bridges:job.{}.why.{}',
    BRIDGES.flatMap(({ id, careers: ids }) => ids.map((career) => [id, career])),
    EVERY_BRIDGE,
  ),
  family('bridges:family.{}.strengths', DAYS, EVERY_BRIDGE),
  family(
    'bridges:family.{}.why.{}',
    DAYS.flatMap((day) => careersFrom(day).map((career) => [day, career])),
    EVERY_BRIDGE,
  ),
  family('bridges:day.choice.{}', DAYS, EVERY_BRIDGE),
  family('bridges:keep.choice.{}', [...KEEPS, 'any'], `${EVERY_BRIDGE}, and "never mind"`),
  family('bridges:keep.heard.{}', KEEPS, EVERY_BRIDGE),
  ...['label', 'why', 'ask', 'brief', 'again', 'last'].map((part) =>
    family(`eligibility:{}.${part}`, QUESTION_IDS, EVERY_QUESTION),
  ),
  family(
    'eligibility:{}.choice.{}',
    QUESTION_IDS.flatMap((id) => QUESTION_VALUES[id].map((value) => [id, value])),
    EVERY_QUESTION,
  ),
  family(
    'eligibility:{}.value.{}',
    [
      ...QUESTION_IDS.flatMap((id) => QUESTION_VALUES[id].map((value) => [id, value])),
      ...optional.map(({ id }) => [id, 'skipped']),
    ],
    `${EVERY_QUESTION}, and "I would rather not say"`,
  ),
  family('eligibility:reason.{}', REASON_IDS, 'reasons that the rules can give'),
  family('eligibility:door.{}', DOOR_IDS, 'doors that the rules can show'),
  family('common:topic.{}', topics, 'intents that can be offered as a guess'),
  family('safety:{}.text', HELPS, 'what is told of a danger'),
  family('safety:{}.more', HELPS, 'what is told of a danger'),
  family('safety:call_back.{}', DANGERS, 'Danger of dialogs/world.ts'),
  family('safety:beside_form.{}', DANGERS, 'Danger of dialogs/world.ts'),
  family('booking:format.{}', ['online', 'on_site', 'hybrid'], 'formats of a session'),
  family('booking:format.{}_at', ['on_site', 'hybrid'], 'formats that have a place'),
];

export const TEAM_FAMILIES: readonly KeyFamily[] = [
  familyFrom('heading.{}', 'src/cli/*.ts'),
  family('column.{}', SESSION_FIELDS, 'SESSION_FIELDS of src/cli/session-fields.ts'),
  family('problem.{}', ['missing', 'ambiguous'], 'hours that clock changes skip or repeat'),
  family('bookingStatus.{}', ['booked', 'waiting', 'cancelled'], STATUS),
  family('callback.{}', ['done', 'already', 'unknown'], 'what `done` comes to'),
  family('callbackStatus.{}', ['open', 'done'], STATUS),
  family('sessionStatus.{}', ['open', 'closed', 'cancelled', 'past'], STATUS),
  family('value.{}', ['online', 'on_site', 'hybrid'], 'formats of a session'),
  familyFrom('zoneName.{}', 'src/cli/read-field.ts'),
];

export const CALENDAR_FAMILIES: readonly KeyFamily[] = [
  // Any zone can be a session's; those that the team can name are said by name.
  familyFrom('zone.{}', 'src/cli/read-field.ts'),
  familyFrom('sampleSession.{}', 'src/programme/sample-sessions.ts'),
];

/** The key that each line of values makes. */
export const keysOf = ({ written, values }: KeyFamily): readonly string[] =>
  values.map((line) => line.reduce((key, value) => key.replace(HOLE, value), written));
