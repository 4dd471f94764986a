import { DateTime } from 'luxon';
import { type CalendarKey, type CalendarWords, calendarTexts } from './calendar-words.ts';
import { isFrenchHoliday } from './french-holidays.ts';
import type { NewSession } from './session-admin.ts';

interface Slot {
  readonly title: Extract<CalendarKey, `sampleSession.${string}`>;
  /** Weeks after the one that begins next Monday. */
  readonly week: number;
  /** 1 is Monday. */
  readonly weekday: number;
  readonly from: readonly [hour: number, minute: number];
  readonly to: readonly [hour: number, minute: number];
  readonly timeZone: string;
  readonly capacity: number;
  readonly accessibility: NewSession['accessibility'];
}

const PARIS = 'Europe/Paris';

/** Morning, afternoon, evening after work, and a morning of the Antilles. */
const SLOTS: readonly Slot[] = [
  slot('discovery', [0, 2], [9, 30], [12, 0], 30, ['captions', 'replay']),
  slot('strengths', [1, 4], [14, 0], [16, 30], 25, ['captions', 'signLanguage']),
  slot('firstSteps', [2, 1], [18, 0], [20, 0], 12, ['captions']),
  slot('islands', [3, 3], [9, 0], [11, 30], 25, ['captions', 'replay'], 'America/Martinique'),
  slot('people', [4, 5], [10, 0], [12, 0], 30, ['signLanguage', 'replay']),
  slot('next', [6, 2], [9, 0], [11, 30], 30, []),
];

/**
 * Six made-up sessions in the weeks after `now`, for a service that has none yet outside
 * production. On working days only; each is marked as a sample.
 */
export function sampleSessions(
  now: Date,
  say: CalendarWords = calendarTexts('fr').say,
): readonly NewSession[] {
  const nextMonday = DateTime.fromJSDate(now, { zone: PARIS }).startOf('week').plus({ weeks: 1 });
  const sessions = SLOTS.map((each): NewSession => {
    const day = workingDay(dayOf(each, nextMonday));
    const at = ([hour, minute]: Slot['from']): Date => day.set({ hour, minute }).toJSDate();
    return {
      title: say(each.title),
      startsAt: at(each.from),
      endsAt: at(each.to),
      timeZone: each.timeZone,
      capacity: each.capacity,
      format: 'online',
      link: undefined,
      place: undefined,
      accessibility: each.accessibility,
      sample: true,
    };
  });
  // A holiday can push one beyond the next.
  return sessions.sort((one, other) => one.startsAt.getTime() - other.startsAt.getTime());
}

function slot(
  name: Slot['title'] extends `sampleSession.${infer Name}` ? Name : never,
  [week, weekday]: readonly [number, number],
  from: Slot['from'],
  to: Slot['to'],
  capacity: number,
  offers: readonly (keyof NewSession['accessibility'])[],
  timeZone = PARIS,
): Slot {
  const accessibility = {
    captions: offers.includes('captions'),
    signLanguage: offers.includes('signLanguage'),
    replay: offers.includes('replay'),
  };
  return {
    title: `sampleSession.${name}`,
    week,
    weekday,
    from,
    to,
    timeZone,
    capacity,
    accessibility,
  };
}

/** The same calendar day in the zone of the session. */
function dayOf({ week, weekday, timeZone }: Slot, nextMonday: DateTime): DateTime {
  return nextMonday
    .plus({ weeks: week, days: weekday - 1 })
    .setZone(timeZone, { keepLocalTime: true });
}

function workingDay(day: DateTime): DateTime {
  let candidate = day;
  while (candidate.weekday > 5 || isFrenchHoliday(candidate) || isYearEnd(candidate)) {
    candidate = candidate.plus({ days: 1 });
  }
  return candidate;
}

/** Nobody would believe a session between Christmas and New Year. */
const isYearEnd = (day: DateTime): boolean => day.month === 12 && day.day >= 24;
