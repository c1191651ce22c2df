import { Readable } from 'node:stream';
import { WaitingFile, type WaitingRoom } from './waiting-file.ts';

/** Bytes of an answer that wait for their reader in memory; what comes then waits in a file. */
const IN_MEMORY = 1_048_576;

/**
 * What `source` gives, taken as fast as it comes, also where nobody reads: what the source holds, as a connection, is
 * free again soon, and who reads slowly keeps only itself waiting. An answer that finds no room to wait in is broken
 * off.
 *
 * @param reader whose answer it is: each has its part of the room
 */
export function readAhead(
  source: AsyncIterable<string | Uint8Array>,
  { room, reader }: { room: WaitingRoom; reader: string },
): Readable {
  const queue: Buffer[] = [];
  const file = new WaitingFile(room, reader);
  let queued = 0;
  let state: 'running' | 'ended' | 'left' | { failure: Error } = 'running';
  let news = Promise.withResolvers<void>();

  const pump = async () => {
    try {
      for await (const given of source) {
        if (state === 'left') break;
        const chunk =
          typeof given === 'string'
            ? Buffer.from(given)
            : Buffer.from(given.buffer, given.byteOffset, given.byteLength);
        if (file.size === 0 && queued < IN_MEMORY) {
          queue.push(chunk);
          queued += chunk.length;
        } else await file.add(chunk);
        news.resolve();
      }
      if (state === 'running') state = 'ended';
    } catch (error) {
      if (state === 'running') state = { failure: error as Error };
    }
    news.resolve();
    if (state === 'left') await file.close().catch(() => {});
  };

  const next = async (): Promise<Buffer | null> => {
    for (;;) {
      const first = queue.shift();
      if (first) {
        queued -= first.length;
        return first;
      }
      if (file.size > 0) return file.take();
      if (typeof state === 'object') throw state.failure;
      if (state !== 'running') return null;
      news = Promise.withResolvers();
      await news.promise;
    }
  };

  let started = false;
  return new Readable({
    read() {
      if (!started) void pump();
      started = true;
      next().then(
        (chunk) => this.push(chunk),
        (error: Error) => this.destroy(error),
      );
    },
    destroy(error, done) {
      const pumping = started && state === 'running';
      state = 'left';
      news.resolve();
      // Whoever still adds to the file closes it.
      if (!pumping) void file.close().catch(() => {});
      done(error);
    },
  });
}
