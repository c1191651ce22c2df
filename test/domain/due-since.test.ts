import fc from 'fast-check';
import { expect, test } from 'vitest';
import { addDays, type Day } from '#src/domain/civil.ts';
import { dueSince } from '#src/domain/verdict/due-since.ts';
import { stretchesOf } from '#src/domain/verdict/standing.ts';
import { allFacts, history, law, TODAY } from './histories.ts';

test.each([
  ['2026-11-16', '2026-10-16'],
  ['2026-11-17', '2026-11-17'],
  ['2026-12-15', '2026-11-17'],
  ['2026-12-16', '2026-12-16'],
  ['2015-07-01', '2015-07-01'],
  ['2015-06-30', '2015-07-01'],
])('on %s the same months have been due since %s', (day, since) => {
  expect(dueSince(law, day)).toBe(since);
});

test('on all days of a stretch the same months are due', () => {
  fc.assert(
    fc.property(history, fc.integer({ min: 0, max: 400 }), (past, days) => {
      const from = addDays(TODAY, days);
      for (const stretch of stretchesOf(allFacts(past), law, from, addDays(from, 45))) {
        const seen = new Set<Day>();
        for (let day = stretch.from; day < stretch.until; day = addDays(day, 1)) seen.add(dueSince(law, day));
        expect(seen.size).toBe(1);
      }
    }),
    { numRuns: 100 },
  );
});
