import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ByBytes } from '#src/imports/by-bytes.ts';

test('each text has one value, whatever stands around it and however many there are', () => {
  const text = fc.oneof(fc.string({ maxLength: 3 }), fc.string({ unit: 'grapheme', maxLength: 40 }));
  fc.assert(
    fc.property(fc.array(fc.tuple(text, fc.string(), fc.string()), { maxLength: 400 }), (asked) => {
      const table = new ByBytes((made) => ({ made }));
      const known = new Map<string, { made: string }>();
      for (const [each, before, after] of asked) {
        const bytes = Buffer.from(before + each + after);
        const start = Buffer.byteLength(before);
        const value = table.of(bytes, start, start + Buffer.byteLength(each));
        expect(value.made).toBe(Buffer.from(each).toString());
        expect(value).toBe(known.get(value.made) ?? value);
        known.set(value.made, value);
      }
      expect(table.values()).toEqual([...known.values()]);
      expect(table.size).toBe(known.size);
    }),
  );
});

test('thousands of texts stay apart', () => {
  const table = new ByBytes(String);
  const texts = Array.from({ length: 50_000 }, (_, index) => Buffer.from(`TU${index}`));
  for (let round = 0; round < 2; round += 1)
    for (const text of texts) expect(table.of(text, 0, text.length)).toBe(text.toString());
  expect(table.size).toBe(texts.length);
});
