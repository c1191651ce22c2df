import { INDEX_BYTES } from '#src/personal-data/index.ts';

const FEWEST_SLOTS = 64;

/** Blind indexes, told apart without an object for each: an employer may have declared a hundred thousand. */
export class IndexSet {
  #slots = new Int32Array(FEWEST_SLOTS);
  #indexes = Buffer.alloc(0);
  #count = 0;

  /** Adds indexes, one after the other, and returns those that were not there, in the same way. */
  addAll(indexes: Buffer): Buffer {
    const fresh = Buffer.allocUnsafe(indexes.length);
    const before = this.#count;
    this.#makeRoom(before + indexes.length / INDEX_BYTES);
    for (let at = 0; at < indexes.length; at += INDEX_BYTES) {
      const slot = this.#slotOf(indexes, at);
      if (this.#slots[slot] !== 0) continue;
      const to = this.#count * INDEX_BYTES;
      for (let byte = 0; byte < INDEX_BYTES; byte += 1) this.#indexes[to + byte] = indexes[at + byte]!;
      this.#slots[slot] = ++this.#count;
    }
    const length = this.#indexes.copy(fresh, 0, before * INDEX_BYTES, this.#count * INDEX_BYTES);
    return fresh.subarray(0, length);
  }

  /** Where an index stands, or would stand. Its first bytes are as good as random. */
  #slotOf(indexes: Buffer, at: number): number {
    const mask = this.#slots.length - 1;
    let slot = indexes.readUInt32LE(at) & mask;
    for (;;) {
      const place = this.#slots[slot]!;
      if (place === 0) return slot;
      const from = (place - 1) * INDEX_BYTES;
      let alike = 0;
      while (alike < INDEX_BYTES && this.#indexes[from + alike] === indexes[at + alike]) alike += 1;
      if (alike === INDEX_BYTES) return slot;
      slot = (slot + 1) & mask;
    }
  }

  #makeRoom(count: number): void {
    if (count * INDEX_BYTES > this.#indexes.length) {
      const indexes = Buffer.allocUnsafe(count * INDEX_BYTES);
      this.#indexes.copy(indexes, 0, 0, this.#count * INDEX_BYTES);
      this.#indexes = indexes;
    }
    let slots = this.#slots.length;
    while (slots < count * 2) slots *= 2;
    if (slots === this.#slots.length) return;
    this.#slots = new Int32Array(slots);
    for (let place = 0; place < this.#count; place += 1)
      this.#slots[this.#slotOf(this.#indexes, place * INDEX_BYTES)] = place + 1;
  }
}
