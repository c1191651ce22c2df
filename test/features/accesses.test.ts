import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { SELECT_ACCESSES } from '#src/features/accesses/access.ts';
import type { AgencyKind } from '#src/http/actor.ts';
import { startApp, type TestApp } from '#test/setup/app.ts';
import { declareMonth, recordEmployer } from '#test/setup/employers.ts';
import { planOf } from '#test/setup/plans.ts';

let service: TestApp;
let employer: { id: string; npp: string };
let other: { id: string; npp: string };
let tokens: Record<string, string>;

const OFFICES: [code: string, name: string, kind: AgencyKind][] = [
  ['ulp-kp', 'ULP Kulon Progo', 'procurement_unit'],
  ['disnaker-kp', 'Dinas Tenaga Kerja Kulon Progo', 'labour_office'],
  ['bpk-diy', 'BPK DIY', 'auditor'],
];

beforeAll(async () => {
  service = await startApp();
  for (const [code, name, kind] of OFFICES) {
    await service.deps.database.pool.query(
      `insert into agencies (code, name, kind, regions, created_at) values ($1, $2, $3, '{34}', now())`,
      [code, name, kind],
    );
  }
  employer = await recordEmployer(service);
  other = await recordEmployer(service);
  await declareMonth(service, employer.id, '2026-11');
  const company = { kind: 'employer', agency: 'asosiasi', regions: [], sub: 'hrd' } as const;
  tokens = {
    unit: await service.token({ agency: 'ulp-kp', kind: 'procurement_unit', sub: 'panitia-tender' }),
    office: await service.token({ agency: 'disnaker-kp', sub: 'pengawas-rina' }),
    auditor: await service.token({ agency: 'bpk-diy', kind: 'auditor', sub: 'auditor-1' }),
    stranger: await service.token({ agency: 'sistem-asing', kind: 'licensing_office', sub: 'robot' }),
    own: await service.token({ ...company, employerId: employer.id }),
    otherCompany: await service.token({ ...company, employerId: other.id }),
  };
});
afterAll(() => service.close());

async function check(by: string, purpose = 'tender_award', more: object = {}) {
  const body = { subject: { npp: employer.npp }, purpose, reference: `REF-${purpose}`, ...more };
  const answer = await service.send({ url: '/v1/checks', body, token: tokens[by]! });
  expect(answer.statusCode, answer.body).toBe(200);
  return answer.json();
}

async function accesses(by: string, query = '', of = employer.id) {
  return service.send({ url: `/v1/employers/${of}/accesses${query}`, token: tokens[by]! });
}

