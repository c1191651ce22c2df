import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { CROSS_CHECKS } from '#src/domain/cross-checks/cross-check.ts';
import { AGENCY_KINDS, SCOPES } from '#src/http/actor.ts';
import { XLSX } from '#src/http/workbook.ts';
import { startApp, type TestApp } from '#test/setup/app.ts';
import { recordEmployer } from '#test/setup/employers.ts';
import { readWorkbook } from '#test/setup/workbook.ts';

const BASE = '/v1/reports/cross-checks';
const ALL = ['JKK', 'JKM', 'JHT', 'JP'];
const WITHOUT_JP = ['JKK', 'JKM', 'JHT'];

type Worker = { nik: string; name: string; birthDate: string } & Record<string, unknown>;
type Row = {
  employer: { id: string; legalName: string };
  period: string;
  workers: number;
  reason: { id: string; en: string };
  figures: Record<string, unknown>;
  others?: { id: string; workers: number }[];
  workerIds?: string[];
};

let service: TestApp;
let local: string;
let bali: string;
/** Everybody who was ever declared, for looking whether anybody shows. */
const people: Worker[] = [];
const ids: Record<string, string> = {};
const npps: Record<string, string> = {};

beforeAll(async () => {
  service = await startApp('2026-11-20T03:00:00Z');
  local = await service.token({ regions: ['34'], scopes: SCOPES.filter((each) => each !== 'workers:read') });
  bali = await service.token({ agency: 'disnaker-bali', regions: ['51'], sub: 'bali' });
});
afterAll(() => service.close());

/** A woman of 1990 whose NIK says the same of her. */
function worker(serial: number, more: object = {}): Worker {
  const made = {
    nik: `340101550190${String(serial).padStart(4, '0')}`,
    name: `Wulandari Kusumasastra ${serial}`,
    birthDate: '1990-01-15',
    sex: 'F',
    wage: 3_000_000 + serial,
    programmes: WITHOUT_JP,
    ...more,
  };
  people.push(made);
  return made;
}

const workers = (first: number, count: number, more: object = {}) =>
  Array.from({ length: count }, (_, index) => worker(first + index, more));

async function employer(name: string, more: object = {}, token?: string) {
  if (token === undefined) {
    const made = await recordEmployer(service, { legalName: name, ...more });
    ids[name] = made.id;
    npps[name] = made.npp;
    return;
  }
  const body = { legalName: name, kind: 'private', scale: 'small', regionCode: '51.03', ...more };
  const answer = await service.send({ url: '/v1/employers', body, token });
  expect(answer.statusCode, answer.body).toBe(201);
  ids[name] = answer.json().id;
}

async function declare(name: string, period: string, roster: Worker[], token?: string) {
  const answer = await service.send({
    url: `/v1/employers/${ids[name]}/declarations`,
    body: { period, workers: roster },
    ...(token !== undefined && { token }),
  });
  expect(answer.statusCode, answer.body).toBe(201);
}

async function report(check: string, query = '', token = local): Promise<Row[]> {
  const answer = await service.send({ url: `${BASE}/${check}?limit=200&${query}`, token });
  expect(answer.statusCode, answer.body).toBe(200);
  return answer.json().items;
}

const names = (rows: Row[]) => rows.map((row) => row.employer.legalName).sort();
const rowOf = (rows: Row[], name: string) => rows.find((row) => row.employer.id === ids[name]);

