import { createHash, type Hash } from 'node:crypto';
import type { Readable } from 'node:stream';
import { UploadAborted, UploadTooSlow } from './endings.ts';

const IDLE_MS = 60_000;
/** So many bytes pay for a millisecond of waiting: four kilobytes a second. */
const BYTES_PER_MS = 4;

/**
 * A file on its way in: each byte is counted once, as it is asked for. A reader may stop and another go on where it
 * stopped. Throws {@link UploadAborted} where the file breaks off, and {@link UploadTooSlow} where it has
 * been waited for more than a minute longer than its bytes have paid for.
 */
export class Upload implements AsyncIterable<Buffer> {
  #bytes = 0;
  #stream: Readable;
  #chunks: AsyncIterator<Buffer>;
  #hash: Hash | undefined;
  #idleMs: number;
  /** How long may still be waited. */
  #patienceMs: number;

  constructor(stream: Readable, { idleMs = IDLE_MS }: { idleMs?: number } = {}) {
    this.#stream = stream;
    this.#chunks = stream[Symbol.asyncIterator]();
    this.#idleMs = idleMs;
    this.#patienceMs = idleMs;
  }

  get bytes(): number {
    return this.#bytes;
  }

  /** Without `return`: to leave a loop over the upload does not close it. */
  [Symbol.asyncIterator](): AsyncIterator<Buffer> {
    return { next: () => this.#next() };
  }

  /** Reads what is left, for its digest alone. */
  async discardRest(): Promise<void> {
    while (!(await this.#next()).done);
  }

  /** Digests what comes from now on. */
  digestAll(): void {
    this.#hash = createHash('sha256');
  }

  /** SHA-256 of what came since {@link digestAll}; once, at the end. */
  digest(): Buffer {
    if (!this.#hash) throw new Error('nothing was digested');
    return this.#hash.digest();
  }

  /** Breaks the upload off from this side. */
  stop(): void {
    this.#stream.destroy(new UploadAborted());
  }

  async #next(): Promise<IteratorResult<Buffer>> {
    const asked = performance.now();
    const late = Promise.withResolvers<never>();
    const timer = setTimeout(() => late.reject(new UploadTooSlow()), this.#patienceMs);
    try {
      const next = await Promise.race([this.#chunks.next(), late.promise]);
      if (!next.done) {
        this.#bytes += next.value.length;
        this.#hash?.update(next.value);
        const paid = this.#patienceMs - (performance.now() - asked) + next.value.length / BYTES_PER_MS;
        this.#patienceMs = Math.max(0, Math.min(this.#idleMs, paid));
      }
      return next;
    } catch (error) {
      throw error instanceof UploadTooSlow ? error : new UploadAborted();
    } finally {
      clearTimeout(timer);
    }
  }
}
