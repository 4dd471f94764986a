import type { Intent } from '#shared/intents.ts';
import type { SourceId } from './sources.ts';

type DoubtIntent = Extract<Intent, `barrier_${string}`>;

/** What may be offered after a doubt: the buttons of `doubts:buttons`. */
export type DoubtStep = 'hear_someone' | 'see_jobs' | 'check_eligibility' | 'see_dates' | 'not_now';

/** Someone like them: a real person who told their story in public, or a path that says it is made up. */
type RoleModel =
  | { readonly kind: 'person'; readonly who: string; readonly source: SourceId }
  | { readonly kind: 'composite' };

/** How one doubt is answered. The sentences are `doubts:<key>.hear`, `.fact`, `.model`, `.step` and `.again`. */
export interface Doubt {
  readonly intent: DoubtIntent;
  readonly key: string;
  /** What the first answer rests on. */
  readonly sources: readonly SourceId[];
  /** What the second answer (`again`) rests on. */
  readonly sourcesAgain: readonly SourceId[];
  readonly model: RoleModel;
  /** Two or three; the last is always `not_now`, and `hear_someone` is there: it pushes nobody. */
  readonly steps: readonly DoubtStep[];
}

export const DOUBTS = [
  {
    intent: 'barrier_not_for_me',
    key: 'not_for_me',
    sources: ['P1', 'B4', 'P5'],
    sourcesAgain: ['B74'],
    model: { kind: 'person', who: 'Alissone', source: 'B95' },
    steps: ['hear_someone', 'see_jobs', 'not_now'],
  },
  {
    intent: 'barrier_no_diploma',
    key: 'no_diploma',
    sources: ['B6', 'R48', 'P1'],
    sourcesAgain: ['P31'],
    model: { kind: 'composite' },
    steps: ['see_jobs', 'hear_someone', 'not_now'],
  },
  {
    intent: 'barrier_maths',
    key: 'maths',
    sources: ['B17', 'B18'],
    sourcesAgain: ['B19', 'B20'],
    model: { kind: 'person', who: 'an author of the site Docstring', source: 'B96' },
    steps: ['hear_someone', 'see_jobs', 'not_now'],
  },
  {
    intent: 'barrier_age',
    key: 'age',
    sources: ['B21', 'B6', 'B41'],
    sourcesAgain: ['R25', 'P1'],
    model: { kind: 'person', who: 'Guillaume Caron', source: 'N2' },
    steps: ['hear_someone', 'see_dates', 'not_now'],
  },
  {
    intent: 'barrier_gender',
    key: 'gender',
    sources: ['B6', 'B4', 'P1'],
    sourcesAgain: ['B5', 'N11'],
    model: { kind: 'person', who: 'Jessica Kuijer', source: 'N1' },
    steps: ['hear_someone', 'see_dates', 'not_now'],
  },
  {
    intent: 'barrier_disability',
    key: 'disability',
    sources: ['B26', 'P5'],
    sourcesAgain: ['R63', 'R64', 'R65'],
    model: { kind: 'person', who: 'Stéphane Hagues', source: 'B33' },
    steps: ['see_dates', 'hear_someone', 'not_now'],
  },
  {
    intent: 'barrier_origin',
    key: 'origin',
    sources: ['B34', 'B41', 'N15', 'B42'],
    sourcesAgain: ['P7', 'P8', 'P26'],
    model: { kind: 'person', who: 'Souad Boutegrabet', source: 'P31' },
    steps: ['hear_someone', 'check_eligibility', 'not_now'],
  },
  {
    intent: 'barrier_french',
    key: 'french',
    sources: ['B20'],
    sourcesAgain: ['B64', 'B65'],
    model: { kind: 'person', who: 'Suliman', source: 'N6' },
    steps: ['see_dates', 'hear_someone', 'not_now'],
  },
  {
    intent: 'barrier_english',
    key: 'english',
    sources: ['B66', 'B67', 'B68'],
    sourcesAgain: ['B68'],
    model: { kind: 'person', who: 'Déborah Jabes', source: 'N7' },
    steps: ['hear_someone', 'see_jobs', 'not_now'],
  },
  {
    intent: 'barrier_digital_skills',
    key: 'digital_skills',
    sources: ['B51', 'B56'],
    sourcesAgain: ['P4', 'B58'],
    model: { kind: 'person', who: 'Ilette Nedjar', source: 'N4' },
    steps: ['hear_someone', 'see_jobs', 'not_now'],
  },
  {
    intent: 'barrier_equipment',
    key: 'equipment',
    sources: ['B51', 'B53'],
    sourcesAgain: ['B58'],
    model: { kind: 'composite' },
    steps: ['see_dates', 'hear_someone', 'not_now'],
  },
  {
    intent: 'barrier_money',
    key: 'money',
    sources: ['P5', 'P8', 'R1', 'R22'],
    sourcesAgain: ['B60'],
    model: { kind: 'composite' },
    steps: ['check_eligibility', 'hear_someone', 'not_now'],
  },
  {
    intent: 'barrier_time',
    key: 'time',
    sources: ['P1', 'P2', 'P5'],
    sourcesAgain: ['R49', 'R51'],
    model: { kind: 'person', who: 'Sandra Valade', source: 'N3' },
    steps: ['see_dates', 'hear_someone', 'not_now'],
  },
  {
    intent: 'barrier_location',
    key: 'location',
    sources: ['B45', 'P8'],
    sourcesAgain: ['B49', 'R55'],
    model: { kind: 'person', who: 'Lucie Beauge', source: 'N5' },
    steps: ['see_dates', 'hear_someone', 'not_now'],
  },
  {
    intent: 'barrier_job_gap',
    key: 'job_gap',
    sources: ['B60', 'N10', 'R46'],
    sourcesAgain: ['B59', 'R55', 'R56'],
    model: { kind: 'person', who: 'Bruno Morvan', source: 'N2' },
    steps: ['hear_someone', 'see_jobs', 'not_now'],
  },
  {
    intent: 'barrier_fear_of_failure',
    key: 'fear_of_failure',
    sources: ['P1'],
    sourcesAgain: ['B89'],
    model: { kind: 'person', who: 'Jessica, developer', source: 'N8' },
    steps: ['see_dates', 'hear_someone', 'not_now'],
  },
] as const satisfies readonly Doubt[];

/** How to answer this intent when it is a doubt. */
export const doubtFor = (intent: Intent): (typeof DOUBTS)[number] | undefined =>
  DOUBTS.find((doubt) => doubt.intent === intent);
