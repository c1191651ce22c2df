import { afterAll, describe, expect, test } from 'vitest';
import { expectSummaries } from '#test/contract/summaries.ts';
import { startApp } from '#test/setup/app.ts';
import { wageWorld } from './minimum-wages.ts';

const service = await startApp();
afterAll(() => service.close());
const { token, employer, declare, state, verdict, shortfall } = await wageWorld(service);

const DAILY = { wage: 900_000, employmentType: 'daily' };

describe('the verdict', () => {
  test('warns of wages below the minimum, with how many workers and how much', async () => {
    const id = await employer('32.01');
    await declare(id, '2026-09', [1_000_000]);
    await declare(id, '2026-10', [2_000_000, 2_300_000, 2_317_601, 2_500_000, DAILY]);
    const before = await verdict(id);
    await state('32', 2026, 2_317_601);
    expect(await shortfall(id)).toEqual({
      code: 'PARTIAL_WAGES',
      severity: 'warning',
      since: '2026-10-01',
      periods: ['2026-10'],
      workers: 2,
      amount: 317_601 + 17_601,
      article: 'PP 36/2021 art. 23(3)',
      minimumWage: { regionCode: '32', regionName: 'Jawa Barat', year: 2026, monthly: 2_317_601 },
      detail: expect.any(String),
      sentences: {
        id: '2 pekerja pada Oktober 2026 dilaporkan dengan upah di bawah upah minimum Jawa Barat (32) tahun 2026 sebesar Rp 2.317.601, seluruhnya kurang Rp 335.202 sebulan (PP 36/2021 Pasal 23 ayat (3)).',
        en: '2 workers in October 2026 are declared with less than the minimum wage of Jawa Barat (32) for 2026 of Rp 2,317,601, by Rp 335,202 a month in all (PP 36/2021 art. 23(3)).',
      },
    });
    const { status, arrears } = await verdict(id);
    expect({ status, arrears }).toEqual({ status: before.status, arrears: before.arrears });
  });

  test('is conditional where nothing else is wrong, and clear again once wages are declared higher', async () => {
    const id = await employer('33.01', { registeredOn: '2026-11-02' });
    await declare(id, '2026-11', [2_000_000]);
    await state('33', 2026, 2_327_386);
    expect((await verdict(id)).status).toBe('compliant_with_conditions');
    const remedy = await service.send({ url: `/v1/employers/${id}/remedy`, token });
    expect(remedy.json().other).toMatchObject([{ code: 'PARTIAL_WAGES' }]);
    await declare(id, '2026-11', [2_327_386]);
    expect((await verdict(id)).status).toBe('compliant');
  });

  test('rests on the regency before its province, and on another regency never', async () => {
    const ids = await Promise.all(['35.01', '35.02', '35'].map((region) => employer(region)));
    for (const id of ids) await declare(id, '2026-10', [2_400_000]);
    await state('35', 2026, 2_446_880);
    await state('35.01', 2026, 2_500_000);
    const amounts = await Promise.all(ids.map(async (id) => (await shortfall(id)).amount));
    expect(amounts).toEqual([100_000, 46_880, 46_880]);
    // A regency's may be lower: the nearer one holds all the same.
    await state('35.02', 2026, 2_400_000);
    expect(await shortfall(ids[1]!)).toBeUndefined();
  });

  test.each(['micro', 'small'])('does not warn a %s enterprise, until it is a larger one', async (scale) => {
    const id = await employer('51.01', { scale });
    await declare(id, '2026-10', [2_000_000]);
    await state('51', 2026, 3_207_459 + scale.length, scale === 'micro' ? 201 : 200);
    expect(await shortfall(id)).toBeUndefined();
    const url = `/v1/employers/${id}`;
    const { headers } = await service.send({ url, token });
    const body = { scale: 'large' };
    await service.send({ method: 'PATCH', url, body, token, headers: { 'if-match': String(headers.etag) } });
    expect((await shortfall(id)).workers).toBe(1);
  });

  test('takes the year of the contribution month, and no other', async () => {
    const id = await employer('12.01');
    await declare(id, '2025-12', [3_000_000]);
    await state('12', 2025, 2_992_559);
    await state('12', 2026, 3_228_971);
    expect(await shortfall(id)).toBeUndefined();
    await declare(id, '2026-01', [3_000_000]);
    expect(await shortfall(id)).toMatchObject({ periods: ['2026-01'], amount: 228_971 });
    expect(await shortfall(id, 'asOf=2026-01-31')).toMatchObject({ periods: ['2026-01'] });
    expect(await shortfall(id, 'asOf=2025-12-31')).toBeUndefined();
    await state('12', 2027, 9_000_000);
    expect(await shortfall(id)).toMatchObject({ amount: 228_971 });
  });

  test('follows an employer that moves', async () => {
    await state('13', 2026, 3_182_955);
    const id = await employer('14.01');
    await declare(id, '2026-10', [3_000_000]);
    expect(await shortfall(id)).toBeUndefined();
    const url = `/v1/employers/${id}`;
    const { headers } = await service.send({ url, token });
    const body = { regionCode: '13.01' };
    await service.send({ method: 'PATCH', url, body, token, headers: { 'if-match': String(headers.etag) } });
    expect((await shortfall(id)).amount).toBe(182_955);
    await state('14', 2026, 3_780_495);
    expect((await shortfall(id)).amount).toBe(182_955);
  });

  test('supposes rosters under the same minimum', async () => {
    const id = await employer('16.01');
    await state('16', 2026, 3_942_963);
    const supposed = async (wage: number) => {
      const line = {
        nik: '3401014107900001',
        name: 'Siti',
        birthDate: '1990-07-01',
        wage,
        programmes: ['JKK'],
      };
      const body = { on: '2026-11-20', declarations: [{ period: '2026-10', workers: [line] }] };
      const url = `/v1/employers/${id}/remedy/simulations`;
      const { reasons } = (await service.send({ url, body, token })).json().verdict;
      return reasons.some(({ minimumWage }: { minimumWage?: object }) => minimumWage);
    };
    expect(await supposed(3_942_962)).toBe(true);
    expect(await supposed(3_942_963)).toBe(false);
  });

  test('keeps its explanation: the wage, where it stands, and what it rests on', async () => {
    const id = await employer('17.01');
    await declare(id, '2026-10', [2_800_000]);
    await state('17', 2026, 2_827_250, 201, 'Kepgub Bengkulu K.642');
    const url = `/v1/employers/${id}/verdict/explanation`;
    const letter = await service.send({ url, token, headers: { accept: 'text/plain' } });
    for (const part of [
      'Bengkulu (17), 2026',
      'Rp 2,827,250',
      'Kepgub Bengkulu K.642',
      'pp-36-2021/wage/minimum-binds',
      'policy/minimum-wage-exempt-scales',
      'minimum wage 17/2026',
    ]) {
      expect(letter.body.replaceAll(/\s+/g, ' ')).toContain(part);
    }
  });
});

