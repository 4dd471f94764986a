import { describeWhen } from '#programme/format-when.ts';
import type { TeamWords } from './team-words.ts';

/** When something was made, on the clocks of Paris, for a table. */
export function createdWords(at: Date, say: TeamWords): string {
  const when = describeWhen(
    { startsAt: at, endsAt: at, timeZone: 'Europe/Paris' },
    undefined,
    'fr',
  );
  return say('createdAt', { day: when.date, time: when.startTime });
}
