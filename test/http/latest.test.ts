import { beforeEach, expect, test } from 'vitest';
import { latest } from '#src/http/latest.ts';

let now: number;
let made: number;
let ask: () => Promise<number>;

beforeEach(() => {
  now = 0;
  made = 0;
  ask = latest(
    async () => {
      made += 1;
      return made;
    },
    3,
    () => now,
  );
});

test('whoever asks now and then gets what is made for it', async () => {
  for (let time = 1; time <= 10; time += 1) {
    now += 400;
    expect(await ask()).toBe(time);
  }
});

test('whoever asks more often gets what was made last, and within a second something new', async () => {
  const answers = await Promise.all(Array.from({ length: 500 }, () => ask()));
  expect(answers.slice(0, 5)).toEqual([1, 2, 3, 3, 3]);
  expect(made).toBe(3);
  now += 999;
  expect(await ask()).toBe(3);
  now += 1;
  expect(await ask()).toBe(4);
});

test('what failed is told to those who ask beyond the most, and tried again after the second', async () => {
  const failing = latest(
    () => Promise.reject(new Error(`attempt ${(made += 1)}`)),
    1,
    () => now,
  );
  await expect(failing()).rejects.toThrow('attempt 1');
  await expect(failing()).rejects.toThrow('attempt 1');
  now += 1000;
  await expect(failing()).rejects.toThrow('attempt 2');
});
