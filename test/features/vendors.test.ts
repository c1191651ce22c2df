import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { startApp, type TestApp } from '#test/setup/app.ts';
import { pay, recordEmployer } from '#test/setup/employers.ts';
import { declareContract, declarePlaced, recordParties, terms } from '#test/setup/placements.ts';

const NOW = '2026-11-20T03:00:00Z';
let service: TestApp;
const ids: Record<string, string> = {};
let parties: Awaited<ReturnType<typeof recordParties>>;
const BILLS: Record<string, number> = {};

beforeAll(async () => {
  service = await startApp(NOW);
  const add = async (legalName: string, more: object = {}) => {
    const outsourcing = { licenceNumber: `AD-${legalName}` };
    ids[legalName] = (await recordEmployer(service, { legalName, outsourcing, ...more })).id;
  };
  await add('in order');
  await add('doubtful', { jkkClass: 'III', jkkClassOrigin: 'declared' });
  await add('unregistered', { registeredOn: undefined });
  await add('owes little');
  await add('owes much', { regionCode: '34.04' });
  await recordEmployer(service, { legalName: 'no vendor', registeredOn: undefined });
  await declarePlaced(service, ids['owes little']!, '2026-10', [{ workers: 1 }]);
  await declarePlaced(service, ids['owes much']!, '2026-10', [{ workers: 3 }]);
  await declareContract(service, ids['owes much']!, terms({ workersContracted: 5 }));
  const disputed = terms({ workersContracted: 7 });
  await declareContract(service, ids['owes much']!, disputed);
  const ulp = await service.token({ kind: 'procurement_unit', agency: 'ulp', regions: [] });
  await declareContract(service, ids['owes much']!, { ...disputed, workersContracted: 8 }, ulp);
  await declareContract(service, ids['owes much']!, terms({ endsOn: '2026-11-19' }));
  await declareContract(service, ids['owes much']!, terms({ startsOn: '2026-11-21' }));
});
beforeEach(() => service.setNow(NOW));
afterAll(() => service.close());

async function list(query = '', token?: string) {
  const answer = await service.send({ url: `/v1/vendors${query}`, ...(token && { token }) });
  expect(answer.statusCode, answer.body).toBe(200);
  return answer.json();
}
const names = async (query = '', token?: string) =>
  (await list(query, token)).items.map(
    (item: { employer: { legalName: string } }) => item.employer.legalName,
  );

const WORST_FIRST = ['unregistered', 'owes much', 'owes little', 'doubtful', 'in order'];

describe('an agency', () => {
  test('sees vendors, the worst reason first, then who owes most', async () => {
    const { items, nextCursor } = await list();
    expect(nextCursor).toBeNull();
    expect(items.map((item: { employer: { legalName: string } }) => item.employer.legalName)).toEqual(
      WORST_FIRST,
    );
    const { reasons, arrears } = (
      await service.send({ url: `/v1/employers/${ids['owes much']}/verdict` })
    ).json();
    expect(items[1]).toEqual({
      employer: {
        id: ids['owes much'],
        legalName: 'owes much',
        npp: expect.any(String),
        regionCode: '34.04',
        scale: 'small',
      },
      status: 'non_compliant',
      reasons: [{ code: 'ARREARS', severity: 'breach' }],
      worst: { code: 'ARREARS', severity: 'breach', since: '2026-11-17', detail: reasons[0].detail },
      arrears,
      placements: { current: 2, contracted: 12, disputed: 1 },
    });
    expect(items[4]).toMatchObject({ status: 'compliant', reasons: [], placements: { current: 0 } });
    expect(items[4]).not.toHaveProperty('worst');
  });

  test.each([
    ['?status=compliant', ['in order']],
    ['?status=non_compliant,not_registered', WORST_FIRST.slice(0, 3)],
    ['?code=ARREARS', ['owes much', 'owes little']],
    ['?region=34.04', ['owes much']],
    ['?region=34', WORST_FIRST],
    ['?region=33', []],
  ])('%s', async (query, expected) => {
    expect(await names(query)).toEqual(expected);
  });

  test('of any kind sees those of its regions', async () => {
    for (const kind of ['procurement_unit', 'licensing_office', 'auditor', 'prosecutor'] as const) {
      const token = await service.token({ kind, agency: kind, regions: ['34.04'] });
      expect(await names('', token)).toEqual(['owes much']);
    }
  });

  test('has it in Indonesian, and as CSV', async () => {
    const indonesian = await service.send({ url: '/v1/vendors', headers: { 'accept-language': 'id' } });
    expect(indonesian.json().items[0].worst.detail).toMatch(/belum terdaftar/);
    const csv = await service.send({ url: '/v1/vendors', headers: { accept: 'text/csv' } });
    expect(csv.body.trimEnd().split('\r\n')).toHaveLength(WORST_FIRST.length + 1);
    expect(csv.body).toContain('owes much');
  });

  test('has it right on any day, without a job', async () => {
    service.setNow('2027-03-20T03:00:00Z');
    const { items } = await list('?status=compliant');
    expect(items).toEqual([]);
    expect((await list('?region=34.04')).items[0].placements).toMatchObject({ current: 3 });
  });

  test('pages through all, each once', async () => {
    const seen: string[] = [];
    for (let cursor: string | null = ''; cursor !== null && seen.length < 20; ) {
      const { items, nextCursor } = await list(`?limit=1${cursor && `&cursor=${cursor}`}`);
      seen.push(...items.map((item: { employer: { legalName: string } }) => item.employer.legalName));
      cursor = nextCursor;
    }
    expect(seen).toEqual(WORST_FIRST);
  });

  test.each(['?status=late', '?code=X', '?cursor=abc', '?colour=red', '?region=Wates'])(
    '%s is refused',
    async (query) => {
      expect((await service.send({ url: `/v1/vendors${query}` })).statusCode).toBe(422);
    },
  );
});

