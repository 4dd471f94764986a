import { locale, words } from './words.ts';

const timeFormat = new Intl.DateTimeFormat(locale, { hour: '2-digit', minute: '2-digit' });
const dayFormat = new Intl.DateTimeFormat(locale, {
  weekday: 'long',
  day: 'numeric',
  month: 'long',
});

const DAY_MS = 86_400_000;

const dayOf = (at: number): string => new Date(at).toDateString();

export const clockTime = (at: number): string => timeFormat.format(at);

/** "Today", "yesterday", or the day in words. */
export const dayName = (at: number, now: number): string => {
  if (dayOf(at) === dayOf(now)) return words.message.today;
  if (dayOf(at) === dayOf(now - DAY_MS)) return words.message.yesterday;
  return dayFormat.format(at);
};

export const sameDay = (one: number, other: number): boolean => dayOf(one) === dayOf(other);
