import { expect, test } from 'vitest';
import { MAX_RUPIAH } from '#src/domain/money.ts';
import { lateCharge } from '#src/domain/rules/late-charge.ts';

test('each month is rounded before the sum', () => {
  // 2 % of 25 is half a rupiah: one rupiah a month, twelve a year.
  expect(lateCharge(25, 12, 20_000)).toBe(12);
});

test('nothing late costs nothing', () => {
  expect(lateCharge(1_000_000, 0, 20_000)).toBe(0);
  expect(lateCharge(0, 12, 20_000)).toBe(0);
});

test('an overflow is refused', () => {
  expect(() => lateCharge(MAX_RUPIAH, 1_000_000, 20_000)).toThrow(RangeError);
});
