import { createHash, type Hash } from 'node:crypto';
import type { Readable } from 'node:stream';
import { ImportFailure, ImportInterrupted, UploadAborted, UploadTooSlow } from './endings.ts';

const IDLE_MS = 60_000;
/** So many bytes pay for a millisecond of waiting: four kilobytes a second. */
const BYTES_PER_MS = 4;
/** What comes more slowly, for a second, hardly takes any work: 64 kilobytes a second. */
const SWIFT_MS = 1_000;
const SWIFT_BYTES_PER_MS = 64;

/** Milliseconds that may still be waited: bytes pay for more of them, up to the most that are kept. */
class Patience {
  readonly #mostMs: number;
  readonly #bytesPerMs: number;
  #ms: number;

  constructor(mostMs: number, bytesPerMs: number) {
    this.#mostMs = mostMs;
    this.#bytesPerMs = bytesPerMs;
    this.#ms = mostMs;
  }

  get ms(): number {
    return this.#ms;
  }

  settle(waitedMs: number, bytes: number): void {
    this.#ms = Math.max(0, Math.min(this.#mostMs, this.#ms - waitedMs + bytes / this.#bytesPerMs));
  }
}

/**
 * A file on its way in: each byte is counted once, as it is asked for. A reader may stop and another go on where it
 * stopped. Throws {@link UploadAborted} where the file breaks off, {@link UploadTooSlow} where it has been waited for
 * more than a minute longer than its bytes have paid for, and {@link ImportInterrupted} once it is stopped.
 */
export class Upload implements AsyncIterable<Buffer> {
  #bytes = 0;
  #chunks: AsyncIterator<Buffer>;
  #hash: Hash | undefined;
  #patience: Patience;
  #swift = new Patience(SWIFT_MS, SWIFT_BYTES_PER_MS);
  #waitingSince: number | undefined;
  #stopped = false;
  /** Ends the wait for the next bytes. */
  #giveUp: (reason: ImportFailure) => void = () => {};

  constructor(stream: Readable, { idleMs = IDLE_MS }: { idleMs?: number } = {}) {
    this.#chunks = stream[Symbol.asyncIterator]();
    this.#patience = new Patience(idleMs, BYTES_PER_MS);
  }

  get bytes(): number {
    return this.#bytes;
  }

  /** Whether its sender lets us wait, so that it hardly takes any work now. */
  get isSlow(): boolean {
    return this.#waitingSince !== undefined && performance.now() - this.#waitingSince >= this.#swift.ms;
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

  /** Reads no more. The connection stays: whoever sends can be told. */
  stop(): void {
    this.#stopped = true;
    this.#giveUp(new ImportInterrupted());
  }

  async #next(): Promise<IteratorResult<Buffer>> {
    if (this.#stopped) throw new ImportInterrupted();
    const asked = performance.now();
    const over = Promise.withResolvers<never>();
    const timer = setTimeout(() => over.reject(new UploadTooSlow()), this.#patience.ms);
    this.#giveUp = over.reject;
    this.#waitingSince = asked;
    try {
      const next = await Promise.race([this.#chunks.next(), over.promise]);
      if (!next.done) {
        this.#bytes += next.value.length;
        this.#hash?.update(next.value);
        const waited = performance.now() - asked;
        this.#patience.settle(waited, next.value.length);
        this.#swift.settle(waited, next.value.length);
      }
      return next;
    } catch (error) {
      throw error instanceof ImportFailure ? error : new UploadAborted();
    } finally {
      this.#waitingSince = undefined;
      clearTimeout(timer);
    }
  }
}
