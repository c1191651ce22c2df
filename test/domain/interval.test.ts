import fc from 'fast-check';
import { expect, test } from 'vitest';
import { addDays } from '#src/domain/civil.ts';
import { type Interval, judgedInterval } from '#src/domain/verdict/interval.ts';
import { judge } from '#src/domain/verdict/verdict.ts';
import { allFacts, history, law } from './histories.ts';

function toTheEnd(steps: Generator<void, Interval>): Interval {
  for (;;) {
    const { done, value } = steps.next();
    if (done) return value;
  }
}

test('an interval says of each day which breaches held', () => {
  const start = fc.integer({ min: 0, max: 330 }).map((days) => addDays('2026-01-01', days));
  fc.assert(
    fc.property(history, start, fc.integer({ min: 0, max: 100 }), (past, from, days) => {
      const facts = allFacts(past);
      const to = addDays(from, days);
      const { inOrderThroughout, breaches } = toTheEnd(judgedInterval(facts, law, { from, to }));
      const told = new Map<string, readonly string[]>();
      for (const breach of breaches) {
        expect(breach.from <= breach.to).toBe(true);
        for (let day = breach.from; day <= breach.to; day = addDays(day, 1)) {
          expect(told.has(day)).toBe(false);
          told.set(day, breach.codes);
        }
      }
      for (let day = from; day <= to; day = addDays(day, 1)) {
        const held = judge(facts, law, day).reasons.filter(({ severity }) => severity === 'breach');
        expect(told.get(day) ?? []).toEqual([...new Set(held.map(({ code }) => code))]);
        told.delete(day);
      }
      expect(told.size).toBe(0);
      expect(inOrderThroughout).toBe(breaches.length === 0);
    }),
    { numRuns: 60 },
  );
});
