import { setImmediate as breath } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { turns } from '#src/http/at-most.ts';

test('as many run as there is room for, in the order they came, and the heaviest alone', async () => {
  const inTurn = turns(3);
  const running = new Map<string, () => void>();
  const run = (name: string, weight?: number) =>
    inTurn(() => new Promise<void>((end) => running.set(name, end)), weight).finally(() =>
      running.delete(name),
    );
  const end = async (name: string) => {
    running.get(name)!();
    await breath();
  };
  const all = [run('a'), run('b', 2), run('c', 100), run('d'), run('e')];
  await breath();
  expect([...running.keys()]).toEqual(['a', 'b']);
  await end('a');
  expect([...running.keys()]).toEqual(['b']);
  await end('b');
  expect([...running.keys()]).toEqual(['c']);
  await end('c');
  expect([...running.keys()]).toEqual(['d', 'e']);
  await end('d');
  await end('e');
  await Promise.all(all);
});

test('work that fails makes room as well', async () => {
  const inTurn = turns(1);
  await expect(inTurn(() => Promise.reject(new Error('no')))).rejects.toThrow('no');
  expect(await inTurn(async () => 1, 5)).toBe(1);
});
