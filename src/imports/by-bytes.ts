import { randomInt } from 'node:crypto';

const FEWEST_SLOTS = 64;

/**
 * Values by short texts that stand as bytes somewhere, as the cells of a file do: what is known is found without a text
 * being made. Nobody can choose texts that meet: how they are spread differs from table to table.
 */
export class ByBytes<T> {
  #make: (text: string) => T;
  #factor = randomInt(2 ** 31) * 2 + 1;
  /** Place of a value, counted from 1; 0: free. */
  #slots = new Int32Array(FEWEST_SLOTS);
  #texts = Buffer.alloc(1_024);
  /** Where each text ends; it begins where the one before it ends. */
  #ends: number[] = [];
  #values: T[] = [];

  /** `make` gives the value of a text that comes for the first time. */
  constructor(make: (text: string) => T) {
    this.#make = make;
  }

  get size(): number {
    return this.#values.length;
  }

  /** The values in the order in which they were made. */
  values(): readonly T[] {
    return this.#values;
  }

  of(bytes: Buffer, start: number, end: number): T {
    const mask = this.#slots.length - 1;
    let slot = this.#spread(bytes, start, end) & mask;
    for (;;) {
      const place = this.#slots[slot]!;
      if (place === 0) return this.#add(bytes, start, end, slot);
      if (this.#isAt(place - 1, bytes, start, end)) return this.#values[place - 1]!;
      slot = (slot + 1) & mask;
    }
  }

  #isAt(place: number, bytes: Buffer, start: number, end: number): boolean {
    let from = place === 0 ? 0 : this.#ends[place - 1]!;
    if (this.#ends[place]! - from !== end - start) return false;
    for (let at = start; at < end; at += 1) if (this.#texts[from++] !== bytes[at]) return false;
    return true;
  }

  #spread(bytes: Buffer, start: number, end: number): number {
    let spread = end - start;
    for (let at = start; at < end; at += 1) spread = Math.imul(spread ^ bytes[at]!, this.#factor);
    // The upper bits are those that every byte has gone into.
    return spread ^ (spread >>> 15);
  }

  #add(bytes: Buffer, start: number, end: number, slot: number): T {
    const value = this.#make(bytes.toString('utf8', start, end));
    const from = this.#ends.at(-1) ?? 0;
    const to = from + end - start;
    if (to > this.#texts.length) {
      const texts = Buffer.alloc(Math.max(to, this.#texts.length * 2));
      this.#texts.copy(texts, 0, 0, from);
      this.#texts = texts;
    }
    bytes.copy(this.#texts, from, start, end);
    this.#ends.push(to);
    this.#slots[slot] = this.#values.push(value);
    if (this.#values.length * 2 > this.#slots.length) this.#grow();
    return value;
  }

  #grow(): void {
    const mask = this.#slots.length * 2 - 1;
    this.#slots = new Int32Array(mask + 1);
    for (let place = 0, from = 0; place < this.#ends.length; from = this.#ends[place++]!) {
      let slot = this.#spread(this.#texts, from, this.#ends[place]!) & mask;
      while (this.#slots[slot] !== 0) slot = (slot + 1) & mask;
      this.#slots[slot] = place + 1;
    }
  }
}
