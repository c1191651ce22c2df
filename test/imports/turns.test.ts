import { setImmediate as breath } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { openRows } from '#src/imports/read-rows.ts';
import { readXlsx } from '#src/imports/xlsx.ts';
import { Room } from '#src/imports/xlsx-room.ts';
import { readWholeXml } from '#src/imports/xlsx-xml.ts';
import { pieces } from './reading.ts';
import { partsOf, textRow, workbookOf } from './workbooks.ts';

/** How many turns others have while some work is done. */
async function turnsDuring(work: () => Promise<unknown>): Promise<number> {
  let turns = 0;
  let done = false;
  const others = (async () => {
    while (!done) {
      await breath();
      turns += 1;
    }
  })();
  await work();
  done = true;
  await others;
  return turns;
}

function busy(ms: number): void {
  const end = performance.now() + ms;
  while (performance.now() < end);
}

async function* allAtOnce(text: string): AsyncGenerator<Buffer> {
  yield Buffer.from(text);
}

test('others have their turn between rows that are hard to read, though they come all at once', async () => {
  const file = `npp,jumlah,tanggal_bayar,referensi\n${'A,1\n'.repeat(100)}`;
  const reader = () => (line: { line: number }) => {
    busy(5);
    return { ok: true as const, line: line.line, row: line.line };
  };
  const lines: number[] = [];
  const turns = await turnsDuring(async () => {
    const rows = await openRows('payments', 'csv', allAtOnce(file), reader, '2026-11-20', new Room(0));
    for await (const batch of rows.batches) lines.push(...batch.map(({ row }) => row as number));
  });
  expect(lines).toEqual(Array.from({ length: 100 }, (_, index) => index + 2));
  expect(turns).toBeGreaterThan(30);
});

test('and within a block of XML', async () => {
  const xml = `<a>${'<b/>'.repeat(12_000)}</a>`;
  let tags = 0;
  const turns = await turnsDuring(() =>
    readWholeXml(allAtOnce(xml), {
      open() {
        tags += 1;
        busy(0.01);
      },
    }),
  );
  expect(tags).toBe(12_001);
  expect(turns).toBeGreaterThan(6);
});

test.each([
  ['its styles', { styles: ' '.repeat(100_000) }, 'xl/styles.xml'],
  ['its shared texts', { strings: ' '.repeat(100_000) }, 'xl/sharedStrings.xml'],
  ['a sheet without lines', { rows: ' '.repeat(100_000) }, 'xl/worksheets/sheet1.xml'],
])('whether a workbook is to be read on is asked within %s', async (_what, book, path) => {
  expect(partsOf(book)[path]!.length).toBeGreaterThan(100_000);
  const asked = async (file: Buffer) => {
    let times = 0;
    const room = new Room(2 ** 22);
    const terms = { share: () => room.share(), goOn: async () => void (times += 1) };
    for await (const _ of readXlsx(pieces(file), terms));
    return times;
  };
  const small = await asked(workbookOf({ rows: textRow(['npp']) }));
  expect(await asked(workbookOf({ rows: textRow(['npp']), ...book }))).toBeGreaterThan(small);
});
