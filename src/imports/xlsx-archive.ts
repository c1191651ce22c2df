import { pipeline, Readable } from 'node:stream';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { crc32, createInflateRaw } from 'node:zlib';
import { ImportFailure } from './endings.ts';
import { type Entry, readDirectory } from './xlsx-directory.ts';
import type { Terms } from './xlsx-room.ts';
import type { Spool } from './xlsx-spool.ts';

const LOCAL_SIGNATURE = 0x04034b50;
const LOCAL_BYTES = 30;
const STORED = 0;
const DEFLATED = 8;
/** Bits of an entry that is encrypted, or whose header is. */
const ENCRYPTED = 0x2041;
const BLOCK_BYTES = 64 * 1024;

/** All that is unpacked of one workbook, a sheet of a million rows among it. */
const MOST_UNPACKED = 2 * 1024 ** 3;
/** What an entry may unpack to however small it is packed. */
const UNSUSPICIOUS = 16 * 1024 * 1024;
/** How many times its packed size an entry may unpack to beyond that: sheets have 5 to 30, some 120; bombs 1,000. */
const MOST_RATIO = 250;

/** A ZIP archive, of which single entries are unpacked while they are read. Sizes are counted, never believed. */
export class Archive {
  #spool: Spool;
  #entries: ReadonlyMap<string, Entry>;
  #unpacked = 0;
  /** Many small entries are held to what a single one is. */
  #most: number;
  #terms: Terms;

  constructor(spool: Spool, terms: Terms) {
    this.#spool = spool;
    this.#terms = terms;
    this.#entries = readDirectory(spool);
    this.#most = Math.min(MOST_UNPACKED, Math.max(4 * UNSUSPICIOUS, spool.size * MOST_RATIO));
  }

  has(path: string): boolean {
    return this.#entries.has(path.toLowerCase());
  }

  /**
   * The bytes of an entry. At most `most` bytes of it are unpacked, and what is read to its end is what was packed:
   * its length and checksum are those of the directory.
   */
  async *read(path: string, most: number): AsyncGenerator<Buffer> {
    const entry = this.#entries.get(path.toLowerCase());
    if (!entry) throw new ImportFailure('workbook_damaged');
    const limit = Math.min(most, Math.max(UNSUSPICIOUS, entry.packed * MOST_RATIO));
    let length = 0;
    let sum = 0;
    for await (const block of this.#unpack(entry)) {
      length += block.length;
      this.#unpacked += block.length;
      if (length > limit || this.#unpacked > this.#most)
        throw new ImportFailure('workbook_unpacks_too_large');
      if (length > entry.unpacked) throw new ImportFailure('workbook_damaged');
      sum = crc32(block, sum);
      yield block;
      // Other requests come in between, also where blocks come from memory.
      await nextTurn();
      await this.#terms.goOn?.();
    }
    if (length !== entry.unpacked || sum !== entry.checksum) throw new ImportFailure('workbook_damaged');
  }

  async *#unpack(entry: Entry): AsyncGenerator<Buffer> {
    const packed = this.#spool.slices(this.#contentOf(entry), entry.packed);
    if (entry.method === STORED) return yield* packed;
    if (entry.method !== DEFLATED) throw new ImportFailure('workbook_damaged');
    try {
      const inflate = createInflateRaw({ chunkSize: BLOCK_BYTES });
      yield* pipeline(Readable.from(packed, { objectMode: false }), inflate, () => {});
    } catch {
      throw new ImportFailure('workbook_damaged');
    }
  }

  /** Where the content of an entry begins, behind a header that says the same of it as the directory does. */
  #contentOf({ at, name, method, flags, end, packed }: Entry): number {
    const header = this.#spool.copy(at, LOCAL_BYTES);
    const lengthOfName = header.readUInt16LE(26);
    const start = at + LOCAL_BYTES + lengthOfName + header.readUInt16LE(28);
    if (((flags | header.readUInt16LE(6)) & ENCRYPTED) !== 0) throw new ImportFailure('workbook_locked');
    const agrees =
      header.readUInt32LE(0) === LOCAL_SIGNATURE &&
      header.readUInt16LE(8) === method &&
      start + packed <= end &&
      this.#spool.copy(at + LOCAL_BYTES, lengthOfName).equals(name);
    if (!agrees) throw new ImportFailure('workbook_damaged');
    return start;
  }
}
