import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { XLSX } from '#src/http/workbook.ts';
import { partsOf, textRow, workbookOf, zip } from '#test/imports/workbooks.ts';
import { startApp, type TestApp } from '#test/setup/app.ts';
import { employerFile, ended, factCounts, imported, newestImport, rejectionsOf, upload } from './imports.ts';

let service: TestApp;
beforeAll(async () => {
  service = await startApp();
  await imported(service, 'employers', employerFile(['TS900001']));
});
afterAll(() => service.close());

function file(name: string): Buffer {
  return readFileSync(new URL(`../data/workbooks/${name}.xlsx`, import.meta.url));
}

const HEADER = ['npp', 'periode', 'nik', 'nama', 'tgl_lahir', 'upah', 'program'];

/** A roster of one worker. */
function roster(periode: string, changes: Record<string, string> = {}): Buffer {
  const worker = {
    npp: 'TS900001',
    periode,
    nik: '3401011206900001',
    nama: 'Sri',
    tgl: '1990-06-12',
    upah: '3100000',
  };
  const cells = Object.values({ ...worker, ...changes, program: 'JKK|JKM' });
  return workbookOf({ rows: textRow(HEADER) + textRow(cells) });
}

test('a workbook of employers is taken', async () => {
  const day = '<c s="1"><v>46027</v></c>';
  const line = (npp: string, rest: string) =>
    textRow([npp, `PT ${npp}`, 'swasta', 'kecil']).replace('</row>', `<c><v>34.01</v></c>${rest}</row>`);
  const book = workbookOf({
    rows:
      textRow(['npp', 'nama', 'jenis', 'skala', 'kode_wilayah', 'terdaftar', 'lintang', 'bujur']) +
      line('XL001', `${day}<c><v>-7.8587999999999996</v></c><c><v>110.158</v></c>`) +
      line('XL002', `<c><v>46027</v></c>`),
    styles: '<xf numFmtId="0"/><xf numFmtId="14"/>',
  });
  const done = await imported(service, 'employers', book, { type: XLSX });
  expect(done).toMatchObject({ state: 'succeeded', linesRead: 2, linesAccepted: 1, bytesRead: book.length });
  expect(await rejectionsOf(service, done)).toMatchObject([
    { line: 3, column: 'terdaftar', value: '46027', code: 'excel_serial_date' },
  ]);
  const employer = (await service.send({ url: '/v1/employers/npp:XL001' })).json();
  expect(employer).toMatchObject({
    regionCode: '34.01',
    registeredOn: '2026-01-05',
    location: { latitude: -7.8588, longitude: 110.158 },
  });
});

test('a workbook of a roster is taken whole or not at all, and what Excel destroyed is named', async () => {
  const refused = await imported(service, 'rosters', file('xlsxwriter'), { type: XLSX });
  expect(refused).toMatchObject({ state: 'succeeded', linesRead: 4, linesAccepted: 0, groupsRejected: 2 });
  const named = await rejectionsOf(service, refused);
  expect(named.find(({ line }) => line === 4)).toMatchObject({
    column: 'nik',
    value: '•.•••••••••••••••+••',
    code: 'nik_scientific',
  });
  expect(JSON.stringify(named)).not.toMatch(/\d{5}/);

  const taken = await imported(service, 'rosters', roster('2026-10'), { type: XLSX });
  expect(taken).toMatchObject({ state: 'succeeded', linesAccepted: 1, groupsAccepted: 1 });
  const again = await factCounts(service);
  await imported(service, 'rosters', roster('2026-10'), { type: XLSX });
  expect(await factCounts(service)).toEqual(again);
});

test('workbooks of payments and of evidence are taken', async () => {
  const payments = workbookOf({
    rows:
      textRow(['npp', 'jumlah', 'tanggal_bayar', 'referensi', 'denda']) +
      '<row><c t="str"><v>TS900001</v></c><c><v>1E5</v></c><c s="1"><v>46307</v></c><c><v>12345</v></c><c t="b"><v>0</v></c></row>',
    styles: '<xf numFmtId="0"/><xf numFmtId="14"/>',
  });
  expect(await imported(service, 'payments', payments, { type: XLSX })).toMatchObject({ linesAccepted: 1 });
  const evidence = workbookOf({
    rows:
      textRow(['npp', 'jenis', 'tanggal', 'jumlah_pekerja']) +
      textRow(['TS900001', 'wlkp', '2026-10-12', '7']),
  });
  expect(await imported(service, 'evidence', evidence, { type: XLSX })).toMatchObject({ linesAccepted: 1 });
});

