import { afterAll, beforeAll, expect, test } from 'vitest';
import { startApp, type TestApp } from '#test/setup/app.ts';
import { EMPLOYER_HEADER, employerFile, factCounts, imported, rejectionsOf } from './imports.ts';

let service: TestApp;
beforeAll(async () => {
  service = await startApp();
});
afterAll(() => service.close());

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
