import fc from 'fast-check';
import { expect, test } from 'vitest';
import { addDays } from '#src/domain/civil.ts';
import { type ClosedCase, PRIORITY_BANDS, ratioText, reportOf } from '#src/domain/inspections/precision.ts';
import { REASON_CODES } from '#src/domain/reason-codes.ts';

const codes = fc.uniqueArray(fc.constantFrom(...REASON_CODES), { maxLength: 4 });
const closed = fc
  .record({
    claims: codes,
    points: fc.integer({ min: 0, max: 1000 }),
    days: fc.integer({ min: 0, max: 60 }),
    kind: fc.constantFrom('visited', 'cancelled' as const),
    found: codes,
  })
  .map(
    ({ days, ...rest }): ClosedCase => ({
      ...rest,
      assignedOn: '2026-10-20',
      on: addDays('2026-10-20', days),
      found: rest.kind === 'visited' ? rest.found : [],
    }),
  );

test('the parts of a report add up', () => {
  fc.assert(
    fc.property(fc.array(closed, { maxLength: 30 }), (cases) => {
      const report = reportOf(cases);
      expect(report.visits + report.cancelled).toBe(cases.length);
      const sum = (each: readonly { visits: number; confirmed: number }[]) => ({
        visits: each.reduce((all, { visits }) => all + visits, 0),
        confirmed: each.reduce((all, { confirmed }) => all + confirmed, 0),
      });
      expect(sum(report.byBand)).toEqual(report.precision);
      for (const each of [report.precision, ...report.byCode, ...report.byBand]) {
        expect(each.confirmed).toBeLessThanOrEqual(each.visits);
      }
      expect(sum(report.byCode).confirmed).toBeGreaterThanOrEqual(report.precision.confirmed);
    }),
  );
});

test('bands follow each other without a hole', () => {
  expect(PRIORITY_BANDS).toEqual([
    { from: 0, to: 250 },
    { from: 251, to: 500 },
    { from: 501, to: 750 },
    { from: 751, to: 1000 },
  ]);
});

test.each([
  [[3], 6],
  [[0, 5], 5],
  [[9, 1, 4], 8],
  [[2, 2, 3, 40], 5],
])('visits after %j days have twice the median %d', (days, twice) => {
  const cases = days.map(
    (each): ClosedCase => ({
      claims: [],
      points: 0,
      assignedOn: '2026-01-30',
      kind: 'visited',
      on: addDays('2026-01-30', each),
      found: [],
    }),
  );
  expect(reportOf(cases).twiceMedianDays).toBe(twice);
});

test('without a visit there is no precision and no median', () => {
  const report = reportOf([]);
  expect(report.twiceMedianDays).toBeUndefined();
  expect(ratioText(report.precision)).toBeUndefined();
});

test.each([
  [1, 1, '1.0000'],
  [0, 3, '0.0000'],
  [1, 3, '0.3333'],
  [2, 3, '0.6666'],
])('%d of %d is %s', (confirmed, visits, text) => {
  expect(ratioText({ confirmed, visits })).toBe(text);
});
