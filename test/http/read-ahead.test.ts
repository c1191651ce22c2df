import { buffer } from 'node:stream/consumers';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readAhead } from '#src/http/read-ahead.ts';
import { WaitingRoom } from '#src/http/waiting-file.ts';

const MEGABYTE = 1_048_576;

/** Chunks, and a promise of the moment when all were taken. */
function sourceOf(chunks: readonly Buffer[], after: () => void | Promise<void> = () => {}) {
  const { promise, resolve } = Promise.withResolvers<void>();
  async function* source() {
    try {
      for (const chunk of chunks) yield chunk;
      await after();
    } finally {
      resolve();
    }
  }
  return { source: source(), taken: promise };
}

/** So many bytes, no two places alike. */
function bytes(length: number, seed = 1): Buffer {
  return Buffer.from(
    Uint32Array.from({ length: Math.ceil(length / 4) }, (_, index) => index * 2_654_435_761 + seed).buffer,
  ).subarray(0, length);
}

test('gives what came, byte by byte, whoever is faster', async () => {
  const sizes = fc.array(fc.integer({ min: 1, max: 700_000 }), { maxLength: 12 });
  await fc.assert(
    fc.asyncProperty(sizes, fc.boolean(), async (lengths, late) => {
      const chunks = lengths.map(bytes);
      const { source, taken } = sourceOf(chunks);
      const stream = readAhead(source, { room: new WaitingRoom(), reader: 'a' });
      stream.read(0);
      if (late) await taken;
      expect(Buffer.compare(await buffer(stream), Buffer.concat(chunks))).toBe(0);
    }),
    { numRuns: 30 },
  );
});

test('takes everything although nobody reads, and gives the room back to whoever comes next', async () => {
  const room = new WaitingRoom({ each: 8 * MEGABYTE, all: 8 * MEGABYTE });
  for (let time = 0; time < 3; time += 1) {
    const { source, taken } = sourceOf(Array.from({ length: 6 }, (_, index) => bytes(MEGABYTE, index)));
    const stream = readAhead(source, { room, reader: 'a' });
    stream.read(0);
    await taken;
    const closed = new Promise((resolve) => stream.once('close', resolve));
    stream.destroy();
    await closed;
  }
  expect(room.bytes).toBe(0);
});

test('an answer without room is broken off; those of others are not', async () => {
  const room = new WaitingRoom({ each: 3 * MEGABYTE, all: 5 * MEGABYTE });
  const start = (reader: string, megabytes: number) => {
    const given = sourceOf(Array.from({ length: megabytes }, (_, index) => bytes(MEGABYTE, index)));
    const stream = readAhead(given.source, { room, reader });
    stream.read(0);
    return { stream, taken: given.taken };
  };
  const greedy = start('greedy', 9);
  const modest = start('modest', 3);
  await Promise.all([greedy.taken, modest.taken]);
  expect(await buffer(modest.stream)).toHaveLength(3 * MEGABYTE);
  await expect(buffer(greedy.stream)).rejects.toThrow('unavailable');
  expect(room.bytes).toBe(0);
});

test('a source that fails fails the answer', async () => {
  const { source } = sourceOf([bytes(10)], () => {
    throw new Error('gone');
  });
  const stream = readAhead(source, { room: new WaitingRoom(), reader: 'a' });
  await expect(buffer(stream)).rejects.toThrow('gone');
});

test('a source whose reader left is ended', async () => {
  const room = new WaitingRoom();
  const given = { chunks: 0 };
  async function* endless() {
    for (; ; given.chunks += 1) {
      yield bytes(100_000);
      // Half way its reader leaves while something is being added to the file.
      if (given.chunks === 50) stream.destroy();
    }
  }
  const source = endless();
  const stream = readAhead(source, { room, reader: 'a' });
  stream.read(0);
  await expect.poll(() => [stream.closed, room.bytes]).toEqual([true, 0]);
  expect(await source.next()).toEqual({ done: true, value: undefined });
  expect(given.chunks).toBeLessThanOrEqual(51);
});