describe('the list', () => {
  let asked: Record<string, { id: string; checkedAt: string }>;
  let batchIds: string[];

  beforeAll(async () => {
    asked = { unit: await check('unit', 'tender_award', { onBehalfOf: 'Dinas PU' }) };
    await service.send({
      url: `/v1/employers/${employer.id}/workers?purpose=pengaduan%20upah`,
      token: tokens.office!,
    });
    asked.own = await check('own', 'self');
    const batch = await service.send({
      url: '/v1/check-batches',
      body: {
        purpose: 'business_licence',
        reference: 'IZIN-9',
        subjects: [{ npp: employer.npp }, { npp: other.npp }, { npp: employer.npp }, { name: 'PT Contoh' }],
      },
      token: tokens.stranger!,
    });
    const results: { id: string; verdict?: { employerId: string } }[] = batch.json().results;
    batchIds = results.filter(({ verdict }) => verdict?.employerId === employer.id).map(({ id }) => id);
    expect(batchIds).toHaveLength(2);
    await service.send({ url: `/v1/employers/${employer.id}/workers`, token: tokens.own! });
    // Names no employer, or another one.
    await service.send({
      url: '/v1/checks',
      body: { subject: { name: 'PT Contoh' }, purpose: 'self', reference: 'X' },
    });
    await service.send({
      url: '/v1/checks',
      body: { subject: { npp: employer.npp, nib: '9999999999999' }, purpose: 'inspection', reference: 'X' },
    });
  });

  test('tells the employer who asked, when, why and what was answered, newest first, and not which person', async () => {
    const answer = await accesses('own');
    expect(answer.statusCode, answer.body).toBe(200);
    const { items, nextCursor } = answer.json();
    expect(nextCursor).toBeNull();
    const [read, ...rest] = items.slice(-7).toReversed() as Record<string, unknown>[];
    expect([read, ...rest].map((each) => each!.kind)).toEqual([
      'check',
      'personal_data',
      'check',
      'check',
      'check',
      'personal_data',
      'check',
    ]);
    expect(items.at(-1)).toEqual({
      id: asked.unit!.id,
      kind: 'check',
      at: asked.unit!.checkedAt,
      agency: { code: 'ulp-kp', name: 'ULP Kulon Progo', kind: 'procurement_unit' },
      onBehalfOf: 'Dinas PU',
      purpose: 'tender_award',
      reference: 'REF-tender_award',
      action: (asked.unit as unknown as { action: string }).action,
      status: (asked.unit as unknown as { verdict: { status: string } }).verdict.status,
    });
    expect(items.at(-2)).toEqual({
      id: expect.any(String),
      kind: 'personal_data',
      at: expect.any(String),
      agency: { code: 'disnaker-kp', name: 'Dinas Tenaga Kerja Kulon Progo', kind: 'labour_office' },
      purpose: 'pengaduan upah',
      fields: ['nik', 'name', 'birthDate', 'sex', 'citizenship', 'employmentType'],
      workers: 1,
    });
    expect(items.at(-3)).toMatchObject({ id: asked.own!.id, own: true, purpose: 'self' });
    expect(items.slice(-5, -3).map(({ id }: { id: string }) => id)).toEqual(batchIds.toReversed());
    expect(items.at(-4)).toMatchObject({ agency: { code: 'sistem-asing' }, reference: 'IZIN-9' });
    expect(items.at(-6)).toMatchObject({ kind: 'personal_data', own: true, workers: 1 });
    expect(items.filter(({ own }: { own?: boolean }) => own)).toHaveLength(2);
    for (const person of ['panitia-tender', 'pengawas-rina', 'robot', 'hrd'])
      expect(answer.body).not.toContain(person);
    const times = items.map(({ at }: { at: string }) => at);
    expect(times).toEqual(times.toSorted().toReversed());
  });

  test('tells auditors the person, too', async () => {
    const { items } = (await accesses('auditor')).json();
    expect(items.at(-1)).toMatchObject({ id: asked.unit!.id, by: 'panitia-tender' });
    expect(items.at(-2)).toMatchObject({ by: 'pengawas-rina' });
  });

  test('shows the status that was answered, whatever holds by now', async () => {
    const { id } = await check('unit', 'contract_payment');
    const before = (await accesses('own', '?limit=1')).json().items[0];
    expect(before).toMatchObject({ id, status: 'compliant' });
    service.setNow('2027-03-01T03:00:00Z');
    const { items } = (await accesses('own')).json();
    expect(items.find((each: { id: string }) => each.id === id)).toEqual(before);
    expect((await check('unit', 'contract_payment')).verdict.status).toBe('non_compliant');
    expect((await accesses('own', '?limit=1')).json().items[0].status).toBe('non_compliant');
    service.setNow('2026-11-20T03:00:00Z');
  });

  test('comes page by page, stable while others ask', async () => {
    const whole: { id: string }[] = (await accesses('own')).json().items;
    const seen: string[] = [];
    let cursor = '';
    do {
      const { items, nextCursor } = (
        await accesses('own', `?limit=2${cursor && `&cursor=${cursor}`}`)
      ).json();
      expect(items.length).toBeLessThanOrEqual(2);
      seen.push(...items.map(({ id }: { id: string }) => id));
      cursor = nextCursor;
      await check('unit');
    } while (cursor && seen.length < 50);
    expect(seen).toEqual(whole.map(({ id }) => id));
  });

  test('comes as CSV and NDJSON', async () => {
    const url = `/v1/employers/${employer.id}/accesses?limit=2`;
    const get = (accept: string, token: string) => service.send({ url, headers: { accept }, token });
    const { items } = (await accesses('own', '?limit=200')).json();
    const lines = (await get('application/x-ndjson', tokens.own!)).body.trim().split('\n');
    expect(lines.map((line) => JSON.parse(line))).toEqual(items);
    const csv = (await get('text/csv', tokens.own!)).body.trim().split('\r\n');
    expect(csv[0]).toBe(
      'id,kind,at,agency.code,agency.name,agency.kind,own,by,onBehalfOf,purpose,reference,action,status,fields,workers,' +
        'delayed.until,delayed.caseReference',
    );
    expect(csv).toHaveLength(items.length + 1);
    expect(csv.at(-1)).toContain(',ulp-kp,ULP Kulon Progo,procurement_unit,,,Dinas PU,tender_award,');
  });
});

