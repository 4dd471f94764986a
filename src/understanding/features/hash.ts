const OFFSET = 0x811c9dc5;
const PRIME = 0x01000193;

/** FNV-1a over UTF-16 units, 32 bits. `seed` keeps the kinds of features apart. */
export const hashText = (text: string, seed: number, from = 0, to = text.length): number => {
  let hash = OFFSET ^ seed;
  for (let i = from; i < to; i++) hash = Math.imul(hash ^ text.charCodeAt(i), PRIME);
  return hash >>> 0;
};

/** Two hashes made one; the order counts. */
export const joinHashes = (a: number, b: number, seed: number): number => {
  let hash = Math.imul(a ^ seed, 0x85ebca6b) ^ (b >>> 0);
  hash = Math.imul(hash ^ (hash >>> 15), 0xc2b2ae35);
  return (hash ^ (hash >>> 13)) >>> 0;
};
