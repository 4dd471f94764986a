import type { Next } from '#conversation/dialog.ts';
import type { Data } from '#conversation/json.ts';
import { type Choice, intentChoice } from '#conversation/reply.ts';
import { answerFor } from '#knowledge/answers.ts';
import { isIntent } from '#shared/intents.ts';
import { families } from './career-list.ts';
import type { DeclicDialog, DeclicTurn } from './world.ts';

/** What is known about the programme and around it, from sources; what is not is said unknown. */
export const answersDialog: DeclicDialog = {
  id: 'answers',
  version: 1,
  purpose: 'Answers questions about the programme, its partners, rights and the assistant itself',
  start: 'tell',
  steps: { tell: { kind: 'tell', leads: ['end'], run: tellAnswers } },
};

/** In passing one answer; alone, up to two. */
function tellAnswers(turn: DeclicTurn, data: Data): Next {
  const intents = (Array.isArray(data.intents) ? data.intents.map(String) : []).filter(isIntent);
  // Which job suits somebody and what a former job leads to have one honest answer for now.
  const answers = [...new Set(intents.flatMap((intent) => answerFor(intent) ?? []))];
  for (const [index, answer] of answers.slice(0, turn.passing ? 1 : 2).entries()) {
    const choices = index === 0 && answers.length > 1 ? [] : nextChoices(turn, answer.intent);
    const alone = answers.length === 1 && !turn.passing;
    if (!alone || !hasMore(answer)) turn.say({ key: `programme:${answer.key}.text`, choices });
    else {
      turn.tell(`programme:${answer.key}.text`);
      turn.say({ key: `programme:${answer.key}.more`, choices });
    }
  }
  return 'end';
}

type Answer = NonNullable<ReturnType<typeof answerFor>>;

/** Most answers come in two messages. */
const hasMore = (answer: Answer): answer is Exclude<Answer, { key: 'feedback' | 'abuse' }> =>
  answer.key !== 'feedback' && answer.key !== 'abuse';

/** One or two places to go from here; never booking after a "not now". */
function nextChoices(turn: DeclicTurn, intent: string): readonly Choice[] {
  if (QUIET.has(intent)) return [];
  if (intent === 'report_discrimination') {
    return [intentChoice('common:choice.human', 'human_request')];
  }
  if (intent.startsWith('career_')) return [families];
  if (turn.memory.notNow) return [];
  return [
    intentChoice('welcome:choice.eligible', 'eligibility_check'),
    intentChoice('welcome:choice.dates', 'session_list'),
  ];
}

/** After these, nothing is offered: it would be out of tune. */
const QUIET = new Set([
  'abuse',
  'feedback',
  'bot_identity',
  'advisor_referral',
  'sister_leadership',
  'sister_tech_your_place',
]);