describe('the statement', () => {
  test('supersedes, and the earlier one stays for what was known before', async () => {
    const id = await employer('18.01');
    await declare(id, '2026-10', [3_000_000]);
    const first = await state('18', 2026, 3_047_734, 201, 'siaran pers');
    const known = await verdict(id);
    expect(known.dataCutoff).toBe(first.recordedAt);
    const second = await state('18', 2026, 3_100_000, 200);
    expect(second).not.toHaveProperty('source');
    expect((await shortfall(id)).amount).toBe(100_000);
    expect(await verdict(id, `knownAt=${known.knownAt}`)).toEqual(known);
    expect((await shortfall(id, `knownAt=${first.recordedAt}`)).amount).toBe(47_734);

    const url = '/v1/minimum-wages/18/2026';
    const { history, ...newest } = (await service.send({ url, token })).json();
    expect(newest).toEqual(second);
    expect(history).toMatchObject([{ monthly: 3_100_000 }, { monthly: 3_047_734, source: 'siaran pers' }]);
    const then = await service.send({ url: `${url}?knownAt=${first.recordedAt}`, token });
    expect(then.json()).toMatchObject({ ...first, history: [{ monthly: 3_047_734 }] });
  });

  test('that says the same changes nothing', async () => {
    const id = await employer('19.01');
    await declare(id, '2026-10', [3_000_000]);
    const first = await state('19', 2026, 4_035_000, 201, 'Kepgub');
    const known = await verdict(id);
    expect(await state('19', 2026, 4_035_000, 200, 'Kepgub')).toEqual(first);
    expect(await verdict(id)).toEqual(known);
    expect((await state('19', 2026, 4_035_000, 200, 'Kepgub, Lampiran')).recordedAt > first.recordedAt).toBe(
      true,
    );
  });

  test('shows in the very next list', async () => {
    const id = await employer('52.01');
    await declare(id, '2026-11', [2_000_000]);
    const url = '/v1/non-compliant-employers?region=52&status=compliant_with_conditions';
    const listed = async () =>
      (await service.send({ url, token }))
        .json()
        .items.map((item: { employer: { id: string } }) => item.employer.id);
    expect(await listed()).toEqual([]);
    await state('52', 2026, 2_673_861);
    expect(await listed()).toEqual([id]);
    await expectSummaries(service.deps);
  });

  test.each([
    ['34.01', 2014, { monthly: 1 }, '/year'],
    ['34.01', 2101, { monthly: 1 }, '/year'],
    ['34.01', 'x', { monthly: 1 }, '/year'],
    ['34', 2026, { monthly: 0 }, '/monthly'],
    ['34', 2026, { monthly: 1_000_000_001 }, '/monthly'],
    ['34', 2026, { monthly: 2_327_386.07 }, '/monthly'],
    ['34', 2026, { monthly: 1, source: '' }, '/source'],
    ['34', 2026, { monthly: 1, wage: 1 }, '/wage'],
    ['34', 2026, {}, '/monthly'],
  ])('of %s in %s as %j is refused', async (regionCode, year, body, pointer) => {
    const url = `/v1/minimum-wages/${regionCode}/${year}`;
    const refused = await service.send({ method: 'PUT', url, body, token });
    expect(refused.json().status).toBe(422);
    expect(refused.json().errors[0].pointer).toBe(pointer);
  });

  test.each(['99', '34.99', '34.01.01', '34.01.01.2001', '3', '34.'])(
    'of %s is about no province and no regency',
    async (regionCode) => {
      const url = `/v1/minimum-wages/${regionCode}/2026`;
      const body = { monthly: 1 };
      const answers = [{ method: 'PUT', url, body, token } as const, { url, token }].map(service.send);
      for (const answer of answers) expect((await answer).json().code).toBe('not_found');
    },
  );

  test('is for some kinds of agencies, in their regions: of a province only for who has all of it', async () => {
    const put = async (regionCode: string, caller: object) => {
      const url = `/v1/minimum-wages/${regionCode}/2026`;
      const body = { monthly: 2_417_495 };
      return service.send({ method: 'PUT', url, body, token: await service.token(caller) });
    };
    for (const kind of [
      'licensing_office',
      'procurement_unit',
      'prosecutor',
      'village_government',
      'auditor',
    ]) {
      expect((await put('34', { kind })).json().code).toBe('kind_not_allowed');
    }
    const branch = { kind: 'social_security_branch', regions: ['34.01'] };
    expect((await put('34', branch)).json().code).toBe('outside_jurisdiction');
    expect((await put('34.02', branch)).json().code).toBe('outside_jurisdiction');
    expect((await put('34.01', branch)).statusCode).toBe(201);
    expect((await put('34', { kind: 'regional_government', scopes: ['admin'] })).statusCode).toBe(201);
    expect((await put('34', { scopes: ['registry:write'] })).json().code).toBe('insufficient_scope');
  });
});

