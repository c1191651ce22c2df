import fc from 'fast-check';
import { expect, test } from 'vitest';
import { addDays, firstDayBeyond, isDay, monthsAfter } from '#src/domain/civil.ts';

const DAY_MS = 86_400_000;
const day = fc
  .date({ min: new Date('1900-01-01'), max: new Date('2199-12-31'), noInvalidDate: true })
  .map((at) => at.toISOString().slice(0, 10));

test('days are added as the calendar has them, forwards and backwards', () => {
  fc.assert(
    fc.property(day, fc.integer({ min: -800, max: 800 }), (from, days) => {
      const expected = new Date(Date.parse(from) + days * DAY_MS).toISOString().slice(0, 10);
      expect(addDays(from, days)).toBe(expected);
    }),
    { numRuns: 2_000 },
  );
});

test('another month has begun on the first day beyond so many, and not before', () => {
  fc.assert(
    fc.property(day, fc.integer({ min: 0, max: 60 }), (start, months) => {
      const first = firstDayBeyond(start, months);
      expect(monthsAfter(start, first)).toBe(months + 1);
      expect(monthsAfter(start, addDays(first, -1))).toBe(months);
    }),
  );
});

test.each([
  ['2024-02-28', 1, '2024-02-29'],
  ['2024-02-29', 1, '2024-03-01'],
  ['2023-02-28', 1, '2023-03-01'],
  ['2100-02-28', 1, '2100-03-01'],
  ['2026-12-31', 1, '2027-01-01'],
  ['2027-01-01', -1, '2026-12-31'],
  ['2024-03-01', -1, '2024-02-29'],
  ['2026-01-31', 0, '2026-01-31'],
  ['2026-11-22', 36_500, '2126-10-29'],
])('%s and %i days are %s', (from, days, to) => {
  expect(addDays(from, days)).toBe(to);
  expect(isDay(to)).toBe(true);
});

test.each([
  ['1899-12-30', 2_958_465, '9999-12-31'],
  ['2999-12-31', 1, '3000-01-01'],
  ['3000-01-01', -1, '2999-12-31'],
  ['1700-01-01', -1, '1699-12-31'],
])('so they are beyond the days that are served: %s and %i', (from, days, to) => {
  expect(addDays(from, days)).toBe(to);
});