describe('duplicate-workers', () => {
  beforeAll(async () => {
    for (const name of ['Dup A', 'Dup B', 'Dup C']) await employer(name);
    await employer('Dup Utara', { regionCode: '34.04' });
    await employer('Dup Bali', {}, bali);
    const [ab, aBali, aDaily, other, taken, thrice] = workers(1, 6) as [
      Worker,
      Worker,
      Worker,
      Worker,
      Worker,
      Worker,
    ];
    await declare('Dup A', '2026-10', [ab, aBali, aDaily, other, taken, thrice]);
    await declare('Dup B', '2026-09', [other]);
    await declare('Dup B', '2026-10', [ab, taken]);
    await declare('Dup B', '2026-10', [{ ...ab, employmentType: 'permanent' }, thrice]);
    await declare('Dup C', '2026-10', [{ ...aDaily, employmentType: 'daily' }]);
    await declare('Dup Utara', '2026-10', [thrice]);
    await declare('Dup Bali', '2026-10', [aBali], bali);
  });

  test('shows each employer with those it shares full-time workers with', async () => {
    const rows = await report('duplicate-workers');
    expect(names(rows)).toEqual(['Dup A', 'Dup B', 'Dup Utara']);
    expect(rowOf(rows, 'Dup A')).toMatchObject({
      period: '2026-10',
      workers: 3,
      figures: { otherEmployers: 3, outsideYourRegions: 1 },
      reason: { en: '3 workers of October 2026 are declared full-time by 3 other employers, too.' },
    });
    expect(rowOf(rows, 'Dup A')!.others).toEqual([
      expect.objectContaining({ id: ids['Dup B'], workers: 2, regionCode: '34.01' }),
      expect.objectContaining({ id: ids['Dup Utara'], workers: 1, regionCode: '34.04' }),
    ]);
    expect(rowOf(rows, 'Dup Utara')).toMatchObject({ workers: 1, figures: { otherEmployers: 2 } });
  });

  test('another month is another matter', async () => {
    expect(await report('duplicate-workers', 'period=2026-09')).toEqual([]);
  });

  test('other regions see their own employers, and others only as a number', async () => {
    const [row, ...more] = await report('duplicate-workers', '', bali);
    expect(more).toEqual([]);
    expect(row).toMatchObject({
      employer: { id: ids['Dup Bali'] },
      workers: 1,
      figures: { otherEmployers: 1, outsideYourRegions: 1 },
      others: [],
    });
    expect(JSON.stringify(row)).not.toContain(ids['Dup A']);
    expect(JSON.stringify(row)).not.toContain('Dup A');
  });

  test('a region asked for narrows the rows, not what the caller may know', async () => {
    const [row, ...more] = await report('duplicate-workers', 'region=34.04');
    expect(more).toEqual([]);
    expect(row!.others!.map(({ id }) => id).sort()).toEqual([ids['Dup A'], ids['Dup B']].sort());
    expect(await report('duplicate-workers', 'region=51')).toEqual([]);
  });
});

describe('retired-in-pension', () => {
  beforeAll(async () => {
    await employer('Pensiun');
    await employer('Belum Pensiun');
    const old = { nik: '3401011203600001', birthDate: '1960-03-12', sex: 'M', name: 'Kartodikromo Sastro' };
    await declare('Pensiun', '2026-10', [
      worker(0, { ...old, programmes: ALL }),
      worker(101, { programmes: ALL }),
    ]);
    await declare('Belum Pensiun', '2026-10', [
      worker(0, { ...old, nik: '3401011203600002', programmes: WITHOUT_JP }),
      worker(102, { programmes: ALL }),
    ]);
  });

  test('shows who is declared with JP although retired', async () => {
    const rows = await report('retired-in-pension');
    expect(names(rows)).toEqual(['Pensiun']);
    expect(rows[0]).toMatchObject({ workers: 1, figures: { headcount: 2, retirementAge: 59 } });
    expect(await report('retired-in-pension', '', bali)).toEqual([]);
  });
});

describe('minimum-wage-cluster', () => {
  const state = async (url: string, monthly: number) => {
    const answer = await service.send({ method: 'PUT', url: `/v1/minimum-wages/${url}`, body: { monthly } });
    expect(answer.statusCode, answer.body).toBe(201);
  };

  beforeAll(async () => {
    await state('34/2026', 2_417_495);
    await state('34.02/2026', 2_509_001);
    const roster = (first: number, at: number, count: number) => [
      ...workers(first, count, { wage: at }),
      ...workers(first + count, 6 - count),
    ];
    for (const [index, [name, region, wage, count]] of (
      [
        ['Upah Kabupaten', '34.02', 2_509_001, 3],
        ['Upah Provinsi', '34.03', 2_417_495, 6],
        ['Upah Kurang Separuh', '34.02', 2_509_001, 2],
        ['Upah Provinsi di Kabupaten', '34.02', 2_417_495, 6],
        ['Upah Hampir', '34.02', 2_509_002, 6],
      ] as const
    ).entries()) {
      await employer(name, { regionCode: region });
      await declare(name, '2026-10', roster(200 + 10 * index, wage, count));
    }
    await employer('Upah Sedikit', { regionCode: '34.02' });
    await declare('Upah Sedikit', '2026-10', workers(280, 4, { wage: 2_509_001 }));
  });

  test('shows rosters of five and more in which half have exactly the minimum wage of the regency, else province', async () => {
    const rows = await report('minimum-wage-cluster');
    expect(names(rows)).toEqual(['Upah Kabupaten', 'Upah Provinsi']);
    expect(rowOf(rows, 'Upah Kabupaten')).toMatchObject({
      workers: 3,
      figures: { headcount: 6, minimumWage: { regionCode: '34.02', year: 2026, monthly: 2_509_001 } },
    });
    expect(rowOf(rows, 'Upah Provinsi')).toMatchObject({
      workers: 6,
      figures: { minimumWage: { regionCode: '34', monthly: 2_417_495 } },
    });
  });
});

