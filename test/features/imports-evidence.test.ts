import { afterAll, beforeAll, expect, test } from 'vitest';
import { MOST_EVIDENCE_A_YEAR } from '#src/domain/evidence.ts';
import { startApp, type TestApp } from '#test/setup/app.ts';
import { employerFile, imported, rejectionsOf } from './imports.ts';

let service: TestApp;
beforeAll(async () => {
  service = await startApp();
  const header = 'npp,nib,nama,jenis,skala,kode_wilayah,terdaftar';
  const line = (npp: string, nib: string) => `${npp},${nib},PT ${npp},private,small,34.01,2026-01-05`;
  const file = [header, line('EV01', '9120301234567'), line('EV02', '9120301234568')].join('\n');
  expect(await imported(service, 'employers', file)).toMatchObject({ linesAccepted: 2 });
});
afterAll(() => service.close());

async function evidenceOf(npp: string) {
  const { items } = (await service.send({ url: `/v1/employers/npp:${npp}/evidence` })).json();
  return items;
}

test('each line is a piece of evidence; what cannot be is named and hurts no other line', async () => {
  const elsewhere = await service.token({ regions: ['35'], agency: 'jatim' });
  await imported(service, 'employers', employerFile(['OUT02'], '35.01'), { token: elsewhere });
  const file = [
    '\uFEFFnpp;nib;jenis;tanggal;jumlah_pekerja;total_upah;upah_terendah;catatan;hash_dokumen',
    'EV01;;WLKP;05/10/2026;1.250;Rp 3.500.000.000,00;;Laporan tahunan;sha256:1',
    ';9120301234567;PPh 21;2026-09-30;;120.000.000;2.300.000;;',
    'EV01;9120301234567;pengawasan;6 Oktober 2026;40;;;;',
    'EV01;;rumor;2026-10-05;40;;;;',
    'EV01;;pajak;2026-10-05;;;;;',
    'EV01;;pajak;2026-11-21;40;;;;',
    'EV01;;pajak;2015-06-30;40;;;;',
    ';;pajak;2026-10-05;40;;;;',
    'EV01;9120301234568;pajak;2026-10-05;40;;;;',
    'OUT02;;pajak;2026-10-05;40;;;;',
    'EV01;;pajak;2026-10-05;empat puluh;;;;',
    'EV01;;pajak;2026-10-05;;;Rp 2.345.678.901.234;;',
    'EV01;;pajak;2026-10-05;10000001;;;;',
  ].join('\r\n');
  const result = await imported(service, 'evidence', file);
  expect(result).toMatchObject({
    state: 'succeeded',
    linesAccepted: 3,
    linesRejected: 10,
    groupsAccepted: 3,
  });
  const rejections = await rejectionsOf(service, result);
  expect(rejections.map(({ line, column, value, code }) => [line, column, value, code]).sort()).toEqual(
    [
      [5, 'jenis', 'rumor', 'unknown_word'],
      [6, undefined, undefined, 'nothing_stated'],
      [7, 'tanggal', '2026-11-21', 'in_future'],
      [8, 'tanggal', '2015-06-30', 'before_programmes'],
      [9, undefined, undefined, 'identifier_missing'],
      [10, 'nib', '9120301234568', 'identifier_conflict'],
      [11, 'npp', 'OUT02', 'employer_not_found'],
      [12, 'jumlah_pekerja', 'empat puluh', 'count_format'],
      [13, 'upah_terendah', '•• •.•••.•••.•••.•••', 'amount_too_large'],
      [14, 'jumlah_pekerja', '10000001', 'count_too_large'],
    ].sort(),
  );
  const recorded = await evidenceOf('EV01');
  expect(recorded).toMatchObject([
    {
      kind: 'wlkp_report',
      observedOn: '2026-10-05',
      headcount: 1250,
      wageBill: 3_500_000_000,
      note: 'Laporan tahunan',
      documentHash: 'sha256:1',
      agency: 'disnaker-kulon-progo',
    },
    { kind: 'tax_withholding', wageBill: 120_000_000, lowestWage: 2_300_000 },
    { kind: 'inspection', headcount: 40 },
  ]);
  expect(await imported(service, 'evidence', file)).toMatchObject({ linesAccepted: 3, linesRejected: 10 });
  expect(await evidenceOf('EV01')).toEqual(recorded);
});

test('NDJSON says the same in English, and what a request has recorded is not recorded again', async () => {
  const content = { kind: 'licence_application', observedOn: '2026-08-17', headcount: 12 };
  const body = { employer: 'npp:EV02', ...content };
  expect((await service.send({ url: '/v1/evidence', body })).statusCode).toBe(201);
  const line = (more: object) => `${JSON.stringify({ npp: 'EV02', ...content, ...more })}\n`;
  const file = line({}) + line({}) + line({ headcount: 13 });
  const type = 'application/x-ndjson';
  expect(await imported(service, 'evidence', file, { type })).toMatchObject({ linesAccepted: 3 });
  expect((await evidenceOf('EV02')).map(({ headcount }: { headcount: number }) => headcount)).toEqual([
    12, 13,
  ]);
});

test('who may not inspect imports no inspection; who records no evidence imports none', async () => {
  const file =
    'npp,jenis,tanggal,jumlah_pekerja\nEV02,inspeksi,2026-10-01,9\nEV02,kontrak_pengadaan,2026-10-01,9';
  const unit = await service.token({ kind: 'procurement_unit', agency: 'ulp' });
  const result = await imported(service, 'evidence', file, { token: unit });
  expect(result).toMatchObject({ linesAccepted: 1, linesRejected: 1 });
  const rejections = await service.send({ url: `/v1/imports/${result.id}/rejections`, token: unit });
  expect(rejections.json().items).toMatchObject([
    { line: 2, column: 'jenis', value: 'inspection', code: 'evidence_not_allowed' },
  ]);
  for (const [caller, code] of [
    [{ kind: 'employer', employerId: '019a0000-0000-7000-8000-000000000001' }, 'kind_not_allowed'],
    [{ scopes: ['payments:write'] }, 'insufficient_scope'],
  ] as const) {
    const token = await service.token(caller as never);
    const headers = { 'content-type': 'text/csv' };
    const answer = await service.send({ url: '/v1/imports?kind=evidence', body: file, headers, token });
    expect(answer.json()).toMatchObject({ status: 403, code });
  }
});

test('what is too much about one employer is refused line by line', async () => {
  const lines = Array.from(
    { length: MOST_EVIDENCE_A_YEAR + 2 },
    (_, index) => `EV02,wlkp,2016-10-01,${index}`,
  );
  const file = ['npp,jenis,tanggal,jumlah_pekerja', ...lines].join('\n');
  const token = await service.token({ agency: 'dinas-rajin' });
  const result = await imported(service, 'evidence', file, { token });
  expect(result).toMatchObject({ linesAccepted: MOST_EVIDENCE_A_YEAR, linesRejected: 2 });
  const { items } = (await service.send({ url: `/v1/imports/${result.id}/rejections`, token })).json();
  expect(items.map(({ line, code }: { line: number; code: string }) => [line, code])).toEqual([
    [MOST_EVIDENCE_A_YEAR + 2, 'too_much_evidence'],
    [MOST_EVIDENCE_A_YEAR + 3, 'too_much_evidence'],
  ]);
});
