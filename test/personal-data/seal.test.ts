import { createHmac, createSecretKey } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { blindIndexWith } from '#src/personal-data/blind-index.ts';
import { openKeyRing } from '#src/personal-data/index.ts';
import { keyFolder } from './folder.ts';

const OVERHEAD_BYTES = 1 + 4 + 12 + 16;

describe('a sealed value', () => {
  test('opens to what was sealed, bytes or text', () => {
    const ring = openKeyRing(keyFolder());
    fc.assert(
      fc.property(fc.uint8Array(), fc.string({ unit: 'grapheme' }), (bytes, context) => {
        const sealed = ring.seal(Buffer.from(bytes), context);
        expect(sealed).toHaveLength(bytes.length + OVERHEAD_BYTES);
        expect(ring.open(sealed, context)).toEqual(Buffer.from(bytes));
        expect(ring.open(ring.seal(context, context), context).toString()).toBe(context);
      }),
    );
  });

  test('names its version and key, and is never the same twice', () => {
    const folder = keyFolder();
    const ring = openKeyRing(folder);
    const { id } = JSON.parse(readFileSync(join(folder, 'sealing-0001.json'), 'utf8'));
    const sealed = Array.from({ length: 100 }, () => ring.seal('same', 'c').toString('hex'));
    for (const hex of sealed) expect(hex.slice(0, 10)).toBe(`01${id}`);
    expect(new Set(sealed).size).toBe(100);
  });

  test('with any bit flipped does not open, and the refusal tells nothing', () => {
    const ring = openKeyRing(keyFolder());
    const nik = '3404075201900001';
    const sealed = ring.seal(nik, 'rosters/1');
    for (let bit = 0; bit < sealed.length * 8; bit++) {
      const altered = Buffer.from(sealed);
      altered[bit >> 3]! ^= 1 << (bit & 7);
      const code = bit < 8 ? 'sealed_malformed' : bit < 40 ? 'key_unknown' : 'sealed_not_authentic';
      const refusal = expect.objectContaining({
        code,
        message: expect.not.stringContaining(nik),
      });
      expect(() => ring.open(altered, 'rosters/1')).toThrow(refusal);
    }
  });

  test('does not open in another place, cut short, or with the keys of another folder', () => {
    const ring = openKeyRing(keyFolder());
    const sealed = ring.seal('secret', 'rosters/1');
    const open =
      (value: Buffer, context: string, by = ring) =>
      () =>
        by.open(value, context);
    expect(open(sealed, 'rosters/2')).toThrow(expect.objectContaining({ code: 'sealed_not_authentic' }));
    expect(open(sealed, '')).toThrow(expect.objectContaining({ code: 'sealed_not_authentic' }));
    expect(open(sealed.subarray(0, -1), 'rosters/1')).toThrow(
      expect.objectContaining({ code: 'sealed_not_authentic' }),
    );
    expect(open(sealed.subarray(0, 32), 'rosters/1')).toThrow(
      expect.objectContaining({ code: 'sealed_malformed' }),
    );
    expect(open(Buffer.alloc(0), 'rosters/1')).toThrow(expect.objectContaining({ code: 'sealed_malformed' }));
    const other = openKeyRing(keyFolder());
    expect(open(sealed, 'rosters/1', other)).toThrow(expect.objectContaining({ code: 'key_unknown' }));
  });
});

describe('a blind index', () => {
  test('is HMAC-SHA-256, cut to 16 bytes', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ minLength: 32, maxLength: 32 }),
        fc.stringMatching(/^\d{16}$/),
        (key, nik) => {
          const expected = createHmac('sha256', key).update(nik).digest().subarray(0, 16);
          expect(blindIndexWith(createSecretKey(key))(nik)).toEqual(expected);
        },
      ),
    );
  });

  test('refuses what is not a normalised NIK, since it would never be found', () => {
    const ring = openKeyRing(keyFolder());
    for (const text of [
      '',
      '340407520190001',
      '34040752019000011',
      '3404 0752 0190 0001',
      '３404075201900001',
    ]) {
      expect(() => ring.blindIndex(text)).toThrow(RangeError);
    }
  });

  test('differs between key rings and from the digest', () => {
    const one = openKeyRing(keyFolder());
    const other = openKeyRing(keyFolder());
    const nik = '3404075201900001';
    expect(one.blindIndex(nik)).not.toEqual(other.blindIndex(nik));
    expect(one.digest(nik)).not.toEqual(other.digest(nik));
    expect(one.digest(nik).subarray(0, 16)).not.toEqual(one.blindIndex(nik));
  });

  test('taken earlier is not changed by one taken later', () => {
    const ring = openKeyRing(keyFolder());
    const first = ring.blindIndex('3404075201900001');
    const copy = Buffer.from(first);
    ring.blindIndex('3404075201900002');
    expect(first).toEqual(copy);
  });
});

test('a digest tells equal content from other content', () => {
  const ring = openKeyRing(keyFolder());
  expect(ring.digest('roster')).toHaveLength(32);
  expect(ring.digest('roster')).toEqual(ring.digest(Buffer.from('roster')));
  expect(ring.digest('roster')).not.toEqual(ring.digest('Roster'));
});
