import type { Intent } from '#shared/intents.ts';
import type { SourceId } from './sources.ts';

/** A ready answer: `programme:<key>.text`, then `.more` when the namespace has it. */
export interface Answer {
  readonly intent: Intent;
  readonly key: string;
  /** Empty when the answer says nothing about the world. */
  readonly sources: readonly SourceId[];
}

const careers = (intent: Extract<Intent, `career_${string}`>) =>
  ({ intent, key: 'careers_soon', sources: ['R55', 'R56', 'P1'] }) as const satisfies Answer;

export const ANSWERS = [
  {
    intent: 'programme_about',
    key: 'programme_about',
    sources: ['P1', 'P4', 'P5', 'P7', 'P8', 'P22'],
  },
  { intent: 'programme_price', key: 'programme_price', sources: ['P4', 'P5', 'P6', 'P8'] },
  { intent: 'programme_duration', key: 'programme_duration', sources: ['P2', 'P5', 'P6'] },
  { intent: 'programme_content', key: 'programme_content', sources: ['P1', 'P4', 'P5'] },
  { intent: 'programme_format', key: 'programme_format', sources: ['P2', 'P5', 'P8'] },
  { intent: 'programme_results', key: 'programme_results', sources: ['P1', 'B80'] },
  {
    intent: 'programme_next_step',
    key: 'programme_next_step',
    sources: ['P1', 'R27', 'R35', 'R45', 'R55'],
  },
  { intent: 'programme_rights', key: 'programme_rights', sources: ['R1', 'R7', 'R10'] },
  { intent: 'programme_accommodation', key: 'programme_accommodation', sources: ['P5'] },
  { intent: 'role_models', key: 'role_models', sources: ['N1', 'N2', 'N9', 'P1'] },
  {
    intent: 'partner_france_travail',
    key: 'partner_france_travail',
    sources: ['P1', 'P4', 'P17', 'P22'],
  },
  { intent: 'partner_apec', key: 'partner_apec', sources: ['P1', 'P15', 'P16', 'R55', 'R69'] },
  { intent: 'sister_leadership', key: 'sister_leadership', sources: ['P1', 'P8', 'P21', 'P26'] },
  { intent: 'sister_tech_your_place', key: 'sister_tech_your_place', sources: ['P33', 'P21'] },
  careers('career_match'),
  careers('career_reconversion'),
  {
    intent: 'report_discrimination',
    key: 'report_discrimination',
    sources: ['B41', 'N15'],
  },
  { intent: 'advisor_referral', key: 'advisor_referral', sources: ['P5', 'P8'] },
  { intent: 'feedback', key: 'feedback', sources: [] },
  { intent: 'abuse', key: 'abuse', sources: [] },
  { intent: 'bot_identity', key: 'bot_identity', sources: ['P8'] },
] as const satisfies readonly Answer[];

/** The ready answer to this intent, when there is one. Not knowing (`none`) has its own words. */
export const answerFor = (intent: Intent): (typeof ANSWERS)[number] | undefined =>
  ANSWERS.find((answer) => answer.intent === intent);
