import { FRAME_BYTES } from './bundle.ts';

const MEGABYTE = 1_048_576;
/** Only what is written to of a large piece of memory is really taken, and it does not lie among smaller ones. */
const BLOCK_BYTES = 8 * MEGABYTE;
/** What all imports of a process hold in memory together, and what each of them may hold however much others do. */
const MOST_BYTES = 56 * MEGABYTE;
const OWN_BYTES = 4 * MEGABYTE;
/** A file that does not fit gains nothing by filling it all: what brings its lines to the database needs some, too. */
const LARGE_BYTES = MOST_BYTES / 2;
/** The smallest piece of memory. */
const LEAST_BYTES = MEGABYTE;
const PREVIOUS_BYTES = 4;

/**
 * The memory that the imports of a process hold lines in. It is used again and again: what outlives the collector's
 * first looks is let go of only much later, and in the meantime as much is taken anew.
 */
export class HeldMemory {
  /** How many bytes of lines are held. */
  held = 0;
  #free = new Map<number, Buffer[]>();
  #freeBytes = 0;

  /** At least so many bytes. */
  take(bytes: number): Buffer {
    let size = LEAST_BYTES;
    while (size < bytes) size *= 2;
    let block = this.#free.get(size)?.pop();
    if (block) this.#freeBytes -= size;
    else block = Buffer.allocUnsafeSlow(size);
    return block;
  }

  /** Lets go of what is kept to be used again. */
  release(): void {
    this.#free.clear();
    this.#freeBytes = 0;
  }

  give(block: Buffer): void {
    if (this.#freeBytes + block.length > MOST_BYTES) return;
    this.#freeBytes += block.length;
    const alike = this.#free.get(block.length);
    if (alike) alike.push(block);
    else this.#free.set(block.length, [block]);
  }
}

/**
 * Lines in the order they came, in blocks; each knows the one before it of its bundle. A line is stored as a frame (its
 * number in the file, its size, 4 bytes each) and its bytes.
 */
export class LineLog {
  /** The block and the place of the line that was added last, behind its frame. */
  block: Buffer = Buffer.alloc(0);
  at = 0;
  #end = 0;
  #bytes = 0;
  #blocks: Buffer[] = [];
  #memory: HeldMemory;

  constructor(memory: HeldMemory) {
    this.#memory = memory;
  }

  /** Makes room for a line after the one of its bundle that was added at `previous`, 0 for none; returns its number. */
  add(previous: number, line: number, bytes: number): number {
    const size = PREVIOUS_BYTES + FRAME_BYTES + bytes;
    if (this.#end + size > this.block.length) {
      this.block = this.#memory.take(Math.max(size, BLOCK_BYTES));
      this.#blocks.push(this.block);
      this.#end = 0;
    }
    const place = (this.#blocks.length - 1) * BLOCK_BYTES + this.#end + 1;
    let at = this.block.writeUInt32BE(previous, this.#end);
    at = this.block.writeUInt32BE(line, at);
    this.at = this.block.writeUInt32BE(bytes, at);
    this.#end += size;
    this.#bytes += size;
    this.#memory.held += size;
    return place;
  }

  /**
   * Whether it has outgrown its part of the memory; `besides` are bytes that are held for it elsewhere, and `large` is a
   * file of which some had to go before.
   */
  mustGo(besides: number, large: boolean): boolean {
    const own = this.#bytes + besides;
    if (large && own > LARGE_BYTES) return true;
    return own > OWN_BYTES && this.#memory.held + besides > MOST_BYTES;
  }

  /**
   * Fills `into` with the frames and bytes of a bundle's lines, given the last one: with all of them, first to last, if
   * it is as long as they are; else with as many as it is made for of the first ones.
   */
  read(last: number, bytes: number, into: Buffer): void {
    let start = bytes;
    for (let place = last; place !== 0; ) {
      const block = this.#blocks[Math.floor((place - 1) / BLOCK_BYTES)]!;
      const at = (place - 1) % BLOCK_BYTES;
      const size = FRAME_BYTES + block.readUInt32BE(at + PREVIOUS_BYTES + 4);
      start -= size;
      if (start < into.length) block.copy(into, start, at + PREVIOUS_BYTES, at + PREVIOUS_BYTES + size);
      place = block.readUInt32BE(at);
    }
  }

  clear(): void {
    for (const block of this.#blocks) this.#memory.give(block);
    this.#memory.held -= this.#bytes;
    this.#bytes = 0;
    this.#blocks = [];
    this.block = Buffer.alloc(0);
    this.#end = 0;
  }
}
