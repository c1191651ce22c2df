import { expect, test } from 'vitest';
import { unanswered } from '#src/db/errors.ts';
import { gathered } from '#src/http/gathering.ts';

/** Work that ends when it is told to, and what it was given. */
function heldWork() {
  const taken: (readonly string[])[] = [];
  const endings: { resolve(): void; reject(error: Error): void }[] = [];
  const work = (items: readonly string[]) => {
    taken.push(items);
    return new Promise<string[]>((resolve, reject) => {
      endings.push({ resolve: () => resolve(items.map((item) => item.toUpperCase())), reject });
    });
  };
  return { taken, endings, work };
}

const turn = () => new Promise<void>((resolve) => setImmediate(resolve));

test('what comes in one turn is worked at together, and what comes meanwhile waits for the next', async () => {
  const { taken, endings, work } = heldWork();
  const ask = gathered(work, { atOnce: 1, enough: 1, most: 10 });
  const first = [ask('a'), ask('b')];
  await turn();
  const second = [ask('c'), ask('d'), ask('e')];
  await turn();
  expect(taken).toEqual([['a', 'b']]);
  endings[0]!.resolve();
  expect(await Promise.all(first)).toEqual(['A', 'B']);
  await turn();
  expect(taken).toEqual([
    ['a', 'b'],
    ['c', 'd', 'e'],
  ]);
  endings[1]!.resolve();
  expect(await Promise.all(second)).toEqual(['C', 'D', 'E']);
});

test('no more than so many at a time, of so many items each', async () => {
  const { taken, endings, work } = heldWork();
  const ask = gathered(work, { atOnce: 2, enough: 1, most: 2 });
  const asked = ['a', 'b', 'c', 'd', 'e'].map(ask);
  await turn();
  expect(taken).toEqual([
    ['a', 'b'],
    ['c', 'd'],
  ]);
  for (const index of [0, 1, 2]) {
    endings[index]!.resolve();
    await turn();
  }
  expect(await Promise.all(asked)).toEqual(['A', 'B', 'C', 'D', 'E']);
});

test('beside another one none begins with a few', async () => {
  const { taken, endings, work } = heldWork();
  const ask = gathered(work, { atOnce: 2, enough: 3, most: 10 });
  const asked = [ask('a')];
  await turn();
  asked.push(ask('b'), ask('c'));
  await turn();
  expect(taken).toEqual([['a']]);
  asked.push(ask('d'));
  await turn();
  expect(taken).toEqual([['a'], ['b', 'c', 'd']]);
  asked.push(ask('e'));
  endings[1]!.resolve();
  await turn();
  expect(taken).toHaveLength(2);
  endings[0]!.resolve();
  await turn();
  expect(taken[2]).toEqual(['e']);
  endings[2]!.resolve();
  expect(await Promise.all(asked)).toEqual(['A', 'B', 'C', 'D', 'E']);
});

test('one that takes long keeps nobody waiting, and counts no less for that', async () => {
  const { taken, endings, work } = heldWork();
  const ask = gathered(work, { atOnce: 2, enough: 3, most: 10 });
  const asked = [ask('a')];
  await turn();
  asked.push(ask('b'));
  await expect.poll(() => taken).toEqual([['a'], ['b']]);
  asked.push(ask('c'));
  await new Promise((resolve) => setTimeout(resolve, 150));
  expect(taken).toHaveLength(2);
  endings[1]!.resolve();
  await expect.poll(() => taken).toEqual([['a'], ['b'], ['c']]);
  endings[0]!.resolve();
  endings[2]!.resolve();
  expect(await Promise.all(asked)).toEqual(['A', 'B', 'C']);
});

test.each([
  unanswered(),
  Object.assign(new Error('read ECONNRESET'), { code: 'ECONNRESET' }),
  new Error('failed', { cause: Object.assign(new Error('terminated'), { code: '57P01' }) }),
])('what may have come to pass is not tried again: %s', async (error) => {
  const { taken, endings, work } = heldWork();
  const ask = gathered(work, { atOnce: 1, enough: 1, most: 10 });
  const asked = Promise.allSettled([ask('a'), ask('b')]);
  await turn();
  endings[0]!.reject(error);
  expect(await asked).toEqual([
    { status: 'rejected', reason: error },
    { status: 'rejected', reason: error },
  ]);
  expect(taken).toEqual([['a', 'b']]);
});

test('only what fails by itself fails', async () => {
  const ask = gathered(
    async (items: readonly string[]) => {
      if (items.includes('poison')) throw new Error('poisoned');
      return items.map((item) => `${item} of ${items.length}`);
    },
    { atOnce: 1, enough: 1, most: 10 },
  );
  const asked = await Promise.allSettled(['a', 'poison', 'b'].map(ask));
  expect(asked).toMatchObject([
    { status: 'fulfilled', value: 'a of 1' },
    { status: 'rejected', reason: { message: 'poisoned' } },
    { status: 'fulfilled', value: 'b of 1' },
  ]);
  expect(await Promise.all(['c', 'd'].map(ask))).toEqual(['c of 2', 'd of 2']);
});

test('a gathering that fails leaves room for those that wait', async () => {
  const { taken, endings, work } = heldWork();
  const ask = gathered(work, { atOnce: 1, enough: 1, most: 1 });
  const asked = Promise.allSettled([ask('a'), ask('b')]);
  await turn();
  endings[0]!.reject(new Error('away'));
  await turn();
  endings[1]!.resolve();
  expect(await asked).toMatchObject([{ status: 'rejected' }, { status: 'fulfilled', value: 'B' }]);
  expect(taken).toEqual([['a'], ['b']]);
});
