import { readFileSync } from 'node:fs';
import { buffer } from 'node:stream/consumers';
import fc from 'fast-check';
import { writeXlsx } from 'hucre/xlsx';
import { describe, expect, test } from 'vitest';
import { type Cell, cellOf, workbook } from '#src/http/workbook.ts';
import { columnsOf, type ImportKind, readHeader } from '#src/imports/columns.ts';
import { readXlsx } from '#src/imports/xlsx.ts';
import { Room } from '#src/imports/xlsx-room.ts';
import { all, pieces } from './reading.ts';
import { READERS, rowsOf } from './row-reading.ts';
import { outcome, textRow, workbookOf } from './workbooks.ts';

type Value = Cell | Date;

const KINDS: readonly ImportKind[] = ['employers', 'rosters', 'payments', 'evidence'];

/** All rows of a workbook, or their rejections, without their lines. */
async function rowsOfWorkbook(kind: ImportKind, file: Buffer) {
  const [header, ...lines] = await all(readXlsx(pieces(file), new Room(64 * 1024 * 1024)));
  const columns = readHeader(kind, header!.cells);
  if (!columns.ok) throw new Error(columns.code);
  return lines.map(READERS[kind](columns.header)).map(said);
}

async function rowsOfCsv(kind: ImportKind, table: readonly (readonly string[])[]) {
  const quoted = (cell: string) => `"${cell.replaceAll('"', '""')}"`;
  const file = table.map((row) => row.map(quoted).join(';')).join('\r\n');
  return (await rowsOf(kind, file)).map(said);
}

function said(result: { ok: boolean; line: number; row?: unknown; rejections?: unknown }) {
  return result.ok ? result.row : result.rejections;
}

async function withSharedTexts(rows: Value[][]): Promise<Buffer> {
  return Buffer.from((await writeXlsx({ sheets: [{ name: 'Data', rows }] })) as Uint8Array);
}

async function withTextsInCells([header, ...rows]: Cell[][]): Promise<Buffer> {
  async function* given() {
    yield* rows;
  }
  return buffer(workbook('data', header as string[], given()));
}

const cell = fc.oneof(
  fc.string({ maxLength: 12 }),
  fc.string({ unit: 'grapheme', maxLength: 8 }),
  fc.constantFrom(
    '',
    ' ',
    "'007",
    '="8"',
    'Rp 3.500.000,00',
    '12/05/1990',
    'Mei 2026',
    '2026-05',
    '3.4E+15',
    '#REF!',
  ),
  fc.constantFrom(
    '3401011206900001',
    'JKK|JKM',
    'ya',
    'a\nb',
    'a\r\nb',
    '_x0041_',
    '&amp;',
    '<b>',
    '"',
    ';',
    'x'.repeat(3_000),
  ),
);

describe('texts give the same rows as a CSV file', () => {
  test.each(KINDS)('%s', async (kind) => {
    const columns = columnsOf(kind);
    const row = fc.array(cell, { minLength: 0, maxLength: columns.length + 1 });
    await fc.assert(
      fc.asyncProperty(fc.array(row, { maxLength: 8 }), async (rows) => {
        const table = [columns as string[], ...rows];
        const expected = await rowsOfCsv(kind, table);
        expect(await rowsOfWorkbook(kind, workbookOf({ rows: table.map(textRow).join('') }))).toEqual(
          expected,
        );
        const cells = table.map((each) => each.map(cellOf));
        expect(await rowsOfWorkbook(kind, await withSharedTexts(cells))).toEqual(expected);
        expect(await rowsOfWorkbook(kind, await withTextsInCells(cells))).toEqual(expected);
      }),
      { numRuns: 30 },
    );
  });
});

test('numbers and days give the same rows as a CSV file', async () => {
  const header = ['npp', 'periode', 'nik', 'nama', 'tgl_lahir', 'upah', 'program', 'jkp'];
  const day = fc.date({ min: new Date('1950-01-01'), max: new Date('2008-12-31'), noInvalidDate: true });
  const row = fc.record({
    day,
    wage: fc.integer({ min: -10, max: 10_000_000_000 }),
    cents: fc.boolean(),
    jkp: fc.boolean(),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(row, { minLength: 1, maxLength: 8 }), async (rows) => {
      const typed: Value[][] = rows.map(({ day: at, wage, cents, jkp }) => {
        const born = new Date(`${at.toISOString().slice(0, 10)}T00:00:00Z`);
        const month = new Date('2026-10-01T00:00:00Z');
        return ['S1', month, '3401011206900001', 'Siti', born, wage + (cents ? 0.25 : 0), 'JKK', jkp];
      });
      const texts = typed.map((cells) =>
        cells.map((value) => (value instanceof Date ? value.toISOString().slice(0, 10) : String(value))),
      );
      const file = await withSharedTexts([header, ...typed]);
      expect(await rowsOfWorkbook('rosters', file)).toEqual(await rowsOfCsv('rosters', [header, ...texts]));
    }),
    { numRuns: 50 },
  );
});

describe('workbooks of other programs', () => {
  const rows = [
    ['npp', 'periode', 'nik', 'nama', 'tgl_lahir', 'upah', 'program', 'jkp'],
    [
      'TS900001',
      '2026-10',
      '3401011206900001',
      'Sri Lestari',
      '1990-06-12',
      '3100000',
      'JKK|JKM|JHT',
      'TRUE',
    ],
    [
      'TS900001',
      '2026-10',
      '3401014506850002',
      'Wahyuni "Yuni" & Putri',
      '1985-06-05',
      '4500000',
      'JKK|JKM|JHT|JP',
      'FALSE',
    ],
    ['TS900001', '2026-10', '3.40101120690000E+15', 'Agus', '1990-06-12 07:30:00', '3100000', 'JKK'],
  ];
  const sum = (text: string) => ['', '', '', '', '', text];

  test.each([
    ['openpyxl', [...rows.slice(1), sum('#VALUE!')]],
    ['xlsxwriter', [...rows.slice(1), sum('10700000')]],
    ['xlsxwriter-1904', [...rows.slice(1), sum('10700000')]],
    ['xlsxwriter-zip64', [...rows.slice(1), sum('10700000')]],
  ])('%s', async (name, expected) => {
    const file = readFileSync(new URL(`../data/workbooks/${name}.xlsx`, import.meta.url));
    const [header, ...found] = (await outcome(file)) as [number, string[]][];
    expect(header![1].map((each) => each.toLowerCase())).toEqual(rows[0]);
    expect(found.map(([, cells]) => cells)).toEqual(expected);
    expect(found.map(([line]) => line)).toEqual([2, 3, 4, 6]);
  });
});
