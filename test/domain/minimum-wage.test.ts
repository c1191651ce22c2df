import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { SCALES } from '#src/domain/parameters.ts';
import {
  bindingMinimum,
  type MinimumWage,
  minimumWageFor,
  shortfallOf,
} from '#src/domain/rules/minimum-wage.ts';
import { loadLaw } from '#src/law/index.ts';

const law = loadLaw();

function wage(regionCode: string, year: number, monthly: number, day = 1): MinimumWage {
  const recordedAt = `2026-01-${String(day).padStart(2, '0')}T00:00:00.000Z`;
  return { regionCode, regionName: regionCode, year, monthly, recordedAt };
}

const line = fc.record({
  wage: fc.integer({ min: 0, max: 10_000_000 }),
  employmentType: fc.constantFrom(undefined, 'permanent', 'fixed_term', 'daily', 'outsourced'),
});

describe('a minimum wage', () => {
  const wages = [
    wage('34', 2026, 2_417_495),
    wage('34.01', 2026, 2_504_520),
    wage('34.01', 2026, 2_500_000, 2),
    wage('34', 2025, 2_264_080),
    wage('33', 2026, 2_327_386),
  ];

  test.each([
    ['34.01', '2026-01', 2_500_000],
    ['34.02', '2026-12', 2_417_495],
    ['34', '2026-06', 2_417_495],
    ['34.01', '2025-12', 2_264_080],
    ['33.01', '2026-06', 2_327_386],
    ['33.01', '2025-12', undefined],
    ['34.01', '2027-01', undefined],
    ['3', '2026-01', undefined],
  ])('of %s in %s is %s', (region, period, monthly) => {
    expect(minimumWageFor(wages, region, period)?.monthly).toBe(monthly);
  });

  test('is the same in whatever order it was stated', () => {
    fc.assert(
      fc.property(fc.shuffledSubarray(wages, { minLength: wages.length }), (shuffled) => {
        expect(minimumWageFor(shuffled, '34.01', '2026-05')?.monthly).toBe(2_500_000);
      }),
    );
  });

  test.each(SCALES)('binds a %s enterprise unless it is exempt', (scale) => {
    const of = (period: string) =>
      bindingMinimum({ employer: { regionCode: '34.02', scale }, minimumWages: wages }, law, period);
    expect(of('2026-05')?.monthly).toBe(scale === 'micro' || scale === 'small' ? undefined : 2_417_495);
    expect(of('2027-05')).toBeUndefined();
  });
});

describe('a shortfall', () => {
  test('counts who is paid by the month and has less, and what they lack', () => {
    const lines = [
      { wage: 2_000_000 },
      { wage: 2_417_495 },
      { wage: 0 },
      { wage: 5, employmentType: 'daily' as const },
    ];
    expect(shortfallOf(2_417_495, lines)).toEqual({ workers: 2, amount: 417_495 + 2_417_495 });
  });

  test('rises with the minimum, never exceeds it for each worker, and adds up over rosters', () => {
    fc.assert(
      fc.property(
        fc.array(line),
        fc.array(line),
        fc.integer({ min: 1, max: 9_000_000 }),
        (some, more, monthly) => {
          const [a, b, both] = [some, more, [...some, ...more]].map((lines) => shortfallOf(monthly, lines));
          expect(both).toEqual({ workers: a!.workers + b!.workers, amount: a!.amount + b!.amount });
          expect(both!.amount).toBeLessThanOrEqual(both!.workers * monthly);
          const higher = shortfallOf(monthly + 1, [...some, ...more]);
          expect(higher.amount - both!.amount).toBe(higher.workers);
        },
      ),
    );
  });
});