test.each([
  ['id', 'Buku kerja rusak atau terpotong; simpan lagi dengan Excel, lalu kirim lagi'],
  ['en', 'The workbook is damaged or cut off; save it again with Excel and send it again'],
])('a damaged workbook has failed, and says so in %s', async (language, detail) => {
  const headers = { 'accept-language': language };
  const before = await factCounts(service);
  const whole = roster('2026-09');
  const answer = await upload(service, 'rosters', whole.subarray(0, -30), { type: XLSX, headers });
  expect(answer).toMatchObject({ state: 'failed', error: { code: 'workbook_damaged', detail } });
  expect(await factCounts(service)).toEqual(before);
});

test.each([
  ['nothing', Buffer.alloc(0), 'empty_file'],
  ['CSV', Buffer.from('npp,nama\nS1,Siti\n'), 'not_a_workbook'],
  ['an old workbook', Buffer.from('d0cf11e0a1b11ae10000', 'hex'), 'workbook_locked'],
  ['no rows', workbookOf({}), 'empty_file'],
  ['no header', workbookOf({ rows: textRow(['Sri', '1']) }), 'missing_header'],
  ['another column', workbookOf({ rows: textRow(['npp', 'gaji']) }), 'unknown_column'],
  [
    'two sheets of records',
    workbookOf({ sheets: [{ rows: textRow(HEADER) }, { rows: textRow(HEADER) }] }),
    'several_sheets',
  ],
  [
    'a bomb',
    zip({ ...partsOf({}), 'xl/sharedStrings.xml': '<sst>'.padEnd(30_000_000) }),
    'workbook_unpacks_too_large',
  ],
  [
    'a row that is damaged far behind',
    workbookOf({ rows: `${textRow(HEADER)}${'<row/>'.repeat(20_000)}<row r="1"/>` }),
    'workbook_damaged',
  ],
])('a workbook with %s has failed', async (_what, body, code) => {
  const before = await factCounts(service);
  const answer = await upload(service, 'rosters', body, { type: XLSX });
  expect(answer).toMatchObject({ state: 'failed', error: { code }, linesAccepted: 0 });
  expect(await factCounts(service)).toEqual(before);
});

test('an Idempotency-Key is that of the bytes', async () => {
  const headers = { 'idempotency-key': 'book-1' };
  const first = await upload(service, 'rosters', roster('2026-08'), { type: XLSX, headers });
  expect(await upload(service, 'rosters', roster('2026-08'), { type: XLSX, headers })).toEqual(first);
  const other = await service.send({
    url: '/v1/imports?kind=rosters',
    body: roster('2026-08', { nama: 'Siti' }),
    headers: { 'content-type': XLSX, ...headers },
  });
  expect(other.json()).toMatchObject({ status: 422, code: 'idempotency_key_reused' });
  await ended(service, first);
});

test('progress is told while the workbook comes, and a cancelled one adds nothing', async () => {
  await service.app.listen({ port: 0 });
  const { port } = service.app.server.address() as AddressInfo;
  const token = await service.token();
  const sent = request({
    port,
    method: 'POST',
    path: '/v1/imports?kind=rosters',
    headers: { authorization: `Bearer ${token}`, 'content-type': XLSX },
  });
  const newest = () => newestImport(service);
  const book = roster('2026-07');
  for (let at = 0; at < 8; at++) sent.write(book.subarray(at, at + 1));
  await expect.poll(newest).toMatchObject({ state: 'running', linesRead: 0 });
  let at = 8;
  await expect
    .poll(async () => {
      sent.write(book.subarray(at, at + 1));
      at++;
      return (await newest()).bytesRead;
    })
    .toBeGreaterThan(8);
  const { id } = await newest();
  await service.send({ method: 'DELETE', url: `/v1/imports/${id}` });
  sent.end(book.subarray(at));
  const [response] = await once(sent, 'response');
  response.resume();
  expect(response.statusCode).toBe(202);
  expect((await service.send({ url: `/v1/imports/${id}` })).json()).toMatchObject({
    state: 'cancelled',
    linesAccepted: 0,
  });
});
