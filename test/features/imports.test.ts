import { afterAll, beforeAll, expect, test } from 'vitest';
import { startApp, type TestApp } from '#test/setup/app.ts';
import {
  EMPLOYER_HEADER,
  employerFile,
  ended,
  factCounts,
  imported,
  ROSTER_HEADER,
  rejectionsOf,
  rosterLine,
  sample,
  upload,
} from './imports.ts';

let service: TestApp;
beforeAll(async () => {
  service = await startApp();
});
afterAll(() => service.close());

const MONTHS = ['05', '06', '07', '08', '09', '10'];

test('the files of Kulon Progo are taken whole, and taken again change nothing', {
  timeout: 60_000,
}, async () => {
  const token = await service.token({ agency: 'bpjs-ketenagakerjaan', regions: ['34', '51'] });
  const all = async () => {
    const results = [await imported(service, 'employers', sample('employers'), { token })];
    for (const month of MONTHS) {
      results.push(await imported(service, 'rosters', sample(`rosters-2026-${month}`), { token }));
    }
    results.push(await imported(service, 'payments', sample('payments'), { token }));
    return results;
  };
  const started = performance.now();
  const results = await all();
  const seconds = (performance.now() - started) / 1000;
  const lines = results.reduce((sum, { linesRead }) => sum + Number(linesRead), 0);
  console.log(`${lines} lines in ${seconds.toFixed(2)} s: ${Math.round(lines / seconds)} lines/s`);
  for (const result of results) {
    expect(result).toMatchObject({ state: 'succeeded', linesRejected: 0, groupsRejected: 0 });
    expect(result.linesAccepted).toBe(result.linesRead);
  }
  const counts = await factCounts(service);
  expect(counts).toMatchObject({ employers: 80, payments: 403 });

  const again = await all();
  expect(again.map(({ linesAccepted }) => linesAccepted)).toEqual(
    results.map(({ linesAccepted }) => linesAccepted),
  );
  expect(await factCounts(service)).toEqual(counts);
});

test('a bad line rejects its group with every bad line of it, wherever they stand', async () => {
  await imported(service, 'employers', employerFile(['GOOD1', 'BAD01', 'DUP01', 'MONTH1']));
  const file = [
    ROSTER_HEADER,
    rosterLine('GOOD1', 1),
    rosterLine('BAD01', 2, { upah: 'banyak' }),
    rosterLine('DUP01', 3),
    rosterLine('BAD01', 4),
    rosterLine('GOOD1', 5),
    '',
    rosterLine('BAD01', 6, { nik: '3.40101E+15' }),
    rosterLine('NOBODY', 7),
    rosterLine('DUP01', 3),
    rosterLine('MONTH1', 8),
    rosterLine('MONTH1', 9, { periode: 'kapan' }),
    rosterLine('GOOD1', 10, { periode: '2027-01' }),
    rosterLine('GOOD1', 11, { periode: '2014-01' }),
    `"GOOD1"x${rosterLine('', 12)}`,
  ].join('\n');
  const before = await factCounts(service);
  const result = await imported(service, 'rosters', file);
  expect(result).toMatchObject({
    state: 'succeeded',
    linesRead: 13,
    linesAccepted: 2,
    groupsAccepted: 1,
    linesRejected: 11,
    groupsRejected: 8,
  });
  const rejections = await rejectionsOf(service, result);
  expect(rejections.map(({ line, column, code }) => [line, column, code])).toEqual([
    [3, 'upah', 'amount_format'],
    [8, 'nik', 'nik_scientific'],
    [9, 'npp', 'employer_not_found'],
    [10, 'nik', 'duplicate_nik'],
    [12, 'periode', 'period_format'],
    [13, 'periode', 'in_future'],
    [14, 'periode', 'before_programmes'],
    [15, undefined, 'misplaced_quote'],
  ]);
  expect(rejections[1]!.value).toBe('•.••••••+••');
  expect(rejections[3]!.value).toBe('•'.repeat(16));
  const after = await factCounts(service);
  expect(after.declarations! - before.declarations!).toBe(1);
  expect(after.workers! - before.workers!).toBe(2);
  expect(service.logs()).not.toContain('340101120590');
});

test('rejections come as pages, as CSV, and in Indonesian', async () => {
  const file = [ROSTER_HEADER, ...[1, 2, 3].map((worker) => rosterLine('NOBODY', worker))].join('\n');
  const { id } = await imported(service, 'rosters', file);
  const url = `/v1/imports/${id}/rejections`;
  const first = (await service.send({ url: `${url}?limit=2` })).json();
  const second = (await service.send({ url: `${url}?limit=2&cursor=${first.nextCursor}` })).json();
  expect([...first.items, ...second.items].map(({ line }) => line)).toEqual([2, 3, 4]);
  expect(second.nextCursor).toBeNull();
  const csv = await service.send({ url, headers: { accept: 'text/csv', 'accept-language': 'id' } });
  expect(csv.body).toBe(
    [
      'line,column,value,code,detail',
      ...[2, 3, 4].map(
        (line) => `${line},npp,NOBODY,employer_not_found,Pemberi kerja tidak ditemukan; daftarkan dahulu`,
      ),
      '',
    ].join('\r\n'),
  );
});

