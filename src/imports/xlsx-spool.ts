import { ImportFailure } from './endings.ts';
import type { Share } from './xlsx-room.ts';

/** The largest workbook, packed as it comes; one of a million roster lines has about 40 MiB. */
const MOST_BYTES = 64 * 1024 * 1024;
const BLOCK_BYTES = 256 * 1024;
const SIGNATURE_BYTES = 8;
/** Begins a compound file: a workbook before Office 2007, or any that is protected by a password. */
const COMPOUND_FILE = 'd0cf11e0a1b11ae1';
const ZIP = '504b';

/** The bytes of a workbook as they came, held in memory: the directory of a ZIP archive stands at its end. */
export class Spool {
  #blocks: Buffer[] = [];
  #size = 0;

  get size(): number {
    return this.#size;
  }

  /** Copies a chunk, so that chunks of a few bytes hold no more than these. */
  add(chunk: Buffer, share: Share): void {
    for (let from = 0; from < chunk.length; ) {
      const within = this.#size % BLOCK_BYTES;
      if (within === 0) {
        if (this.#size >= MOST_BYTES) throw new ImportFailure('workbook_too_large');
        share.take(BLOCK_BYTES);
        this.#blocks.push(Buffer.allocUnsafeSlow(BLOCK_BYTES));
      }
      const copied = chunk.copy(this.#blocks.at(-1)!, within, from);
      this.#size += copied;
      from += copied;
    }
  }

  /** A copy of some bytes; throws where they reach beyond the file. */
  copy(from: number, length: number): Buffer {
    return Buffer.concat([...this.slices(from, length)], length);
  }

  /** Some bytes, piece by piece; throws where they reach beyond the file. */
  *slices(from: number, length: number): Generator<Buffer> {
    const end = from + length;
    if (from < 0 || length < 0 || end > this.#size) throw new ImportFailure('workbook_damaged');
    for (let at = from; at < end; ) {
      const within = at % BLOCK_BYTES;
      const piece = this.#blocks[(at - within) / BLOCK_BYTES]!.subarray(within, within + end - at);
      yield piece;
      at += piece.length;
    }
  }
}

/** Holds an upload whole; throws an {@link ImportFailure} as soon as it is seen to be no workbook, or too large. */
export async function spooled(chunks: AsyncIterable<Buffer>, share: Share): Promise<Spool> {
  const spool = new Spool();
  let seen = false;
  for await (const chunk of chunks) {
    spool.add(chunk, share);
    if (seen || spool.size < SIGNATURE_BYTES) continue;
    refuseOthers(spool);
    seen = true;
  }
  if (spool.size === 0) throw new ImportFailure('empty_file');
  refuseOthers(spool);
  return spool;
}

function refuseOthers(spool: Spool): void {
  const signature = spool.copy(0, Math.min(SIGNATURE_BYTES, spool.size)).toString('hex');
  if (signature === COMPOUND_FILE) throw new ImportFailure('workbook_locked');
  if (!signature.startsWith(ZIP)) throw new ImportFailure('not_a_workbook');
}
