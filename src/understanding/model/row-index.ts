/** Where each feature's weights are: hash → row, open addressing, ready to be written as it is. */
export class RowIndex {
  /** Hashes by slot; a slot whose row is -1 is free. */
  readonly hashes: Uint32Array;
  readonly rows: Int32Array;
  readonly size: number;

  constructor(hashes: Uint32Array, rows: Int32Array, size: number) {
    this.hashes = hashes;
    this.rows = rows;
    this.size = size;
  }

  /** @param features distinct hashes; the first gets row 0 */
  static of(features: readonly number[]): RowIndex {
    let slots = 16;
    while (slots < features.length * 2) slots *= 2;
    const index = new RowIndex(
      new Uint32Array(slots),
      new Int32Array(slots).fill(-1),
      features.length,
    );
    features.forEach((hash, row) => {
      let slot = place(hash, slots);
      while (index.rows[slot] !== -1) slot = (slot + 1) & (slots - 1);
      index.hashes[slot] = hash;
      index.rows[slot] = row;
    });
    return index;
  }

  /** Every feature with its row, in no order. */
  *entries(): Generator<readonly [number, number]> {
    for (let slot = 0; slot < this.rows.length; slot++) {
      const row = this.rows[slot] as number;
      if (row !== -1) yield [this.hashes[slot] as number, row];
    }
  }

  /** The row of a feature, -1 when it is unknown. */
  find(hash: number): number {
    const slots = this.rows.length;
    let slot = place(hash, slots);
    while (this.rows[slot] !== -1) {
      if (this.hashes[slot] === hash) return this.rows[slot] as number;
      slot = (slot + 1) & (slots - 1);
    }
    return -1;
  }
}

const place = (hash: number, slots: number): number =>
  (Math.imul(hash, 0x9e3779b1) >>> 7) & (slots - 1);
