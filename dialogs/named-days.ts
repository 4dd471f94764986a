import type { Heard } from '#conversation/heard.ts';
import { dayInWords } from '#programme/format-when.ts';
import type { Entity } from '#shared/recognition.ts';

/** A day that a message names, as exactly as it does. */
export type NamedDay =
  /** "le 9 décembre", "demain", "mercredi prochain": an ISO day. */
  | { readonly kind: 'day'; readonly day: string }
  /** "le 10": a day of some month. */
  | { readonly kind: 'number'; readonly number: number }
  /** "mercredi": any of them. `day` is the next one. */
  | { readonly kind: 'weekday'; readonly day: string }
  /** "en janvier": 1 to 12. */
  | { readonly kind: 'month'; readonly month: number };

const LAST_DAY_OF_MONTH = 31;
const STOPS = [',', '.', ';', '!', '?', '\n'];

/**
 * The days that a message names and does not turn down ("pas le 10", "le 10 je peux pas"), the most
 * exact ones only. A number is a day alone, after "le", "du", "au", or after a weekday.
 */
export function namedDays(heard: Heard, locale: string): readonly NamedDay[] {
  const spans = [
    ...heard.allStated('date').map((entity) => ({ entity, named: dayOf(entity, locale) })),
    ...heard
      .allStated('number')
      .filter((entity) => isDayNumber(heard, entity))
      .map((entity) => ({
        entity,
        named: { kind: 'number', number: Number(entity.value) } as const,
      })),
    ...heard.allStated('month').map((entity) => ({
      entity,
      named: { kind: 'month', month: Number(entity.value) } as const,
    })),
  ];
  const entities = spans.map(({ entity }) => entity);
  const meant = spans
    .filter(({ entity }) => !isTurnedDown(heard, entity, entities))
    .map(({ named }) => named);
  const exact = meant.filter(({ kind }) => kind === 'day' || kind === 'number');
  return exact.length > 0 ? exact : meant;
}

/** "La plus proche", "n'importe laquelle": the first that has room will do. */
export function anyWillDo(heard: Heard): boolean {
  return cuesOf(heard, 'soonest').some((cue) => !isTurnedDown(heard, cue, [cue]));
}

const cuesOf = ({ recognition }: Heard, ...values: readonly string[]): readonly Entity[] =>
  recognition.entities.filter(({ kind, value }) => kind === 'cue' && values.includes(value));

function dayOf({ value, text }: Entity, locale: string): NamedDay {
  const weekday = fold(dayInWords(value, locale).weekday);
  const said = fold(text);
  const alone = said.length > 2 && (weekday.startsWith(said) || said === `${weekday}s`);
  return { kind: alone ? 'weekday' : 'day', day: value };
}

function isDayNumber(heard: Heard, number: Entity): boolean {
  const value = Number(number.value);
  if (value < 1 || value > LAST_DAY_OF_MONTH) return false;
  const { entities } = heard.recognition;
  const touches = (from: number, to: number): boolean =>
    from <= to && heard.text.slice(from, to).trim() === '';
  // "Le 31 février" is no day.
  if (entities.some(({ kind, start }) => kind === 'month' && touches(number.end, start))) {
    return false;
  }
  if (fold(heard.text) === fold(number.text)) return true;
  return entities.some(
    ({ kind, value: cue, end }) =>
      (kind === 'date' || (kind === 'cue' && cue === 'day')) && touches(end, number.start),
  );
}

/**
 * Whether words of refusal are about this day: they stand before it in its clause, or after it with
 * no other day behind them.
 */
function isTurnedDown(heard: Heard, entity: Entity, days: readonly Entity[]): boolean {
  const [from, to] = clauseOf(heard, entity);
  return cuesOf(heard, 'not').some(({ start, end }) => {
    if (start < from || end > to) return false;
    if (start <= entity.start) return true;
    return !days.some((other) => other.start >= end && other.end <= to);
  });
}

/** Clauses end at a sign, at "but", and where people correct themselves. */
function clauseOf(heard: Heard, { start, end }: Entity): readonly [number, number] {
  const turns = cuesOf(heard, 'but', 'correction').map((cue) => cue.start);
  const before = [
    ...STOPS.map((stop) => heard.text.lastIndexOf(stop, start - 1)),
    ...turns.filter((at) => at < start),
  ];
  const after = [
    ...STOPS.map((stop) => heard.text.indexOf(stop, end)).filter((at) => at >= 0),
    ...turns.filter((at) => at >= end),
  ];
  return [Math.max(0, ...before), Math.min(heard.text.length, ...after)];
}

const fold = (text: string): string =>
  text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