describe('headcount-drop', () => {
  const check = async (name: string, purpose: string) => {
    const body = { subject: { npp: npps[name] }, purpose, reference: `TENDER ${name}` };
    const answer = await service.send({ url: '/v1/checks', body });
    expect(answer.json().outcome, answer.body).toBe('resolved');
  };
  const history = async (name: string, first: number, counts: Record<string, number>) => {
    await employer(name);
    for (const [period, count] of Object.entries(counts)) await declare(name, period, workers(first, count));
  };

  beforeAll(async () => {
    await history('Turun', 300, { '2026-05': 10, '2026-09': 9, '2026-10': 5 });
    await check('Turun', 'tender_award');
    await history('Turun Sedikit', 310, { '2026-09': 6, '2026-10': 5 });
    await check('Turun Sedikit', 'tender_opening');
    await history('Turun Tanpa Tender', 320, { '2026-09': 10, '2026-10': 1 });
    await check('Turun Tanpa Tender', 'inspection');
    await history('Turun Sebelum Kontrak', 330, { '2026-08': 10, '2026-09': 8 });
    const placed = await service.send({
      url: `/v1/vendors/${ids['Turun Sebelum Kontrak']}/placements`,
      body: {
        principal: { name: 'Dinas Contoh' },
        contractNumber: 'PKS-TURUN',
        procurementReference: 'TENDER-9',
        startsOn: '2026-11-01',
        workersContracted: 1,
      },
    });
    expect(placed.statusCode, placed.body).toBe(201);
  });

  test('shows falls before tenders, which checks and contracts tell of', async () => {
    const rows = await report('headcount-drop');
    expect(names(rows)).toEqual(['Turun', 'Turun Sebelum Kontrak']);
    expect(rowOf(rows, 'Turun')).toMatchObject({
      period: '2026-10',
      workers: 5,
      figures: {
        headcount: 5,
        peak: { period: '2026-05', headcount: 10 },
        tender: { sign: 'tender_award', on: '2026-11-20' },
      },
    });
    expect(rowOf(rows, 'Turun Sebelum Kontrak')).toMatchObject({
      period: '2026-09',
      figures: { tender: { sign: 'placement', on: '2026-11-01' } },
    });
  });

  test.each([
    ['2026-09', 2],
    ['2026-11', 2],
    ['2026-08', 0],
  ])('asked about %s it looks at tenders up to two months later: %i', async (period, rows) => {
    expect(await report('headcount-drop', `period=${period}`)).toHaveLength(rows);
  });
});

describe('nik-contradictions', () => {
  beforeAll(async () => {
    await employer('NIK Salah');
    await declare('NIK Salah', '2026-10', [
      worker(401),
      worker(402, { birthDate: '1990-01-16' }),
      worker(403, { sex: 'M' }),
      worker(404, { sex: undefined }),
    ]);
  });

  test('shows rosters that say otherwise than NIKs', async () => {
    const rows = await report('nik-contradictions');
    expect(names(rows)).toEqual(['NIK Salah']);
    expect(rows[0]).toMatchObject({ workers: 2, figures: { headcount: 4, byBirthDate: 1, bySex: 1 } });
  });
});

