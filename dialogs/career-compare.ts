import type { Reply } from '#conversation/reply.ts';
import type { Text } from '#conversation/text-key.ts';
import type { Career } from '#knowledge/careers.ts';
import { sourceOf } from '#knowledge/sources.ts';
import { careerChoice, type Topic, underItsName } from './career-answer.ts';
import { MOST_AT_ONCE } from './career-subject.ts';
import type { DeclicTurn } from './world.ts';

/** The first two of the jobs side by side, a message each, in short lines. */
export function compareCareers(turn: DeclicTurn, careers: readonly Career[]): void {
  sayBoth(turn, careers, (career) => sideOf(turn, career));
}

/** The same question about both. */
export function tellBoth(turn: DeclicTurn, careers: readonly Career[], topic: Topic): void {
  sayBoth(turn, careers, (career) => underItsName(career, topic));
}

/** One more than are told: a third job that was named is a button too. */
const MOST_CHOICES = 3;

function sayBoth(
  turn: DeclicTurn,
  careers: readonly Career[],
  replyOn: (career: Career) => Reply,
): void {
  const choices = careers.slice(0, MOST_CHOICES).map(careerChoice);
  const two = careers.slice(0, MOST_AT_ONCE).map(replyOn);
  for (const [index, reply] of two.entries()) {
    turn.say(index === two.length - 1 ? { ...reply, choices } : reply);
  }
}

function sideOf(turn: DeclicTurn, career: Career): Reply {
  const { id, diploma, remote } = career;
  return {
    key: 'jobs:side.all',
    values: {
      name: { key: `careers:${id}.button` },
      day: line('jobs:side.day', { key: `jobs:brief.${id}` }),
      diploma: line('jobs:side.diploma', { key: `jobs:diploma.${diploma}` }),
      months: line('jobs:side.months', monthsOf(career)),
      pay: line('jobs:side.pay', payOf(turn, career)),
      remote: line('jobs:side.remote', { key: `jobs:remote.${remote}` }),
    },
  };
}

const line = (label: Text['key'], text: Text): Text => ({
  key: 'jobs:label',
  values: { label: { key: label }, text },
});

const A_YEAR = 12;

function monthsOf({ months }: Career): Text {
  if (months === null) return { key: 'jobs:months.unknown' };
  return { key: months.most <= A_YEAR ? 'jobs:months.short' : 'jobs:months.long' };
}

/** "22 900 à 25 000 € brut par an (ma-remuneration.fr, 2025)". */
function payOf({ locale }: DeclicTurn, { pay }: Career): Text {
  if (pay === null) return { key: 'jobs:pay.unknown' };
  const euros = new Intl.NumberFormat(locale);
  const source = new URL(sourceOf(pay.source).url).hostname.replace(/^www\./, '');
  const { low, high, year } = pay;
  return {
    key: 'jobs:pay.known',
    values: { low: euros.format(low), high: euros.format(high), source, year: String(year) },
  };
}
