import type { Entity } from '#shared/recognition.ts';
import { addDays, type CalendarDay, isoDay, weekdayOf } from './calendar-day.ts';
import { longest, type Mark, type Sentence } from './sentence.ts';

const WEEK = 7;

/**
 * Days of the week: "mardi", "next Tuesday", "mardi en huit"; the past ones are not for us. One that
 * stands just before a date says the same day again, and becomes part of it.
 * @returns the dates of the message, those that were known widened where a weekday joins them
 */
export const withWeekdays = (
  sentence: Sentence,
  known: readonly Entity[],
  today: CalendarDay,
): Entity[] => {
  const dates = [...known];
  for (const mark of longest(sentence, 'weekday')) {
    if (beside(sentence, mark, 'last') !== undefined) continue;
    const next = sentence.at('cue', mark.to, 'article')?.to ?? mark.to;
    const joined = dates.findIndex(({ start }) => start === sentence.words[next]?.start);
    const date = dates[joined];
    if (date === undefined) dates.push(nextSuch(sentence, mark, today));
    else dates[joined] = widened(sentence, mark, date);
  }
  return dates;
};

const widened = (sentence: Sentence, mark: Mark, date: Entity): Entity => {
  const { start } = sentence.entity('date', date.value, mark.from, mark.to);
  return { ...date, start, text: sentence.text.slice(start, date.end) };
};

const nextSuch = (sentence: Sentence, mark: Mark, today: CalendarDay): Entity => {
  const weekday = Number(mark.value);
  const ahead = (weekday - weekdayOf(today) + WEEK) % WEEK || WEEK;
  const later = sentence.at('cue', mark.to, 'week_later');
  const next = beside(sentence, mark, 'next');
  const day = addDays(today, ahead + (later === undefined ? 0 : WEEK));
  const from = Math.min(mark.from, next?.from ?? mark.from);
  const to = Math.max(mark.to, next?.to ?? 0, later?.to ?? 0);
  return sentence.entity('date', isoDay(day), from, to);
};

const beside = (sentence: Sentence, { from, to }: Mark, value: string): Mark | undefined =>
  sentence.at('cue', to, value) ?? sentence.before('cue', from, value);
