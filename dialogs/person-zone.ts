import { overseasZone } from '#programme/overseas-zones.ts';
import type { DeclicMemory, DeclicTurn } from './world.ts';

const MAINLAND = 'Europe/Paris';
const PLACES = ['region', 'department', 'city'];

/** Keeps the zone of the overseas place that people say they live in. */
export function noticeTerritory({ heard, memory }: DeclicTurn): void {
  const named = PLACES.flatMap((kind) => heard.allStated(kind)).findLast(
    ({ value }) => overseasZone(value) !== undefined,
  );
  const zone = named && overseasZone(named.value);
  if (named === undefined || zone === undefined) return;
  // Once known, somebody else's island does not change it.
  const oneself = heard.has('self') || heard.has('correction');
  const onlyThat = named.text.length === heard.text.trim().length;
  if (memory.territoryZone === undefined || oneself || onlyThat) memory.territoryZone = zone;
}

/** Whose clock hours are told on: the device's, unless the person lives where it is not set to. */
export function personZone({ memory }: Pick<DeclicTurn, 'memory'>): string | undefined {
  const { timeZone, territoryZone } = memory;
  return isMisplaced(memory) ? (territoryZone ?? timeZone) : timeZone;
}

/** Whether hours must say whose they are: the person lives overseas, and their clock is not known. */
export const saysWhose = ({ memory }: Pick<DeclicTurn, 'memory'>): boolean =>
  isMisplaced(memory) && memory.territoryZone === undefined;

/** Somebody overseas whose device tells no zone, or that of mainland France. */
function isMisplaced({ timeZone, told, eligibility }: DeclicMemory): boolean {
  const place = told?.place ?? eligibility?.answers.place;
  return place === 'overseas' && (timeZone === undefined || timeZone === MAINLAND);
}
