import fc from 'fast-check';
import { expect, test } from 'vitest';
import { IndexSet } from '#src/facts/index-set.ts';
import { INDEX_BYTES } from '#src/personal-data/index.ts';

/** Few values, of which some begin alike, so that they meet in the same place. */
const index = fc
  .tuple(fc.nat({ max: 40 }), fc.nat({ max: 2 }))
  .map(([start, end]) => Buffer.alloc(INDEX_BYTES).fill(start, 0, 4).fill(end, 12));

test('gives each index back the first time that it is added, in order', () => {
  fc.assert(
    fc.property(fc.array(fc.array(index, { maxLength: 60 }), { maxLength: 6 }), (batches) => {
      const set = new IndexSet();
      const seen = new Set<string>();
      for (const batch of batches) {
        const fresh = [...new Set(batch.map((each) => each.toString('hex')))].filter(
          (each) => !seen.has(each),
        );
        for (const each of fresh) seen.add(each);
        expect(set.addAll(Buffer.concat(batch)).toString('hex')).toBe(fresh.join(''));
      }
    }),
  );
});
