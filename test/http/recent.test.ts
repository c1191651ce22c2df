import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Recent } from '#src/http/recent.ts';

test('what was used among the last half of the limit is kept, and never more than the limit', () => {
  const limit = 8;
  fc.assert(
    fc.property(
      fc.array(fc.record({ key: fc.nat(20), write: fc.boolean() }), { maxLength: 200 }),
      (steps) => {
        const recent = new Recent<number, number>(limit);
        const last = new Map<number, number>();
        const used: number[] = [];
        for (const [at, { key, write }] of steps.entries()) {
          const found = recent.get(key);
          if (used.slice(-limit / 2).includes(key)) expect(found).toBe(last.get(key));
          else expect([undefined, last.get(key)]).toContain(found);
          if (write) {
            recent.set(key, at);
            last.set(key, at);
          }
          if (write || found !== undefined) used.push(key);
        }
        const kept = Array.from({ length: 21 }, (_, key) => recent.get(key)).filter(
          (each) => each !== undefined,
        );
        expect(kept.length).toBeLessThanOrEqual(limit);
      },
    ),
  );
});

test('what is deleted is gone', () => {
  const recent = new Recent<string, string>(2);
  recent.set('a', 'one');
  recent.delete('a');
  expect(recent.get('a')).toBeUndefined();
});
