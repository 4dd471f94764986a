import { type Choice, intentChoice } from '#conversation/reply.ts';
import type { Text } from '#conversation/text-key.ts';
import { CAREER_FAMILIES, CAREERS, type Career } from '#knowledge/careers.ts';
import { careerChoice } from './career-answer.ts';
import { careersFor, carried, joined, type Search, wishesText } from './career-search.ts';
import type { DeclicTurn } from './world.ts';

type Family = Career['family'];

/** As many buttons as WhatsApp's lists have. */
const MOST_SHOWN = 10;
/** Of those with known pay, as many as are worth comparing. */
const BEST = 5;
const EXAMPLES = 3;
/** Conditions that are offered one by one when no job has them all. */
const ALONE = 3;

/** The family that a button, or whoever forged one, names. */
export const familyNamed = (name: unknown): Family | undefined =>
  CAREER_FAMILIES.find((family) => family === name);

/** Families by tens; or the jobs that are all that is wished, by family when there are many. */
export function tellList(turn: DeclicTurn, search: Search, page: number): void {
  const careers = careersFor(search, turn.now);
  if (careers.length === 0) tellNone(turn, search);
  else if (turn.passing) tellBriefly(turn, search, careers);
  else if (search.bestPaid) tellBestPaid(turn, search, careers);
  else if (careers.length < MOST_SHOWN) tellFew(turn, search, careers);
  else tellFamilies(turn, search, careers, page);
}

function tellFamilies(
  turn: DeclicTurn,
  search: Search,
  careers: readonly Career[],
  page: number,
): void {
  const families = openFirst(careers);
  const pageSize = families.length > MOST_SHOWN ? MOST_SHOWN - 1 : MOST_SHOWN;
  const at = page % Math.ceil(families.length / pageSize);
  turn.say({
    ...(at > 0 ? { key: 'jobs:families.more' } : overFamilies(search, careers)),
    choices: [
      ...families
        .slice(at * pageSize, (at + 1) * pageSize)
        .map((family) => familyChoice(family, search)),
      ...(families.length > pageSize ? [moreChoice(search, at + 1)] : []),
    ],
  });
}

const overFamilies = ({ wishes }: Search, careers: readonly Career[]): Text =>
  wishes.length === 0
    ? { key: 'jobs:families.ask' }
    : {
        key: 'jobs:search.families',
        values: { count: careers.length, by: wishesText(wishes) },
      };

/** Families with the most jobs that ask for little at the door come first. */
function openFirst(careers: readonly Career[]): readonly Family[] {
  return CAREER_FAMILIES.filter((family) => careers.some((career) => career.family === family))
    .map((family) => ({ family, doors: doorsOf(family) }))
    .sort((one, other) => other.doors - one.doors)
    .map(({ family }) => family);
}

const doorsOf = (family: Family): number =>
  CAREERS.filter((career) => career.family === family)
    .map(({ diploma, code }) => (diploma === 'open' ? 2 : Number(code === 'none')))
    .reduce((sum, doors) => sum + doors, 0);

/** The jobs of a family; those that are all that is wished, when there are any. */
export function tellFamily(turn: DeclicTurn, family: Family, search: Search): void {
  const all = CAREERS.filter((career) => career.family === family);
  const fitting = careersFor({ ...search, bestPaid: false }, turn.now).filter((career) =>
    all.includes(career),
  );
  const narrowed = search.wishes.length > 0 && fitting.length > 0;
  const careers = narrowed ? fitting : all;
  turn.say({
    ...overFamily(turn, family, careers, narrowed ? search : undefined),
    choices: [...careers.slice(0, MOST_SHOWN - 1).map(careerChoice), families],
  });
}

function overFamily(
  turn: DeclicTurn,
  family: Family,
  careers: readonly Career[],
  search: Search | undefined,
): Text {
  const about: Text = { key: `jobs:family.${family}.text` };
  if (turn.passing) {
    return { key: 'jobs:search.familyBrief', values: { about, examples: examplesOf(careers) } };
  }
  if (search === undefined) return { key: 'jobs:families.one', values: { about } };
  return { key: 'jobs:search.family', values: { about, by: wishesText(search.wishes) } };
}

function tellFew(turn: DeclicTurn, { wishes }: Search, careers: readonly Career[]): void {
  turn.say({
    key: 'jobs:search.careers',
    values: { count: careers.length, by: wishesText(wishes) },
    choices: [...careers.map(careerChoice), families],
  });
}

/** In the middle of something else: how many, and a few by name. */
function tellBriefly(turn: DeclicTurn, search: Search, careers: readonly Career[]): void {
  const examples = examplesOf(careers);
  if (search.bestPaid) turn.say({ key: 'jobs:search.paidBrief', values: { examples } });
  else if (search.wishes.length === 0) turn.say({ key: 'jobs:families.brief' });
  else {
    const by = wishesText(search.wishes);
    turn.say({ key: 'jobs:search.brief', values: { count: careers.length, by, examples } });
  }
}

const examplesOf = (careers: readonly Career[]): Text =>
  joined(careers.slice(0, EXAMPLES).map(({ id }): Text => ({ key: `careers:${id}.button` })));

function tellBestPaid(turn: DeclicTurn, { wishes }: Search, careers: readonly Career[]): void {
  const count = careers.length;
  turn.say({
    ...(wishes.length === 0
      ? { key: 'jobs:search.paid', values: { count } }
      : { key: 'jobs:search.paidBy', values: { count, by: wishesText(wishes) } }),
    choices: [
      ...careers
        .slice(0, BEST)
        .map(({ id }) => intentChoice(`careers:${id}.button`, 'career_salary', { career: id })),
      families,
    ],
  });
}

/** No job is all that; each condition alone may have some. */
function tellNone(turn: DeclicTurn, { wishes, bestPaid }: Search): void {
  const conditions = [...wishes, ...(bestPaid ? (['best_paid'] as const) : [])];
  const choices =
    conditions.length < 2
      ? [families]
      : conditions
          .slice(0, ALONE)
          .map((by) => intentChoice(`jobs:choice.${by}`, 'career_explore', { by }));
  turn.say({ key: noneKey(wishes.length, bestPaid), values: { by: wishesText(wishes) }, choices });
}

const noneKey = (wishes: number, bestPaid: boolean) => {
  if (bestPaid) return 'jobs:search.nonePaid';
  return wishes > 1 ? 'jobs:search.none' : 'jobs:search.noneAlone';
};

export const families: Choice = intentChoice('jobs:choice.families', 'career_explore');

const familyChoice = (family: Family, search: Search): Choice =>
  intentChoice(`jobs:family.${family}.button`, 'career_explore', {
    family,
    ...carriedBy(search),
  });

const moreChoice = (search: Search, page: number): Choice =>
  intentChoice('jobs:choice.more', 'career_explore', {
    page: String(page),
    ...carriedBy(search),
  });

const carriedBy = (search: Search): Readonly<Record<string, string>> =>
  carried(search) === '' ? {} : { by: carried(search) };