test.each([
  ['an unknown column', 'npp,gaji\n', 'unknown_column', 'Kolom tidak dikenal: gaji'],
  ['a missing column', 'npp,periode\n', 'missing_column', 'Kolom wajib tidak ada: nik'],
  ['no header', rosterLine('AB000000', 1), 'missing_header', 'Baris pertama bukan judul kolom'],
  ['nothing', '', 'empty_file', 'Berkas kosong'],
  [
    'no text',
    Buffer.from('504b030414000600ff', 'hex'),
    'invalid_utf8',
    'Baris berisi huruf yang rusak; simpan berkas sebagai CSV UTF-8',
  ],
])('a file with %s is refused', async (_what, body, code, detail) => {
  const headers = { 'accept-language': 'id' };
  const answer = await upload(service, 'rosters', body, { headers });
  expect(answer).toMatchObject({ state: 'failed', error: { code, detail }, linesAccepted: 0 });
});

test('broken UTF-8 in a line rejects the group of that line', async () => {
  await imported(service, 'employers', employerFile(['UTF01', 'UTF02']));
  const [good, broken] = [rosterLine('UTF01', 1), rosterLine('UTF02', 2, { nama: 'Siti?' })];
  const file = Buffer.from([ROSTER_HEADER, good, broken, rosterLine('UTF02', 3)].join('\n'));
  file[file.indexOf('?')] = 0xff;
  const result = await imported(service, 'rosters', file);
  expect(result).toMatchObject({ groupsAccepted: 1, groupsRejected: 1, linesRejected: 2 });
  expect(await rejectionsOf(service, result)).toMatchObject([{ line: 3, code: 'invalid_utf8' }]);
});

test('NDJSON is read like CSV', async () => {
  await imported(service, 'employers', employerFile(['JSON1']));
  const worker = {
    npp: 'JSON1',
    period: '2026-10',
    nik: '3401011205900001',
    name: 'Siti',
    birthDate: '1990-05-12',
    wage: 3_500_000,
    programmes: ['JKK', 'JKM'],
  };
  const lines = [worker, { ...worker, period: '2026-09', wage: -1 }, { ...worker, period: '2026-09', x: 1 }];
  const body = lines.map((line) => JSON.stringify(line)).join('\n');
  const type = 'application/x-ndjson; charset=UTF-8';
  const result = await imported(service, 'rosters', body, { type });
  expect(result).toMatchObject({ groupsAccepted: 1, groupsRejected: 1, linesRejected: 2 });
  expect(await rejectionsOf(service, result)).toMatchObject([
    { line: 2, column: 'wage', code: 'amount_negative', value: '-•' },
    { line: 3, column: 'x', code: 'unknown_column' },
  ]);
});

test('what the route does not take is refused before it is read', async () => {
  const body = employerFile(['NOPE1']);
  const send = (kind: string, headers: Record<string, string>, token?: string) =>
    service.send({ url: `/v1/imports?kind=${kind}`, body, headers, ...(token && { token }) });
  const xlsx = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
  expect((await send('employers', { 'content-type': xlsx })).statusCode).toBe(415);
  expect((await send('employers', { 'content-type': 'application/json' })).statusCode).toBe(415);
  expect((await send('employers', { 'content-type': 'text/csv; charset=latin1' })).statusCode).toBe(415);
  expect(
    (await send('employers', { 'content-type': 'text/csv', 'content-encoding': 'gzip' })).statusCode,
  ).toBe(415);
  expect((await send('evidence', { 'content-type': 'text/csv' })).statusCode).toBe(422);
  const payer = await service.token({ scopes: ['payments:write'] });
  expect((await send('employers', { 'content-type': 'text/csv' }, payer)).statusCode).toBe(403);
});

test('an Idempotency-Key replays the first answer, and never imports another file', async () => {
  const headers = { 'content-type': 'text/csv', 'idempotency-key': 'file-1' };
  const url = '/v1/imports?kind=employers';
  const first = await service.send({ url, body: employerFile(['IDEM1']), headers });
  const second = await service.send({ url, body: employerFile(['IDEM1']), headers });
  expect(second.json()).toEqual(first.json());
  expect(second.headers).toMatchObject({ 'idempotency-replayed': 'true', location: first.headers.location });
  const other = await service.send({ url, body: employerFile(['IDEM2']), headers });
  expect(other.json()).toMatchObject({ status: 422, code: 'idempotency_key_reused' });
  await ended(service, first.json());
  expect((await service.send({ url: '/v1/employers/npp:IDEM2' })).statusCode).toBe(404);
});

