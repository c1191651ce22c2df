import { createHash } from 'node:crypto';
import type { Readable } from 'node:stream';
import { UploadAborted } from './endings.ts';

const IDLE_MS = 60_000;

/**
 * A file on its way in: each byte is counted and digested once, as it is asked for. A reader may stop and another go
 * on where it stopped. Throws {@link UploadAborted} where the file breaks off, or no byte comes for a minute.
 */
export class Upload implements AsyncIterable<Buffer> {
  #bytes = 0;
  #stream: Readable;
  #chunks: AsyncIterator<Buffer>;
  #hash = createHash('sha256');
  #idleMs: number;

  constructor(stream: Readable, { idleMs = IDLE_MS }: { idleMs?: number } = {}) {
    this.#stream = stream;
    this.#chunks = stream[Symbol.asyncIterator]();
    this.#idleMs = idleMs;
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

  /** SHA-256 of all that came; once, at the end. */
  digest(): Buffer {
    return this.#hash.digest();
  }

  /** Breaks the upload off from this side. */
  stop(): void {
    this.#stream.destroy(new UploadAborted());
  }

  async #next(): Promise<IteratorResult<Buffer>> {
    const idle = setTimeout(() => this.stop(), this.#idleMs);
    try {
      const next = await this.#chunks.next();
      if (!next.done) {
        this.#bytes += next.value.length;
        this.#hash.update(next.value);
      }
      return next;
    } catch {
      throw new UploadAborted();
    } finally {
      clearTimeout(idle);
    }
  }
}
