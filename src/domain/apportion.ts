import type { Rupiah } from './money.ts';

/**
 * Splits an amount in proportion to weights, to the rupiah: each part is cut to whole rupiah, and what is left goes one
 * by one to the largest remainders, earlier parts first. The parts add up to the amount; all weights zero gives zeros.
 */
export function apportion(amount: Rupiah, weights: readonly Rupiah[]): Rupiah[] {
  const whole = weights.reduce((sum, weight) => sum + BigInt(weight), 0n);
  if (whole === 0n) return weights.map(() => 0);
  const products = weights.map((weight) => BigInt(amount) * BigInt(weight));
  const parts = products.map((product) => Number(product / whole));
  const order = products
    .map((product, index) => ({ index, remainder: product % whole }))
    .sort((a, b) => (a.remainder === b.remainder ? a.index - b.index : a.remainder > b.remainder ? -1 : 1));
  const left = amount - parts.reduce((sum, part) => sum + part, 0);
  for (const { index } of order.slice(0, left)) parts[index]! += 1;
  return parts;
}
