import { type Bundle, type BundleKey, type Chunk, FRAME_BYTES, LARGEST_BUNDLE, oversized } from './bundle.ts';
import { ByBytes } from './by-bytes.ts';
import { HeldMemory, LineLog } from './line-log.ts';
import type { RunTable } from './run-table.ts';

const BUNDLES_AT_ONCE = 300;
/** What a bundle takes besides its lines: its key in two texts, its place in a map. */
const BUNDLE_BYTES = 400;

type Held = { key: BundleKey; count: number; unread: number; bytes: number; last: number };

/**
 * The lines of a file by bundle, however they are scattered over it. What is more than memory should hold goes,
 * sealed, to the database, and comes back bundle by bundle.
 */
export class HeldLines {
  /** By month, then by number. */
  #bundles = new Map<string, ByBytes<Held>>();
  #lines = 0;
  #spilled = false;
  #memory: HeldMemory;
  #log: LineLog;
  #table: RunTable;
  #mostLines: number;

  /** `mostLines` is how many lines may stay in memory, however much room there is. */
  constructor(table: RunTable, memory = new HeldMemory(), mostLines = Number.POSITIVE_INFINITY) {
    this.#table = table;
    this.#memory = memory;
    this.#log = new LineLog(memory);
    this.#mostLines = mostLines;
  }

  /**
   * Makes room for a line of so many bytes, which the caller fills in: they begin at the returned place of
   * {@link block}.
   */
  add(npp: string, period: string, line: number, bytes: number): number {
    const text = Buffer.from(npp);
    return this.addOf(text, 0, text.length, period, line, bytes);
  }

  /** The same, with the NPP as it stands from `start` to `end` of some bytes. */
  addOf(npp: Buffer, start: number, end: number, period: string, line: number, bytes: number): number {
    const bundle = this.#bundleOf(npp, start, end, period);
    bundle.count += 1;
    bundle.bytes += FRAME_BYTES + bytes;
    bundle.last = this.#log.add(bundle.last, line, bytes);
    return this.#log.at;
  }

  /** Where the line that was added last is to be filled in. */
  get block(): Buffer {
    return this.#log.block;
  }

  /** Counts a line that could not be read. */
  addUnread({ npp, period }: BundleKey): void {
    const text = Buffer.from(npp);
    this.#bundleOf(text, 0, text.length, period).unread += 1;
  }

  /** Makes room where it is needed. */
  async settle(): Promise<void> {
    const besides = this.#count() * BUNDLE_BYTES;
    if (this.#lines < this.#mostLines && !this.#log.mustGo(besides, this.#spilled)) return;
    await this.#spill();
  }

  /** All bundles in the order of their keys, in chunks of at most so many lines, unless one bundle alone has more. */
  async *chunks(linesAtOnce: number): AsyncGenerator<Chunk> {
    if (this.#spilled) {
      await this.#spill();
      // What comes back takes memory of its own.
      this.#memory.release();
      for await (const bundles of inGroups(this.#table.bundles(), linesAtOnce)) yield { bundles, close() {} };
    } else {
      for await (const group of inGroups(this.#inOrder(), linesAtOnce)) yield this.#read(group);
    }
  }

  /** Gives its memory back; nothing is held any more. */
  close(): void {
    this.#log.clear();
    this.#bundles.clear();
  }

  #bundleOf(npp: Buffer, start: number, end: number, period: string): Held {
    this.#lines += 1;
    let ofMonth = this.#bundles.get(period);
    if (!ofMonth) {
      ofMonth = new ByBytes((text) => ({
        key: { npp: text, period },
        count: 0,
        unread: 0,
        bytes: 0,
        last: 0,
      }));
      this.#bundles.set(period, ofMonth);
    }
    return ofMonth.of(npp, start, end);
  }

  /** How many bundles are in memory. */
  #count(): number {
    let count = 0;
    for (const ofMonth of this.#bundles.values()) count += ofMonth.size;
    return count;
  }

  async #spill(): Promise<void> {
    await this.#table.write(this.#inOrder(), (bundles) => this.#read(bundles));
    this.#log.clear();
    this.#bundles.clear();
    this.#lines = 0;
    this.#spilled = true;
  }

  #inOrder(): Held[] {
    const all = [...this.#bundles.values()].flatMap((ofMonth) => [...ofMonth.values()]);
    return all.sort((a, b) => compare(a.key.npp, b.key.npp) || compare(a.key.period, b.key.period));
  }

  #read(group: readonly Held[]): Chunk {
    const memory = this.#memory;
    const sizes = group.map(({ bytes }) => Math.min(bytes, LARGEST_BUNDLE));
    const room = memory.take(2 * sizes.reduce((sum, size) => sum + size, 0));
    let end = 0;
    const next = (bytes: number) => room.subarray(end, (end += bytes));
    const bundles = group.map(({ key, count, unread, bytes, last }, index): Bundle => {
      const [lines, spare] = [next(sizes[index]!), next(sizes[index]!)];
      this.#log.read(last, bytes, lines);
      if (bytes === lines.length) return { key, count, unread, lines, spare };
      return oversized(key, lines, count + unread);
    });
    return { bundles, close: () => memory.give(room) };
  }
}

/** Groups of at most so many lines, unless one thing alone has more, and of so many things. */
async function* inGroups<T extends { count: number }>(
  all: Iterable<T> | AsyncIterable<T>,
  linesAtOnce: number,
): AsyncGenerator<T[]> {
  let group: T[] = [];
  let lines = 0;
  for await (const each of all) {
    if (group.length > 0 && (lines + each.count > linesAtOnce || group.length === BUNDLES_AT_ONCE)) {
      yield group;
      group = [];
      lines = 0;
    }
    group.push(each);
    lines += each.count;
  }
  if (group.length > 0) yield group;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
