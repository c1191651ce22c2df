import type { Bundle, BundleKey } from './plan.ts';
import type { RunTable } from './run-table.ts';

/** What an import keeps in memory: this many lines, of this much of the file. */
export const HELD_LINES = 100_000;
const HELD_BYTES = 64 * 1_048_576;
const BUNDLES_AT_ONCE = 200;

/**
 * The lines of a file by bundle, however they are scattered over it. What is more than memory should hold goes,
 * sealed, to the database, and comes back bundle by bundle.
 */
export class HeldLines<Row> {
  #bundles = new Map<string, Bundle<Row>>();
  #lines = 0;
  #spilledAt = 0;
  #spilled = false;
  #table: RunTable<Row>;
  #limit: number;

  constructor(table: RunTable<Row>, limit = HELD_LINES) {
    this.#table = table;
    this.#limit = limit;
  }

  add(key: BundleKey, line: number, row: Row): void {
    this.#bundleOf(key).lines.push({ line, row });
  }

  /** Counts a line that could not be read. */
  addUnread(key: BundleKey): void {
    this.#bundleOf(key).unread += 1;
  }

  /** Makes room where it is needed; `bytes` is how much of the file has been read. */
  async settle(bytes: number): Promise<void> {
    // Texts of a row may keep the whole piece of the file alive that they were cut from.
    if (this.#lines < this.#limit && bytes - this.#spilledAt < HELD_BYTES) return;
    await this.#spill();
    this.#spilledAt = bytes;
  }

  /** All bundles in the order of their keys, in chunks of at most so many lines, unless one bundle alone has more. */
  async *chunks(linesAtOnce: number): AsyncGenerator<Bundle<Row>[]> {
    if (this.#spilled) await this.#spill();
    let chunk: Bundle<Row>[] = [];
    let lines = 0;
    for await (const bundle of this.#spilled ? this.#table.bundles() : this.#inMemory()) {
      if (
        chunk.length > 0 &&
        (lines + bundle.lines.length > linesAtOnce || chunk.length === BUNDLES_AT_ONCE)
      ) {
        yield chunk;
        chunk = [];
        lines = 0;
      }
      chunk.push(bundle);
      lines += bundle.lines.length;
    }
    if (chunk.length > 0) yield chunk;
  }

  #bundleOf(key: BundleKey): Bundle<Row> {
    this.#lines += 1;
    const name = `${key.npp} ${key.period}`;
    let bundle = this.#bundles.get(name);
    if (!bundle) {
      bundle = { key, lines: [], unread: 0 };
      this.#bundles.set(name, bundle);
    }
    return bundle;
  }

  async #spill(): Promise<void> {
    await this.#table.write([...this.#bundles.values()]);
    this.#bundles.clear();
    this.#lines = 0;
    this.#spilled = true;
  }

  /** Gives each bundle up as it is taken. */
  *#inMemory(): Generator<Bundle<Row>> {
    for (const name of [...this.#bundles.keys()].sort()) {
      yield this.#bundles.get(name)!;
      this.#bundles.delete(name);
    }
  }
}