describe('placement-shortfall', () => {
  const place = async (
    name: string,
    contractNumber: string,
    workersContracted: number,
    more: object = {},
  ) => {
    const answer = await service.send({
      url: `/v1/vendors/${ids[name]}/placements`,
      body: {
        principal: { name: 'Dinas Contoh' },
        contractNumber,
        startsOn: '2026-09-15',
        workersContracted,
        ...more,
      },
    });
    expect(answer.statusCode, answer.body).toBe(201);
  };

  beforeAll(async () => {
    await employer('Vendor Kurang', { outsourcing: { licenceNumber: 'AD-1' } });
    await place('Vendor Kurang', 'PKS-1', 4);
    await place('Vendor Kurang', 'PKS-2', 1);
    await declare('Vendor Kurang', '2026-10', [
      ...workers(500, 3, { placementContract: 'pks - 1' }),
      ...workers(503, 2, { placementContract: 'PKS-2' }),
    ]);
    await employer('Vendor Cukup');
    await place('Vendor Cukup', 'PKS-1', 2);
    await place('Vendor Cukup', 'PKS-LAMA', 50, { startsOn: '2026-01-01', endsOn: '2026-10-30' });
    await place('Vendor Cukup', 'PKS-BARU', 50, { startsOn: '2026-11-01' });
    await declare('Vendor Cukup', '2026-10', workers(510, 2, { placementContract: 'PKS-1' }));
    await employer('Vendor Diam');
    await place('Vendor Diam', 'PKS-1', 7);
  });

  test('shows vendors that declare fewer workers than their contracts promise', async () => {
    const rows = await report('placement-shortfall');
    expect(names(rows)).toEqual(['Vendor Diam', 'Vendor Kurang']);
    expect(rowOf(rows, 'Vendor Kurang')).toMatchObject({
      workers: 1,
      figures: {
        headcount: 5,
        contracted: 5,
        declared: 5,
        missingInTotal: 0,
        contracts: [{ contractNumber: 'PKS-1', workersContracted: 4, declared: 3 }],
      },
    });
    expect(rowOf(rows, 'Vendor Diam')).toMatchObject({ workers: 7, figures: { headcount: 0, declared: 0 } });
  });

  test('nobody is missing from a month that is not due yet', async () => {
    expect(names(await report('placement-shortfall', 'period=2026-11'))).toEqual([]);
  });
});