test('only the importing agency sees an import', async () => {
  const { id } = await imported(service, 'employers', employerFile(['OWN01']));
  const token = await service.token({ agency: 'other' });
  for (const path of ['', '/rejections', '/events']) {
    expect((await service.send({ url: `/v1/imports/${id}${path}`, token })).statusCode).toBe(404);
  }
  const cancelled = await service.send({ method: 'DELETE', url: `/v1/imports/${id}`, token });
  expect(cancelled.statusCode).toBe(404);
  expect((await service.send({ url: '/v1/imports', token })).json().items).toEqual([]);
  const own = (await service.send({ url: '/v1/imports?limit=1' })).json();
  expect(own.items).toMatchObject([{ id }]);
  const finished = await service.send({ method: 'DELETE', url: `/v1/imports/${id}` });
  expect(finished.json()).toMatchObject({ status: 409, code: 'import_finished' });
});

test('a line about an employer says why it is not taken, and changes only what it says', async () => {
  const elsewhere = await service.token({ regions: ['35'], agency: 'jatim' });
  await imported(service, 'employers', employerFile(['OUT01'], '35.01'), { token: elsewhere });
  const file = [
    'npp,nib,npwp,nama,jenis,skala,kode_wilayah,terdaftar,ditutup,kelas_jkk',
    'REG01,9120301234567,,PT Satu,private,small,34.01,2026-01-05,,II',
    'REG02,9120301234568,0123456789012345,PT Dua,private,small,34.01,2026-01-05,,',
    'REG03,,,PT Tiga,,small,,,,',
    'OUT01,,,PT Luar,private,small,34.01,,,',
    'REG04,,,PT Empat,private,small,35.01,,,',
    'REG05,,,PT Lima,private,small,99.01,,,',
    'REG01,9120301234568,,PT Satu,private,small,34.01,,,',
    'REG06,,0123456789012345,PT Enam,private,small,34.01,,,',
    'REG02,,,PT Dua,,,,,2025-12-31,',
    'REG01,,,PT Satu Baru,,medium,,,,',
  ].join('\n');
  const before = await factCounts(service);
  const result = await imported(service, 'employers', file);
  expect(result).toMatchObject({ linesAccepted: 3, linesRejected: 7, groupsRejected: 7 });
  const rejections = await rejectionsOf(service, result);
  expect(rejections.map(({ line, column, code }) => [line, column, code])).toEqual([
    [4, 'jenis', 'required'],
    [4, 'kode_wilayah', 'required'],
    [5, 'npp', 'employer_not_found'],
    [6, 'kode_wilayah', 'outside_jurisdiction'],
    [7, 'kode_wilayah', 'unknown_region'],
    [8, 'nib', 'identifier_conflict'],
    [9, 'npwp', 'identifier_taken'],
    [10, 'ditutup', 'before_registration'],
  ]);
  const after = await factCounts(service);
  expect(after.employer_changes! - before.employer_changes!).toBe(2);
  const changed = await service.send({ url: '/v1/employers/npp:REG01' });
  expect(changed.json()).toMatchObject({
    legalName: 'PT Satu Baru',
    scale: 'medium',
    nib: '9120301234567',
    jkkClass: 'II',
    registeredOn: '2026-01-05',
  });
  await imported(service, 'employers', `${EMPLOYER_HEADER}\nREG01,PT Satu Baru,,,,`);
  expect((await factCounts(service)).employer_changes).toBe(after.employer_changes);
});

test('a reference names one payment', async () => {
  await imported(service, 'employers', employerFile(['PAY01']));
  const file = [
    'npp,jumlah,tanggal_bayar,referensi',
    'PAY01,1000000,2026-10-01,REF-1',
    'PAY01,1000000,2026-10-01,REF-1',
    'PAY01,2000000,2026-10-01,REF-1',
    'PAY99,1000000,2026-10-01,REF-2',
    'PAY01,1000000,2026-12-01,REF-3',
  ].join('\n');
  const result = await imported(service, 'payments', file);
  expect(result).toMatchObject({ linesAccepted: 2, linesRejected: 3, groupsRejected: 3 });
  expect(await rejectionsOf(service, result)).toMatchObject([
    { line: 4, column: 'referensi', value: 'REF-1', code: 'reference_reused' },
    { line: 5, column: 'npp', value: 'PAY99', code: 'employer_not_found' },
    { line: 6, column: 'tanggal_bayar', code: 'in_future' },
  ]);
});
