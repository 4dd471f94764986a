import type { Activity } from 'botbuilder';

/** What Teams tells of the person's client in an entity rather than in the activity itself. */
export function clientInfo(activity: Partial<Activity>): Readonly<Record<string, unknown>> {
  if (!Array.isArray(activity.entities)) return {};
  return activity.entities.find((entity) => entity?.type === 'clientInfo') ?? {};
}

/** Whether a value is a well-formed BCP 47 tag. */
export function isLocale(value: unknown): value is string {
  if (typeof value !== 'string' || value.length > 35) return false;
  return once(knownLocales, value, () =>
    accepts(() => Intl.getCanonicalLocales(value).length === 1),
  );
}

/** Whether a value is a time zone that this machine can reckon with. */
export function isTimeZone(value: unknown): value is string {
  if (typeof value !== 'string' || value === '' || value.length > 50) return false;
  return once(knownZones, value, () =>
    accepts(() => new Intl.DateTimeFormat('en', { timeZone: value }) !== undefined),
  );
}

const knownLocales = new Map<string, boolean>();
const knownZones = new Map<string, boolean>();
/** Clients send what they like: the answers to more names than this are not kept. */
const MOST_KNOWN = 500;

/** Asking the runtime costs more than the rest of a message, and most people share a few zones. */
function once(known: Map<string, boolean>, name: string, ask: () => boolean): boolean {
  const answer = known.get(name) ?? ask();
  if (known.size < MOST_KNOWN) known.set(name, answer);
  return answer;
}

function accepts(check: () => boolean): boolean {
  try {
    return check();
  } catch {
    return false;
  }
}
