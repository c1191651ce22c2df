import { Readable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { uuidv7 } from '#src/db/index.ts';
import { ImportEnded, ImportInterrupted } from '#src/imports/endings.ts';
import { createImport } from '#src/imports/import-table.ts';
import { openImports, Upload } from '#src/imports/index.ts';
import { HeldMemory } from '#src/imports/line-log.ts';
import { paymentPlan } from '#src/imports/payment-plan.ts';
import { receiveLines } from '#src/imports/run-import.ts';
import { Room } from '#src/imports/xlsx-room.ts';
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

test('workbooks of one client leave half of the memory to those of others', async () => {
  const imports = openImports(service.deps, { roomBytes: 2 * 1024 * 1024 });
  const begun = () => {
    const stream = new Readable({ read() {} });
    stream.push(Buffer.concat([Buffer.from('PK\x03\x04'), Buffer.alloc(600 * 1024)]));
    return stream;
  };
  const held = begun();
  const first = imports.receive(PAYMENTS, new Upload(held)).catch(() => {});
  await expect.poll(async () => (await newest())?.state).toBe('running');
  await expect(imports.receive(PAYMENTS, new Upload(begun()))).rejects.toThrow('unavailable');
  const actor = { ...INSPECTOR, client: 'cli:another' };
  const { ended } = await imports.receive({ ...PAYMENTS, actor }, sent(workbookOf({ rows: HEADER })));
  await ended;
  expect(await newest()).toMatchObject({ state: 'succeeded' });
  held.destroy();
  await first;
});

describe('a workbook in which no line is found for long', () => {
  const blank = `<row>${'<c/>'.repeat(16_000)}</row>`.repeat(500);
  const book = zip({
    ...partsOf({}),
    'xl/worksheets/sheet1.xml': {
      content: `<worksheet><sheetData>${blank}</sheetData></worksheet>`,
      stored: true,
    },
  });

  async function received(cancelled: boolean, signal: AbortSignal) {
    const { deps } = service;
    const importId = uuidv7();
    await createImport(deps, INSPECTOR, importId, 'payments');
    if (cancelled)
      await deps.database.pool.query(`update imports set state = 'cancelled' where import_id = $1`, [
        importId,
      ]);
    const run = {
      applying: { deps, actor: INSPECTOR, importId, today: '2026-11-20' },
      kind: 'payments',
      format: 'xlsx',
      plan: paymentPlan(),
      heldLines: undefined,
      memory: new HeldMemory(),
      share: () => new Room(2 ** 27).share(),
      signal,
    } as const;
    return receiveLines(run, sent(book));
  }

  test('is let be once its import is cancelled', async () => {
    await expect(received(true, new AbortController().signal)).rejects.toThrow(ImportEnded);
  });

  test('is let be once the service stops', async () => {
    await expect(received(false, AbortSignal.abort(new ImportInterrupted()))).rejects.toThrow('interrupted');
  });
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
  await expect.poll(async () => (await newest()).linesRead).toBeGreaterThan(0);
  await imports.drain();
  expect(await refused).toMatchObject({ message: 'unavailable' });
  const { state, error, linesRead } = await newest();
  expect({ state, code: error?.code }).toEqual({ state: 'failed', code: 'interrupted' });
  expect(linesRead).toBeLessThan(1_000_000);
});
