/** A small repeatable random generator (mulberry32), 0 included, 1 excluded. */
export const seeded = (seed: number): (() => number) => {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
};

/** Shuffles in place (Fisher–Yates). */
export const shuffle = (items: number[], random: () => number): void => {
  for (let i = items.length - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1));
    const kept = items[i] as number;
    items[i] = items[j] as number;
    items[j] = kept;
  }
};

/** A number near zero, most often within ±1 (a sum of six draws). */
export const aroundZero = (random: () => number): number => {
  let sum = 0;
  for (let i = 0; i < 6; i++) sum += random();
  return (sum - 3) * Math.SQRT2;
};
