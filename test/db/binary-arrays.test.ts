import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import pg from 'pg';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import {
  booleanArray,
  byteaArray,
  dateArray,
  int2Array,
  int4Array,
  int8Array,
  textArray,
  uuidArray,
} from '#src/db/index.ts';

let client: pg.Client;
beforeAll(async () => {
  client = new pg.Client({ connectionString: inject('adminUrl') });
  await client.connect();
});
afterAll(() => client.end());

const READ = `select $1::text[] as texts, $2::uuid[] as ids, $3::bytea[] as bytes,
                     array_length($1::text[], 1) as length`;

async function read(texts: (string | null)[], ids: (string | null)[], bytes: Buffer[]) {
  const values = [textArray(texts), uuidArray(ids), byteaArray(bytes)];
  return (await client.query({ name: 'read arrays', text: READ, values })).rows[0];
}

test('what is written is what PostgreSQL reads, whatever the texts', async () => {
  // PostgreSQL has no text with a NUL, and no half of a surrogate pair.
  const text = fc.string({ unit: 'binary' }).map((each) => each.replaceAll('\0', '').toWellFormed());
  const texts = fc.array(fc.option(text), { minLength: 1 });
  const ids = fc.array(fc.option(fc.uuid()), { minLength: 1 });
  const bytes = fc.array(
    fc.uint8Array().map((each) => Buffer.from(each)),
    { minLength: 1 },
  );
  await fc.assert(
    fc.asyncProperty(texts, ids, bytes, async (someTexts, someIds, someBytes) => {
      const row = await read(someTexts, someIds, someBytes);
      expect(row).toEqual({
        texts: someTexts,
        ids: someIds,
        bytes: someBytes,
        length: someTexts.length,
      });
    }),
    { numRuns: 100 },
  );
});

test('quotes, backslashes, braces and the word NULL are texts like others', async () => {
  const texts = ['"', '\\', '{a,b}', 'NULL', '', ' ', 'é\n', null];
  expect((await read(texts, [randomUUID()], [Buffer.alloc(0)])).texts).toEqual(texts);
});

test('an array may be empty', async () => {
  expect(await read([], [], [])).toEqual({ texts: [], ids: [], bytes: [], length: null });
});

test('numbers, days and truths are what they were', async () => {
  const day = fc
    .date({ min: new Date('1000-01-01'), max: new Date('9999-12-31'), noInvalidDate: true })
    .map((each) => each.toISOString().slice(0, 10));
  const int = (bits: number) => fc.integer({ min: -(2 ** (bits - 1)), max: 2 ** (bits - 1) - 1 });
  const row = fc.tuple(fc.option(day), fc.boolean(), int(16), int(32), fc.maxSafeInteger());
  await fc.assert(
    fc.asyncProperty(fc.array(row), async (rows) => {
      const found = await client.query({
        name: 'read columns',
        text: `select day::text, truth, small, middle, big::text
               from unnest($1::date[], $2::boolean[], $3::smallint[], $4::int[], $5::bigint[])
                 as t (day, truth, small, middle, big)`,
        values: [
          dateArray(rows.map(([each]) => each)),
          booleanArray(rows.map(([, each]) => each)),
          int2Array(rows.map(([, , each]) => each)),
          int4Array(rows.map(([, , , each]) => each)),
          int8Array(rows.map(([, , , , each]) => each)),
        ],
        rowMode: 'array',
      });
      expect(found.rows).toEqual(rows.map((each) => each.with(4, String(each[4]))));
    }),
    { numRuns: 100 },
  );
});

test('what is no whole number, or no day, is refused, and not taken for another one', () => {
  for (const arrayOf of [int2Array, int4Array, int8Array]) {
    for (const value of [Number.NaN, 1.5, Number.POSITIVE_INFINITY])
      expect(() => arrayOf([value])).toThrow(RangeError);
  }
  for (const day of ['', 'yesterday', '2026-13-01']) expect(() => dateArray([day])).toThrow(RangeError);
});
