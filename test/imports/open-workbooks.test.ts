import { Readable } from 'node:stream';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openImports, Upload } from '#src/imports/index.ts';
import { INSPECTOR, newestImport } from '#test/features/imports.ts';
import { startApp, type TestApp } from '#test/setup/app.ts';
import { partsOf, textRow, workbookOf, zip } from './workbooks.ts';

let service: TestApp;
beforeAll(async () => {
  service = await startApp();
});
afterAll(() => service.close());

const PAYMENTS = { kind: 'payments', format: 'xlsx', actor: INSPECTOR } as const;
const HEADER = textRow(['npp', 'jumlah', 'tanggal_bayar', 'referensi']);

const sent = (file: Buffer) => new Upload(Readable.from([file]));
const newest = () => newestImport(service);

test('a workbook that finds no memory free is turned away, and others after it are read', async () => {
  const imports = openImports(service.deps, { roomBytes: 2 * 1024 * 1024 });
  const strings = `<si><t>${'x'.repeat(8_000)}</t></si>`.repeat(200);
  const large = workbookOf({ rows: HEADER, strings });
  await expect(imports.receive(PAYMENTS, sent(large))).rejects.toThrow('unavailable');
  expect(await newest()).toMatchObject({ state: 'failed', error: { code: 'interrupted' }, linesAccepted: 0 });
  for (let again = 0; again < 5; again++) {
    const { ended } = await imports.receive(PAYMENTS, sent(workbookOf({ rows: HEADER })));
    await ended;
    expect(await newest()).toMatchObject({ state: 'succeeded' });
  }
});

test('a service that stops does not wait for a workbook to be read to its end', async () => {
  const imports = openImports(service.deps, { patienceMs: 0 });
  const line = '<row><c t="str"><v>NOBODY</v></c><c><v>1</v></c></row>';
  const sheet = `<worksheet><sheetData>${HEADER}${line.repeat(1_000_000)}</sheetData></worksheet>`;
  const book = zip({ ...partsOf({}), 'xl/worksheets/sheet1.xml': { content: sheet, stored: true } });
  const pieces = Array.from({ length: 64 }, (_, index) =>
    book.subarray(index * 2 ** 20, (index + 1) * 2 ** 20),
  );
  const received = imports.receive(
    PAYMENTS,
    new Upload(Readable.from(pieces.filter(({ length }) => length > 0))),
  );
  const refused = received.catch((error: Error) => error);
  await expect.poll(async () => (await newest()).linesRead, { timeout: 20_000 }).toBeGreaterThan(0);
  await imports.drain();
  expect(await refused).toMatchObject({ message: 'unavailable' });
  const { state, error, linesRead } = await newest();
  expect({ state, code: error?.code }).toEqual({ state: 'failed', code: 'interrupted' });
  expect(linesRead).toBeLessThan(1_000_000);
}, 60_000);