test('the list is ordered by region and year, page by page, as CSV and by what was known', async () => {
  const before = new Date(service.deps.clock().getTime() - 1).toISOString();
  await state('11', 2025, 3_685_616, 201, 'Kemnaker, 2025');
  const first = await state('11', 2026, 3_685_616);
  await state('11', 2026, 3_932_552, 200);
  await state('11.01', 2026, 4_000_000);
  const list = async (query: string) =>
    (await service.send({ url: `/v1/minimum-wages?region=11&${query}`, token })).json();
  const { items, nextCursor } = await list('limit=2');
  expect(items).toMatchObject([
    { regionCode: '11', year: 2025, monthly: 3_685_616 },
    { regionCode: '11', regionName: 'Aceh', year: 2026, monthly: 3_932_552 },
  ]);
  expect(await list(`limit=2&cursor=${nextCursor}`)).toMatchObject({
    items: [{ regionCode: '11.01' }],
    nextCursor: null,
  });
  expect((await list('year=2025')).items).toHaveLength(1);
  expect((await list(`year=2026&knownAt=${first.recordedAt}`)).items).toEqual([first]);
  expect((await list(`knownAt=${before}`)).items).toEqual([]);
  const url = '/v1/minimum-wages?region=11&year=2025';
  const csv = await service.send({ url, token, headers: { accept: 'text/csv' } });
  expect(csv.body.split('\r\n').slice(0, 2)).toEqual([
    'regionCode,regionName,year,monthly,source,recordedAt',
    expect.stringMatching(/^11,Aceh,2025,3685616,"Kemnaker, 2025",/),
  ]);
  expect((await service.send({ url: '/v1/minimum-wages/11/2031', token })).statusCode).toBe(404);
});