describe('who may read it', () => {
  test.each([
    ['another company', 'otherCompany', 404, 'not_found'],
    ['a procurement unit', 'unit', 403, 'kind_not_allowed'],
    ['a licensing office', 'stranger', 403, 'kind_not_allowed'],
  ])('not %s', async (_who, by, status, code) => {
    const answer = await accesses(by);
    expect(answer.json()).toMatchObject({ status, code });
  });

  test('agencies need audit:read, the employer does not', async () => {
    const scopes = ['compliance:read'] as const;
    const office = await service.token({ agency: 'disnaker-kp', scopes });
    const own = await service.token({ kind: 'employer', regions: [], employerId: employer.id, scopes });
    const url = `/v1/employers/${employer.id}/accesses`;
    expect((await service.send({ url, token: office })).json()).toMatchObject({ code: 'insufficient_scope' });
    expect((await service.send({ url, token: own })).statusCode).toBe(200);
  });

  test('an employer whose client may audit gets no names of persons either', async () => {
    const own = await service.token({
      kind: 'employer',
      agency: 'disnaker-kp',
      regions: [],
      employerId: employer.id,
    });
    const answer = await service.send({ url: `/v1/employers/${employer.id}/accesses`, token: own });
    expect(answer.json().items.length).toBeGreaterThan(0);
    expect(answer.body).not.toContain('"by"');
  });

  test('nobody asked: an empty list', async () => {
    const fresh = await recordEmployer(service);
    const token = await service.token({ kind: 'employer', regions: [], employerId: fresh.id });
    const answer = await service.send({ url: `/v1/employers/${fresh.id}/accesses`, token });
    expect(answer.json()).toEqual({ items: [], nextCursor: null });
  });

  test.each(['x', 'WzFd', 'abcd.WzFd'])(
    'a cursor that is not of this list is refused: %s',
    async (cursor) => {
      const answer = await accesses('own', `?cursor=${cursor}`);
      expect(answer.json()).toMatchObject({ status: 422, errors: [{ pointer: '/cursor' }] });
    },
  );
});

test('a page among 120,000 accesses is read by the indexes alone', async () => {
  const { pool } = service.deps.database;
  await pool.query(
    `insert into checks (check_id, checked_at, checked_by, agency_code, employer_id, purpose, reference, action, answer)
     select gen_random_uuid(), now(), '{"sub":"x"}', 'ulp-kp',
            case when n % 10 = 0 then $1::uuid else gen_random_uuid() end, 'self', 'X', 'proceed', '{}'
     from generate_series(1, 100000) n`,
    [other.id],
  );
  await pool.query(
    `insert into personal_data_reads (employer_id, read_id, read_at, client, agency, sub, fields, worker_ids, request_id)
     select case when n % 10 = 0 then $1::uuid else gen_random_uuid() end, gen_random_uuid(), now(), 'x', 'disnaker-kp',
            'x', '{name}', '{}', 'x'
     from generate_series(1, 20000) n`,
    [other.id],
  );
  await pool.query('analyze checks, personal_data_reads, access_delays, agencies');
  const page = [other.id, 'ffffffff-ffff-ffff-ffff-ffffffffffff', 51];
  const nodes = await planOf(pool, [SELECT_ACCESSES, page], { analyze: true });
  const scans = nodes.filter((node) => /Scan/.test(node['Node Type']));
  const of = (relation: string) => scans.filter((node) => node['Relation Name'] === relation);
  expect(of('checks').map((node) => [node['Node Type'], node['Index Name']])).toEqual([
    ['Index Scan', 'checks_employer'],
  ]);
  expect(of('personal_data_reads').map((node) => [node['Node Type'], node['Index Name']])).toEqual([
    ['Index Scan', 'personal_data_reads_pk'],
  ]);
  // What is read is a page, however much there is.
  for (const relation of ['checks', 'personal_data_reads'])
    expect(of(relation)[0]!['Actual Rows']).toBeLessThan(60);
});
