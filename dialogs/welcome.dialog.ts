import type { Next, Step } from '#conversation/dialog.ts';
import type { Data } from '#conversation/json.ts';
import { type Choice, intentChoice } from '#conversation/reply.ts';
import type { TextKey } from '#conversation/text-key.ts';
import type { DeclicDialog, DeclicTurn, DeclicWorld } from './world.ts';

const doubts = intentChoice('welcome:choice.doubts', 'barrier_not_for_me', { invite: 'yes' });
const about = intentChoice('welcome:choice.about', 'programme_about');
const jobs = intentChoice('common:topic.career_explore', 'career_explore');
const eligible = intentChoice('welcome:choice.eligible', 'eligibility_check');
const dates = intentChoice('welcome:choice.dates', 'session_list');
const myBooking = intentChoice('welcome:choice.myBooking', 'booking_view');
const human: Choice = {
  title: { key: 'welcome:choice.human' },
  action: { do: 'way_out', way: 'human' },
};
const resume: Choice = { title: { key: 'common:choice.resume' }, action: { do: 'resume' } };
const beginnings: readonly Choice[] = [doubts, about, eligible];

/** Opening and closing, the menu, help, and the small courtesies of a conversation. */
export const welcomeDialog: DeclicDialog = {
  id: 'welcome',
  version: 1,
  purpose: 'Opens and closes the conversation, shows the menu, helps, and is polite',
  start: 'hello',
  steps: {
    hello: step((turn) => {
      turn.tell('welcome:hello');
      turn.say({ key: 'welcome:ask', choices: beginnings });
    }),
    greeting: step((turn) => {
      if (turn.lastSaid.length > 0 || turn.passing)
        turn.say({ key: 'welcome:greeting', choices: beginnings });
      else turn.say({ key: 'welcome:ask', choices: beginnings });
    }),
    restart: step((turn) => {
      delete turn.memory.eligibility;
      turn.say({ key: 'welcome:restart', choices: beginnings });
    }),
    menu: step(tellMenu),
    help: simple('welcome:help'),
    stop: simple('welcome:stop'),
    goodbye: simple('welcome:goodbye'),
    thanks: simple('welcome:thanks'),
    affirm: step(tellAffirm),
    deny: step(tellDeny),
    repeat: step(repeat),
    language: step(changeLanguage),
    insulted: step(answerInsult),
    unknown: step(tellUnknown),
  },
};

function step(run: (turn: DeclicTurn, data: Data) => void | Promise<void>): Step<DeclicWorld> {
  return {
    kind: 'tell',
    leads: ['end'],
    run: async (turn, data): Promise<Next> => {
      await run(turn, data);
      return 'end';
    },
  };
}

function simple(key: TextKey): Step<DeclicWorld> {
  return step((turn) => turn.tell(key));
}

async function tellMenu(turn: DeclicTurn): Promise<void> {
  const held = await turn.services.bookings.view(turn.personId);
  turn.say({
    key: 'welcome:menu',
    choices: [
      ...(turn.waiting ? [resume] : []),
      doubts,
      about,
      jobs,
      eligible,
      held === undefined ? dates : myBooking,
      human,
    ],
  });
}

/** A bare "yes": to the one thing just offered, or to which of them? */
function tellAffirm(turn: DeclicTurn): void {
  const offered = turn.lastSaid.flatMap((reply) => reply.choices ?? []);
  if (offered.length > 0) turn.say({ key: 'welcome:affirmWhich', choices: offered });
  else turn.say({ key: 'welcome:affirm', choices: beginnings });
}

/** "Not now" is kept: nothing proposes booking again unless the person brings it up. */
function tellDeny(turn: DeclicTurn, data: Data): void {
  // Only a "not now" lasts; a "no" is to what was just said.
  if (data.notNow !== undefined || turn.heard.stated('not_now')) turn.memory.notNow = true;
  turn.tell(data.notNow === undefined ? 'welcome:deny' : 'doubts:not_now');
}

function repeat(turn: DeclicTurn): void {
  if (turn.lastSaid.length === 0) turn.tell('common:nothingToRepeat');
  for (const reply of turn.lastSaid) turn.say(reply);
}

/** "Tutoie-moi", "plus simple", "in English please": switches at once when it is written. */
function changeLanguage(turn: DeclicTurn): void {
  const wanted = wantedLocale(turn);
  if (wanted === undefined || !turn.speak(wanted)) turn.tell('common:variantMissing');
  else {
    turn.tell('common:variantSet');
    for (const reply of turn.lastSaid) turn.say(reply);
  }
}

function wantedLocale({ heard, locale }: DeclicTurn): string | undefined {
  const language = heard.stated('language')?.value;
  if (language !== undefined) return language;
  const variant = heard.stated('variant')?.value;
  if (variant === undefined) return undefined;
  const base = locale.split('-')[0] ?? locale;
  return variant === 'vous' ? base : `${base}-x-${variant}`;
}

/** One calm limit, then short answers. */
function answerInsult(turn: DeclicTurn): void {
  const before = turn.memory.insults ?? 0;
  turn.memory.insults = before + 1;
  turn.tell(before === 0 ? 'programme:abuse.text' : 'programme:abuse.again');
}

const UNKNOWN = [
  'programme:unknown.first',
  'programme:unknown.second',
  'programme:unknown.third',
] as const;

/** Honestly unknown, in other words each time. */
function tellUnknown(turn: DeclicTurn): void {
  const said = new Set<string>(turn.lastSaid.map(({ key }) => key));
  const key = UNKNOWN.find((_, index) => said.has(UNKNOWN[index - 1] ?? '')) ?? UNKNOWN[0];
  turn.say({ key, choices: [human, dates] });
}