describe('every cross-check', () => {
  test('is listed with what it means and depends on', async () => {
    const answer = await service.send({ url: BASE, token: local });
    const { period, items } = answer.json();
    expect(period).toBe('2026-10');
    expect(items.map(({ check }: { check: string }) => check)).toEqual(CROSS_CHECKS);
    const thresholds = Object.fromEntries(
      items.map((item: { check: string; thresholds: { value: number; unit: string }[] }) => [
        item.check,
        item.thresholds.map(({ value, unit }) => `${value} ${unit}`),
      ]),
    );
    expect(thresholds).toEqual({
      'duplicate-workers': [],
      'retired-in-pension': ['59 years'],
      'minimum-wage-cluster': ['50 percent', '5 workers'],
      'headcount-drop': ['20 percent', '6 months'],
      'nik-contradictions': [],
      'placement-shortfall': [],
    });
  });

  test.each(CROSS_CHECKS)('%s has the same rows in every form and page by page', async (check) => {
    const rows = await report(check);
    expect(rows.length).toBeGreaterThan(0);
    const url = `${BASE}/${check}?limit=1`;
    const get = (accept: string) => service.send({ url, token: local, headers: { accept } });

    const lines = (await get('application/x-ndjson')).body.trim().split('\n');
    expect(lines.map((line) => JSON.parse(line))).toEqual(rows);

    const [head, ...csv] = (await get('text/csv')).body.trim().split('\r\n');
    expect(csv).toHaveLength(rows.length);
    const book = await get(XLSX);
    expect(book.headers['content-disposition']).toBe(`attachment; filename="${check}.xlsx"`);
    const [headings, ...cells] = readWorkbook(book.rawPayload)[0]!.rows;
    expect(headings).toEqual(head!.split(','));
    expect(cells.map((each) => each[headings!.indexOf('employer.id')])).toEqual(
      rows.map((row) => row.employer.id),
    );
    expect(cells.map((each) => each[headings!.indexOf('workers')])).toEqual(rows.map((row) => row.workers));
    expect(cells.flat().some((each) => String(each).includes('[object'))).toBe(false);

    const paged: Row[] = [];
    for (let cursor: string | null = ''; cursor !== null; ) {
      const page = await service.send({ url: `${url}${cursor && `&cursor=${cursor}`}`, token: local });
      paged.push(...page.json().items);
      cursor = page.json().nextCursor;
      expect(paged.length).toBeLessThanOrEqual(rows.length);
    }
    expect(paged).toEqual(rows);
  });

  test.each(CROSS_CHECKS)('%s tells of no person', async (check) => {
    const outputs = [
      JSON.stringify(await report(check)),
      JSON.stringify(await report(check, '', await full())),
    ];
    for (const accept of ['application/x-ndjson', 'text/csv', XLSX]) {
      const answer = await service.send({
        url: `${BASE}/${check}`,
        headers: { accept },
        token: await full(),
      });
      outputs.push(accept === XLSX ? JSON.stringify(readWorkbook(answer.rawPayload)) : answer.body);
    }
    expect(people.length).toBeGreaterThan(80);
    for (const output of outputs) {
      expect(Object.values(ids).some((id) => output.includes(id))).toBe(true);
      for (const { nik, name, birthDate } of people) {
        for (const secret of [nik, name.replace(/ \d+$/, ''), birthDate])
          expect(output).not.toContain(secret);
      }
    }
  });

  const full = () => service.token({ sub: 'reader' });
  const readings = async () =>
    (
      await service.deps.database.pool.query(
        `select employer_id, purpose, fields, worker_ids from personal_data_reads where sub = 'page-reader'
         order by read_id`,
      )
    ).rows;

  test('names workers by their ids to who may read workers, on pages only, and records it', async () => {
    const token = await service.token({ sub: 'page-reader', scopes: ['reports:read', 'workers:read'] });
    for (const accept of ['application/x-ndjson', 'text/csv', XLSX]) {
      const answer = await service.send({
        url: `${BASE}/nik-contradictions`,
        headers: { accept },
        token,
      });
      expect(answer.body).not.toContain('workerIds');
    }
    expect(await readings()).toEqual([]);
    const rows = await report('nik-contradictions', 'purpose=berkas-7', token);
    const known = await service.deps.database.pool.query(
      'select worker_id from workers where employer_id = $1',
      [ids['NIK Salah']],
    );
    expect(rows[0]!.workerIds).toHaveLength(2);
    expect(known.rows.map((row) => row.worker_id)).toEqual(expect.arrayContaining(rows[0]!.workerIds!));
    expect(await readings()).toEqual([
      {
        employer_id: ids['NIK Salah'],
        purpose: 'berkas-7',
        fields: ['id'],
        worker_ids: rows[0]!.workerIds,
      },
    ]);
    expect((await report('nik-contradictions'))[0]).not.toHaveProperty('workerIds');
  });

  test('a page records the reading of what it shows, and of nothing after it', async () => {
    const token = await service.token({ sub: 'one-reader', scopes: ['reports:read', 'workers:read'] });
    const answer = await service.send({ url: `${BASE}/duplicate-workers?limit=1`, token });
    expect(answer.json().items).toHaveLength(1);
    const read = await service.deps.database.pool.query(
      `select employer_id, purpose from personal_data_reads where sub = 'one-reader'`,
    );
    expect(read.rows).toEqual([
      { employer_id: answer.json().items[0].employer.id, purpose: 'duplicate-workers' },
    ]);
  });

  test.each(AGENCY_KINDS)('answers a %s as is its office', async (kind) => {
    const may = [
      'labour_office',
      'social_security_branch',
      'prosecutor',
      'regional_government',
      'auditor',
      'operator',
    ].includes(kind);
    const token = await service.token({ kind, ...(kind === 'employer' && { employerId: ids['Dup A']! }) });
    for (const url of [BASE, `${BASE}/duplicate-workers`]) {
      const answer = await service.send({ url, token });
      expect([answer.statusCode, answer.json().code]).toEqual(
        may ? [200, undefined] : [403, 'kind_not_allowed'],
      );
    }
  });

  test('refuses months that nobody can have declared, and unknown checks', async () => {
    for (const [period, code] of [
      ['2026-12', 'in_future'],
      ['2099-01', 'in_future'],
      ['2015-06', 'before_programmes'],
      ['1999-01', 'before_programmes'],
      ['2026-13', 'invalid_period'],
    ]) {
      const answer = await service.send({ url: `${BASE}/duplicate-workers?period=${period}` });
      expect(answer.json()).toMatchObject({ status: 422, errors: [{ pointer: '/period', code }] });
    }
    const unknown = await service.send({ url: `${BASE}/nothing` });
    expect(unknown.json()).toMatchObject({ status: 404, code: 'not_found' });
  });

  test.each(['2015-07', '2026-11'])(
    'answers about %s, the first and the last month there can be',
    async (period) => {
      for (const check of CROSS_CHECKS)
        expect(Array.isArray(await report(check, `period=${period}`)), check).toBe(true);
    },
  );

  test('looks at the month before as long as the last one is not overdue', async () => {
    const month = async (now: string) => {
      service.setNow(now);
      return (await service.send({ url: BASE })).json().period;
    };
    expect(await month('2026-11-16T16:59:00Z')).toBe('2026-09');
    expect(await month('2026-11-16T17:00:00Z')).toBe('2026-10');
    service.setNow('2026-11-20T03:00:00Z');
  });
});
