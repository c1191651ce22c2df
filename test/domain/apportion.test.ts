import fc from 'fast-check';
import { expect, test } from 'vitest';
import { apportion } from '#src/domain/apportion.ts';
import { MAX_RUPIAH } from '#src/domain/money.ts';

test.each([
  [100, [1, 1, 1], [34, 33, 33]],
  [10, [5, 3, 2], [5, 3, 2]],
  [3, [1, 2, 4], [0, 1, 2]],
  [7, [0, 0], [0, 0]],
  [0, [4, 5], [0, 0]],
])('%d over %j is %j', (amount, weights, parts) => {
  expect(apportion(amount, weights)).toEqual(parts);
});

test('the parts add up, and none is a rupiah away from its proportion', () => {
  const rupiah = fc.integer({ min: 0, max: MAX_RUPIAH });
  fc.assert(
    fc.property(rupiah, fc.array(rupiah, { minLength: 1, maxLength: 6 }), (amount, weights) => {
      const parts = apportion(amount, weights);
      const whole = weights.reduce((sum, weight) => sum + BigInt(weight), 0n);
      if (whole === 0n) return;
      expect(parts.reduce((sum, part) => sum + part, 0)).toBe(amount);
      for (const [index, part] of parts.entries()) {
        const off = BigInt(part) * whole - BigInt(amount) * BigInt(weights[index]!);
        expect(off < whole && off > -whole).toBe(true);
      }
    }),
  );
});