describe('a principal', () => {
  beforeAll(async () => {
    service.setNow(NOW);
    parties = await recordParties(service, { regionCode: '34.03' });
    const { vendor, principal } = parties;
    const own = { principal: { employerId: principal.id } };
    const mine = terms({ ...own, contractNumber: 'PKS-MINE' });
    ids.mine = (await declareContract(service, vendor.id, mine, parties.vendorClient)).id;
    await declareContract(
      service,
      vendor.id,
      terms({ contractNumber: 'PKS-SECRET', workersContracted: 321 }),
      parties.vendorClient,
    );
    await declareContract(service, vendor.id, terms({ ...own, endsOn: '2026-11-19' }), parties.vendorClient);
    BILLS.vendor = await declarePlaced(service, vendor.id, '2026-10', [
      { contract: 'PKS-MINE', workers: 25 },
      { contract: 'PKS-SECRET', workers: 4 },
    ]);
  });

  test('sees the standing of the vendors that work for it today, and nothing else of them', async () => {
    const { vendor, principalClient } = parties;
    const answer = await service.send({ url: '/v1/vendors', token: principalClient });
    const { legalName } = (await service.send({ url: `/v1/employers/${vendor.id}` })).json();
    expect(answer.json()).toEqual({
      items: [
        {
          employer: { id: vendor.id, legalName, npp: vendor.npp },
          status: 'non_compliant',
          validUntil: null,
          placements: { current: 1, contracted: 40, declared: 25, missing: 15 },
          contracts: [
            { id: ids.mine, contractNumber: 'PKS-MINE', contracted: 40, declared: 25, missing: 15 },
          ],
        },
      ],
      nextCursor: null,
    });
    expect(answer.body).not.toMatch(/SECRET|:321\b|ARREARS|34\.03|reasons|arrears/);
    for (const path of [
      '',
      '/verdict',
      '/ledger',
      '/declarations',
      '/remedy',
      '/flags',
      '/standing?from=2026-01-01&to=2026-02-01',
    ]) {
      const refused = await service.send({
        url: `/v1/employers/${vendor.id}${path}`,
        token: principalClient,
      });
      expect([path, refused.statusCode]).toEqual([path, 404]);
    }
  });

  test('filters by status, and not by what it does not see', async () => {
    const { vendor, principalClient } = parties;
    expect((await list('?status=non_compliant', principalClient)).items).toHaveLength(1);
    expect((await list('?status=compliant', principalClient)).items).toEqual([]);
    for (const query of ['?code=ARREARS', '?region=34.03']) {
      const answer = await service.send({ url: `/v1/vendors${query}`, token: principalClient });
      expect(answer.json().errors).toMatchObject([{ code: 'for_agencies_only' }]);
    }
    await pay(service, vendor.id, BILLS.vendor!, '2026-11-19', { period: '2026-10' });
    const [paid] = (await list('', principalClient)).items;
    expect(paid.status).toBe('compliant_with_conditions');
  });

  test('learns nothing of a company by naming it as its vendor', async () => {
    const { principal, principalClient } = await recordParties(service);
    const victim = ids['owes little']!;
    const { id } = await declareContract(
      service,
      victim,
      terms({ principal: { employerId: principal.id }, contractNumber: 'PKS-BOGUS' }),
      principalClient,
    );
    const [shown] = (await list('', principalClient)).items;
    expect(Object.keys(shown)).toEqual(['employer', 'placements', 'contracts']);
    expect(shown.placements).toEqual({ current: 1, contracted: 40 });
    expect((await list('?status=non_compliant', principalClient)).items).toEqual([]);
    const opened = await service.deps.database.pool.query(
      `select against from comparisons where employer_id = $1 and against like '%PKS-BOGUS'`,
      [victim],
    );
    expect(opened.rows).toEqual([]);
    const respond = async (body: object) =>
      service.send({
        url: `/v1/placements/${id}/responses`,
        body,
        token: await service.token({ kind: 'employer', agency: 'employers', employerId: victim, sub: 'x' }),
      });
    await respond({ confirmed: false, reason: 'Tidak ada kontrak' });
    expect((await list('', principalClient)).items[0]).not.toHaveProperty('status');
    await respond({ confirmed: true });
    expect((await list('', principalClient)).items[0]).toMatchObject({
      status: 'non_compliant',
      placements: { current: 1, contracted: 40, declared: 0, missing: 40 },
    });
  });

  test('pages through many vendors, and has them as CSV', async () => {
    const { principal, principalClient } = await recordParties(service);
    const made: string[] = [];
    for (let each = 0; each < 5; each += 1) {
      const { id } = await recordEmployer(service);
      await declareContract(service, id, terms({ principal: { employerId: principal.id } }));
      made.push(id);
    }
    const seen: string[] = [];
    for (let cursor: string | null = ''; cursor !== null && seen.length < 20; ) {
      const { items, nextCursor } = await list(`?limit=2${cursor && `&cursor=${cursor}`}`, principalClient);
      seen.push(...items.map((item: { employer: { id: string } }) => item.employer.id));
      cursor = nextCursor;
    }
    expect(seen).toEqual(made.toSorted());
    const csv = await service.send({
      url: '/v1/vendors',
      token: principalClient,
      headers: { accept: 'text/csv' },
    });
    expect(csv.body.trimEnd().split('\r\n')).toHaveLength(6);
  });

  test('for whom no vendor works sees none, be it a vendor itself', async () => {
    expect(await names('', parties.vendorClient)).toEqual([]);
  });
});
