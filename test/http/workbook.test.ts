import { once } from 'node:events';
import { buffer } from 'node:stream/consumers';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Cell, cellOf, workbook } from '#src/http/workbook.ts';
import { readWorkbook } from '#test/setup/workbook.ts';

async function* given(rows: Cell[][]) {
  yield* rows;
}

async function made(rows: Cell[][], headings = ['a', 'b'], rowsPerSheet?: number) {
  const bytes = workbook('daftar', headings, given(rows), rowsPerSheet === undefined ? {} : { rowsPerSheet });
  return readWorkbook(await buffer(bytes));
}

test.each([
  ['=1+1', '=1+1'],
  ['+62', '+62'],
  ['-1', '-1'],
  ['@SUM(A1)', '@SUM(A1)'],
  ['=HYPERLINK("http://x","y")', '=HYPERLINK("http://x","y")'],
  ['\t=1', '\t=1'],
  ['0012', '0012'],
  ['3401011206900001', '3401011206900001'],
  ['9120301234567', '9120301234567'],
  ['<b>&amp;</b>', '<b>&amp;</b>'],
  ['_x0041_', '_x0041_'],
  ['baris\r\nbaru', 'baris\r\nbaru'],
  ['\u0000\u0007', '\u0000\u0007'],
  ['\ud800', '\ufffd'],
  ['\uffff', '\ufffd'],
  [['ARREARS', 'NOT_DECLARED'], 'ARREARS|NOT_DECLARED'],
  [12, 12],
  [-3, -3],
  [0.5, 0.5],
  [Number.MAX_SAFE_INTEGER, Number.MAX_SAFE_INTEGER],
  [2 ** 53, '9007199254740992'],
  [Number.NaN, 'NaN'],
  [true, true],
  [false, false],
])('%j is shown as %j and never as a formula', async (value, shown) => {
  const [sheet] = await made([[cellOf(value), 'x']]);
  expect(sheet!.rows).toEqual([
    ['a', 'b'],
    [shown, 'x'],
  ]);
});

test('what is absent leaves its cell empty', async () => {
  const [sheet] = await made([[cellOf(undefined), cellOf(null), cellOf(1)]], ['a', 'b', 'c']);
  expect(sheet!.rows[1]).toEqual([null, null, 1]);
});

test('a text that no cell can hold is cut', async () => {
  const [sheet] = await made([[cellOf('x'.repeat(100_000)), 1]]);
  expect(String(sheet!.rows[1]![0])).toHaveLength(32_767);
});

test('any text comes back as it was', async () => {
  const text = fc.string({ unit: 'binary', minLength: 1 }).filter((each) => !/[\uFFFE\uFFFF]/.test(each));
  await fc.assert(
    fc.asyncProperty(fc.array(text, { minLength: 1, maxLength: 20 }), async (texts) => {
      const [sheet] = await made(
        texts.map((each) => [cellOf(each)]),
        ['a'],
      );
      expect(sheet!.rows.slice(1).map(([cell]) => cell)).toEqual(texts);
    }),
    { numRuns: 50 },
  );
});

test('no rows make a sheet with headings', async () => {
  expect(await made([])).toEqual([{ name: 'daftar', rows: [['a', 'b']] }]);
});

test('rows that a sheet cannot take go on to the next, which has the headings, too', async () => {
  const rows = Array.from({ length: 5 }, (_, index) => [index, `nomor ${index}`]);
  expect(await made(rows, ['a', 'b'], 3)).toEqual([
    { name: 'daftar', rows: [['a', 'b'], ...rows.slice(0, 2)] },
    { name: 'daftar_2', rows: [['a', 'b'], ...rows.slice(2, 4)] },
    { name: 'daftar_3', rows: [['a', 'b'], ...rows.slice(4)] },
  ]);
});

test('rows are taken while they are read, and ended when the reader stops early', async () => {
  let taken = 0;
  let ended = false;
  async function* endless() {
    try {
      for (;;) yield [++taken, 'x'.repeat(100)];
    } finally {
      ended = true;
    }
  }
  const bytes = workbook('daftar', ['a', 'b'], endless());
  await once(bytes, 'readable');
  bytes.destroy();
  await once(bytes, 'close');
  await expect.poll(() => ended).toBe(true);
  expect(taken).toBeGreaterThan(0);
});

test('a failure of the rows is a failure of the workbook', async () => {
  async function* failing() {
    yield [1, 2];
    throw new Error('connection lost');
  }
  await expect(buffer(workbook('daftar', ['a', 'b'], failing()))).rejects.toThrow('connection lost');
});
