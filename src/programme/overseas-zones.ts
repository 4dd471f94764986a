import zones from './overseas-zones.json' with { type: 'json' };

const byPlace = new Map(
  Object.entries(zones).flatMap(([zone, places]) => places.map((place) => [place, zone] as const)),
);

/**
 * IANA zone of a department ("974"), region or city of the French overseas, named as the recogniser
 * names it; undefined for any other place. French Polynesia is on the time of Tahiti, where nearly
 * all live.
 */
export const overseasZone = (place: string): string | undefined => byPlace.get(place);
