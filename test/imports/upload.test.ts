import { Readable } from 'node:stream';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Upload } from '#src/imports/index.ts';

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
});
afterEach(() => {
  vi.useRealTimers();
});

/** A file that comes in pieces, each after so many seconds. */
function arriving(pieces: Iterable<[afterSeconds: number, bytes: number]>): Upload {
  async function* chunks() {
    for (const [seconds, bytes] of pieces) {
      await new Promise((resolve) => setTimeout(resolve, seconds * 1000));
      yield Buffer.alloc(bytes);
    }
  }
  return new Upload(Readable.from(chunks()));
}

/** How an upload ends: with its bytes, or with an error. */
async function endOf(upload: Upload): Promise<number | string> {
  const end = upload.discardRest().then(
    () => upload.bytes,
    (error: Error) => error.constructor.name,
  );
  await vi.runAllTimersAsync();
  return end;
}

const times = (count: number, piece: [number, number]) => Array.from({ length: count }, () => piece);

test('a file may come slowly for hours', async () => {
  expect(await endOf(arriving(times(2000, [10, 64_000])))).toBe(128_000_000);
});

test('a pause of less than a minute is none too long, again and again', async () => {
  expect(await endOf(arriving(times(20, [59, 300_000])))).toBe(6_000_000);
});

test('a minute without a byte ends it', async () => {
  expect(
    await endOf(
      arriving([
        [1, 1_000_000],
        [61, 1],
      ]),
    ),
  ).toBe('UploadTooSlow');
});

test('a byte now and then ends it as well', async () => {
  expect(await endOf(arriving(times(10, [50, 1])))).toBe('UploadTooSlow');
  expect(await endOf(arriving(times(100, [1, 1_000])))).toBe('UploadTooSlow');
});

test('whoever reads slowly does not make the sender slow', async () => {
  const upload = arriving(times(10, [30, 100]));
  const reading = (async () => {
    for await (const chunk of upload) {
      expect(chunk).toHaveLength(100);
      await new Promise((resolve) => setTimeout(resolve, 100_000));
    }
  })();
  await vi.runAllTimersAsync();
  await reading;
  expect(upload.bytes).toBe(1_000);
});

test('an upload is slow while its sender lets us wait, and only then', async () => {
  const upload = arriving([[0.5, 30_000], [3, 1_000_000], [0.9, 64_000], ...times(5, [1, 20_000])]);
  const seen: [seconds: number, slow: boolean][] = [];
  const reading = upload.discardRest();
  for (const seconds of [0.4, 1, 1, 1.2, 0.4, 5]) {
    await vi.advanceTimersByTimeAsync(seconds * 1000);
    seen.push([seconds, upload.isSlow]);
  }
  expect(seen).toEqual([
    [0.4, false],
    [1, false],
    [1, true],
    [1.2, false],
    [0.4, false],
    [5, true],
  ]);
  await vi.runAllTimersAsync();
  await reading;
  expect(upload.isSlow).toBe(false);
});

test('an upload whose reader lets it wait is not slow', async () => {
  const upload = arriving(times(2, [0.1, 100]));
  const chunks = upload[Symbol.asyncIterator]();
  const first = chunks.next();
  await vi.advanceTimersByTimeAsync(200);
  await first;
  await vi.advanceTimersByTimeAsync(60_000);
  expect(upload.isSlow).toBe(false);
});

test('a file that is stopped is not read on, and its stream stays open for an answer', async () => {
  const stream = new Readable({ read() {} });
  const upload = new Upload(stream);
  const reading = upload.discardRest().catch((error: Error) => error);
  upload.stop();
  expect(await reading).toMatchObject({ message: 'interrupted' });
  await expect(upload.discardRest()).rejects.toThrow('interrupted');
  expect(stream.destroyed).toBe(false);
});
