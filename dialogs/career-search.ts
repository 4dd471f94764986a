import type { Data } from '#conversation/json.ts';
import type { Text } from '#conversation/text-key.ts';
import { CAREERS, type Career } from '#knowledge/careers.ts';
import type { Intent } from '#shared/intents.ts';
import { wishesIn } from './career-subject.ts';
import type { DeclicTurn } from './world.ts';

/** What a job can be wished to be. */
export const WISHES = ['no_code', 'no_diploma', 'remote', 'short', 'no_english'] as const;
export type Wish = (typeof WISHES)[number];

/** The wish that puts the jobs in an order rather than choosing among them. */
const BEST_PAID = 'best_paid';

/** What jobs are looked for by. */
export interface Search {
  readonly wishes: readonly Wish[];
  /** In the order of their pay at the start: only those whose pay is known, and recent. */
  readonly bestPaid: boolean;
}

/** A training of up to this many months is short. */
const SHORT_MONTHS = 9;
/** Pay older than this many years is not compared with today's. */
const RECENT_YEARS = 3;

const FITS: { readonly [W in Wish]: (career: Career) => boolean } = {
  no_code: ({ code }) => code === 'none',
  no_diploma: ({ diploma }) => diploma === 'open',
  remote: ({ remote }) => remote === 'often',
  short: ({ months }) => months !== null && months.most <= SHORT_MONTHS,
  no_english: ({ english }) => english === 'none',
};

/** An intent that is a wish, where jobs are asked for. */
const WISHED_BY: readonly (readonly [Intent, Wish])[] = [
  ['career_no_code', 'no_code'],
  ['career_remote', 'remote'],
  ['barrier_no_diploma', 'no_diploma'],
  ['barrier_english', 'no_english'],
];

/** What a message, or the button that was pressed, looks for. */
export function searchOf({ heard }: DeclicTurn, data: Data): Search {
  const named = [...wishesIn(heard).map(({ value }) => value), ...String(data.by ?? '').split(',')];
  const meant = WISHED_BY.flatMap(([intent, wish]) => (heard.means(intent) ? [wish] : []));
  const asked = new Set<string>([...named, ...meant]);
  return { wishes: WISHES.filter((wish) => asked.has(wish)), bestPaid: asked.has(BEST_PAID) };
}

/** As a button carries it. */
export const carried = ({ wishes, bestPaid }: Search): string =>
  [...wishes, ...(bestPaid ? [BEST_PAID] : [])].join(',');

/** The jobs that are all that is wished, in the order of the list, or of their pay. */
export function careersFor({ wishes, bestPaid }: Search, now: Date): readonly Career[] {
  const fitting = CAREERS.filter((career) => wishes.every((wish) => FITS[wish](career)));
  return bestPaid ? byPay(fitting, now.getUTCFullYear()) : fitting;
}

function byPay(careers: readonly Career[], year: number): readonly Career[] {
  const recent = careers.filter(({ pay }) => pay !== null && year - pay.year <= RECENT_YEARS);
  return [...recent].sort((one, other) => middleOf(other) - middleOf(one));
}

const middleOf = ({ pay }: Career): number => (pay === null ? 0 : (pay.low + pay.high) / 2);

/** What the jobs were chosen by, in words. */
export function wishesText(wishes: readonly Wish[]): Text {
  return joined(wishes.map((wish): Text => ({ key: `jobs:by.${wish}` })));
}

/** "a", "a et b", "a, b et c"; more are told one inside the other. */
export function joined(texts: readonly Text[]): Text {
  const [first, second, third, ...others] = texts;
  if (first === undefined) return { key: 'jobs:by.any' };
  if (second === undefined) return first;
  if (third === undefined) return { key: 'jobs:list.two', values: { first, second } };
  const last = others.length === 0 ? third : joined([third, ...others]);
  const key = others.length === 0 ? 'jobs:list.three' : 'jobs:list.more';
  return { key, values: { first, second, third: last } };
}
