import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { columnsOf } from '#src/imports/columns.ts';
import { MAX_LINE } from '#src/imports/lines.ts';
import { ndjsonHeader, readNdjson } from '#src/imports/ndjson.ts';
import { rosterRows } from '#src/imports/roster-rows.ts';
import { all, brief, pieces } from './reading.ts';

const read = (text: string | Buffer, ...ends: number[]) =>
  all(readNdjson(pieces(Buffer.from(text), ...ends), 'payments'));
const cellsOf = (values: Partial<Record<string, string>>) =>
  columnsOf('payments').map((column) => values[column] ?? '');

describe('lines', () => {
  test('keys in English or Indonesian, any order, values of any plain type', async () => {
    const text =
      '{"npp":"AB1","amount":3500000,"denda":true,"kanal":null}\r\n\n{"Jumlah":"3.500","NPP":12345678}';
    expect(brief(await read(text))).toEqual([
      [1, cellsOf({ npp: 'AB1', amount: '3500000', penalty: 'true' })],
      [3, cellsOf({ npp: '12345678', amount: '3.500' })],
    ]);
  });

  test.each([
    ['9999999999999999', '9999999999999999'],
    ['3.40101E+15', '3.40101E+15'],
    ['35e5', '35e5'],
    ['3500000.5', '3500000.5'],
  ])('the number %s is taken as it is written', async (number, cell) => {
    expect((await read(`{"amount":${number}}`))[0]!.cells).toEqual(cellsOf({ amount: cell }));
  });

  test.each([
    ['3.125', '3.1250'],
    ['150.000', '150'],
    ['1234567.0', '1234567'],
    ['0.50', '0.5'],
    ['2026.001', '2026.001'],
    ['350.0000000000000001', '350'],
    ['123456789012345.6', '123456789012345.6'],
  ])('the number %s means the same whatever stands beside it', async (number, cell) => {
    for (const reference of ['"ND-A"', '"ND-1E5"', '12345678901234567890'])
      expect((await read(`{"amount":${number},"reference":${reference}}`))[0]!.cells).toEqual(
        cellsOf({ amount: cell, reference: reference.replaceAll('"', '') }),
      );
  });

  test.each([
    ['{"npp":', 'invalid_json', undefined],
    ['[]', 'invalid_json', undefined],
    ['null', 'invalid_json', undefined],
    ['{"npp":"1","gaji":1}', 'unknown_column', 'gaji'],
    ['{"__proto__":1}', 'unknown_column', '__proto__'],
    ['{"npp":{"a":1}}', 'nested_value', 'npp'],
    ['{"npp":[1]}', 'nested_value', 'npp'],
    ['{"npp":["AB1","AB2"]}', 'nested_value', 'npp'],
    ['{"npp":[1.5],"reference":"1E5"}', 'nested_value', 'npp'],
    ['{"amount":1,"jumlah":1}', 'duplicate_column', 'jumlah'],
    ['{"jumlah":1,"jumlah":1}', 'duplicate_column', undefined],
    ['{"jumlah":1,"j\\u0075mlah":2}', 'duplicate_column', undefined],
  ])('%s is refused', async (text, code, column) => {
    const [line] = await read(text);
    expect(line!.rejections).toEqual([column === undefined ? { code } : { code, column }]);
  });

  test('a line that is too long, or has broken characters, costs itself only', async () => {
    const long = `{"npp":"${'x'.repeat(3 * MAX_LINE)}"}`;
    const text = Buffer.concat([
      Buffer.from(`${long}\n{"npp":"`),
      Buffer.from([0xc3]),
      Buffer.from('"}\n{"npp":"1"}'),
    ]);
    expect(brief(await read(text, 5, MAX_LINE * 2))).toEqual([
      [1, 'line_too_long'],
      [2, 'invalid_utf8'],
      [3, cellsOf({ npp: '1' })],
    ]);
    expect(brief(await read(long))).toEqual([[1, 'line_too_long']]);
  });
});

test('a list of programmes is a value', async () => {
  const worker = {
    npp: 'AB000000',
    period: '2026-05',
    nik: 3471010108745131,
    name: 'Siti',
    birthDate: '1974-08-01',
    wage: 8384000,
    programmes: ['JKK', 'JKM'],
    jkp: false,
  };
  const [line] = await all(readNdjson(pieces(Buffer.from(JSON.stringify(worker))), 'rosters'));
  expect(rosterRows(ndjsonHeader('rosters'), '2026-11-20')(line!)).toMatchObject({
    ok: true,
    row: { nik: '3471010108745131', programmes: 3, jkp: false, wage: 8384000 },
  });
});

test('where the bytes are cut makes no difference, and nothing throws', async () => {
  const part = fc.constantFrom('{"npp":"é"}', '{', '}', '"', '\n', '\r\n', '[', '1e999', 'x'.repeat(40_000));
  await fc.assert(
    fc.asyncProperty(fc.array(part), fc.array(fc.nat(), { maxLength: 5 }), async (parts, ends) => {
      const bytes = Buffer.from(parts.join(''));
      expect(await read(bytes, ...ends)).toEqual(await read(bytes));
    }),
  );
});
