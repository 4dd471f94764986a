/** Hashed features of a text, each listed once, and what each weighs: side by side. */
export interface Features {
  readonly hashes: Uint32Array;
  readonly values: Float32Array;
}

const FIRST_SLOTS = 4096;

/**
 * Gathers the features of one text after another. It keeps its memory from text to text: a map
 * made anew for each message took most of the time it takes to read one.
 */
export class FeatureBag {
  /** By slot: the hash there, its place in the lists, and the text it belongs to. */
  #hashes = new Uint32Array(FIRST_SLOTS);
  #places = new Int32Array(FIRST_SLOTS);
  #texts = new Int32Array(FIRST_SLOTS);
  #text = 0;
  readonly #found: number[] = [];
  readonly #values: number[] = [];

  /** Forgets what was gathered. */
  clear(): void {
    this.#text++;
    this.#found.length = 0;
    this.#values.length = 0;
  }

  /** A feature that is seen again keeps its larger weight. */
  raise(hash: number, weight: number): void {
    const place = this.#placeOf(hash);
    if ((this.#values[place] as number) < weight) this.#values[place] = weight;
  }

  /** A feature that is seen again weighs more. */
  add(hash: number, weight: number): void {
    const place = this.#placeOf(hash);
    this.#values[place] = (this.#values[place] as number) + weight;
  }

  /** What was gathered, brought to length one. */
  features(): Features {
    let square = 0;
    for (const value of this.#values) square += value * value;
    const scale = square === 0 ? 0 : 1 / Math.sqrt(square);
    const values = new Float32Array(this.#values.length);
    for (let i = 0; i < values.length; i++) values[i] = (this.#values[i] as number) * scale;
    return { hashes: Uint32Array.from(this.#found), values };
  }

  #placeOf(hash: number): number {
    const mask = this.#hashes.length - 1;
    let slot = Math.imul(hash, 0x9e3779b1) & mask;
    while (this.#texts[slot] === this.#text) {
      if (this.#hashes[slot] === hash) return this.#places[slot] as number;
      slot = (slot + 1) & mask;
    }
    const place = this.#found.length;
    this.#hashes[slot] = hash;
    this.#places[slot] = place;
    this.#texts[slot] = this.#text;
    this.#found.push(hash);
    this.#values.push(0);
    if (place * 2 > mask) this.#grow();
    return place;
  }

  #grow(): void {
    const slots = this.#hashes.length * 2;
    this.#hashes = new Uint32Array(slots);
    this.#places = new Int32Array(slots);
    this.#texts = new Int32Array(slots);
    this.#text = 1;
    this.#found.forEach((hash, place) => {
      let slot = Math.imul(hash, 0x9e3779b1) & (slots - 1);
      while (this.#texts[slot] === this.#text) slot = (slot + 1) & (slots - 1);
      this.#hashes[slot] = hash;
      this.#places[slot] = place;
      this.#texts[slot] = this.#text;
    });
  }
}
