import { afterAll, beforeAll, expect, test } from 'vitest';
import { XLSX } from '#src/http/workbook.ts';
import { startApp, type TestApp } from '#test/setup/app.ts';
import { declareMonth, recordEmployer } from '#test/setup/employers.ts';
import { readWorkbook } from '#test/setup/workbook.ts';

const LIST = '/v1/non-compliant-employers?sort=name';

let service: TestApp;
beforeAll(async () => {
  service = await startApp();
  for (const legalName of ['=HYPERLINK("http://contoh.id")', 'PT Biasa', '-2+3']) {
    const { id } = await recordEmployer(service, { legalName });
    await declareMonth(service, id, '2026-10');
  }
});
afterAll(() => service.close());

const get = (accept: string, url = LIST) => service.send({ url, headers: { accept } });

test('a list is a workbook with the columns of the CSV: numbers are numbers, texts are never formulas', async () => {
  const answer = await get(XLSX);
  expect(answer.statusCode).toBe(200);
  expect(answer.headers).toMatchObject({
    'content-type': XLSX,
    'content-disposition': 'attachment; filename="non-compliant-employers.xlsx"',
    vary: 'accept',
  });
  const [sheet, ...more] = readWorkbook(answer.rawPayload);
  expect(more).toEqual([]);
  const csv = (await get('text/csv')).body.trim().split('\r\n');
  expect(sheet!.name).toBe('non-compliant-employers');
  expect(sheet!.rows[0]).toEqual(csv[0]!.split(','));
  expect(sheet!.rows).toHaveLength(csv.length);

  const { items } = (await get('application/json')).json();
  const column = (name: string) => {
    const place = sheet!.rows[0]!.indexOf(name);
    return sheet!.rows.slice(1).map((row) => row[place]);
  };
  expect(column('employer.legalName')).toEqual(
    items.map((item: { employer: { legalName: string } }) => item.employer.legalName),
  );
  expect(column('employer.legalName')).toContain('=HYPERLINK("http://contoh.id")');
  expect(column('employer.id')).toEqual(items.map((item: { employer: { id: string } }) => item.employer.id));
  const totals: number[] = items.map((item: { arrears: { total: number } }) => item.arrears.total);
  expect(totals.every((total) => total > 0)).toBe(true);
  expect(column('arrears.total')).toEqual(totals);
  expect(column('employer.isVendor')).toEqual([false, false, false]);
  expect(column('arrears.oldestPeriod')).toEqual(['2026-10', '2026-10', '2026-10']);
});

test('digits that are no numbers stay text', async () => {
  await recordEmployer(service, { legalName: 'PT Angka', npp: 'AN000001', nib: '0012345678901' });
  const answer = await get(XLSX, '/v1/employers');
  const [head, ...rows] = readWorkbook(answer.rawPayload)[0]!.rows;
  expect(rows.map((row) => row[head!.indexOf('nib')])).toContain('0012345678901');
});

test.each([
  [`text/csv;q=0.5, ${XLSX}`, XLSX],
  [`${XLSX};q=0.4, text/csv;q=0.5`, 'text/csv; charset=utf-8'],
  [`${XLSX};q=0, */*`, 'application/json; charset=utf-8'],
  [`application/json;q=0.1, ${XLSX};q=0.2`, XLSX],
  [`${XLSX.toUpperCase()}`, XLSX],
  ['application/*', 'application/json; charset=utf-8'],
  ['*/*', 'application/json; charset=utf-8'],
])('who accepts %s gets %s', async (accept, type) => {
  const answer = await get(accept);
  expect(answer.headers['content-type']).toBe(type);
});

test('who accepts none of the forms gets 406', async () => {
  for (const accept of [`${XLSX};q=0`, 'application/vnd.ms-excel']) {
    expect((await get(accept)).json()).toMatchObject({ status: 406, code: 'not_acceptable' });
  }
});

test('an empty list is a workbook with headings alone', async () => {
  const { rawPayload } = await get(XLSX, '/v1/non-compliant-employers?region=11');
  const [sheet] = readWorkbook(rawPayload);
  expect(sheet!.rows).toHaveLength(1);
  expect(sheet!.rows[0]).toContain('employer.id');
});

test('a list of ten thousand is streamed whole, whatever the limit of its pages', async () => {
  await service.deps.database.pool.query(
    `insert into employers (employer_id, version, legal_name, plain_name, kind, scale, sector, region_code,
                            created_at, updated_at)
     select gen_random_uuid(), 1, 'PT Banyak ' || n, 'banyak ' || n, 'private', 'small', 'general', '34.02', now(), now()
     from generate_series(1, 10000) n`,
  );
  const answer = await get(XLSX, '/v1/employers?region=34.02&limit=5');
  const [head, ...rows] = readWorkbook(answer.rawPayload)[0]!.rows;
  expect(rows).toHaveLength(10_000);
  const names = new Set(rows.map((row) => row[head!.indexOf('legalName')]));
  expect(names.size).toBe(10_000);
  expect(names).toContain('PT Banyak 9999');
});
