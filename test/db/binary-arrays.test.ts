import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import pg from 'pg';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { byteaArray, textArray, uuidArray } from '#src/db/index.ts';

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
