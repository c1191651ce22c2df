import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startApp, type TestApp } from '#test/setup/app.ts';

let service: TestApp;
beforeAll(async () => {
  service = await startApp();
});
afterAll(() => service.close());

const calculate = (body: object, headers: Record<string, string> = {}) =>
  service.send({ url: '/v1/calculations', body, headers });
const calculated = async (body: object) => {
  const answer = await calculate(body);
  expect(answer.statusCode, answer.body).toBe(200);
  return answer.json();
};

const PU = { segment: 'PU', period: '2026-06', wage: 5_000_000, programmes: ['JKK', 'JKM', 'JHT'] };
const BPU = {
  segment: 'BPU',
  period: '2026-01',
  income: 1_000_000,
  programmes: ['JKK', 'JKM'],
  sector: 'transport',
};
const JAKON = { segment: 'JAKON', period: '2026-06' };

describe('a wage earner', () => {
  test('costs what the steps say, with due day and articles', async () => {
    const answer = await calculated({ ...PU, period: '2026-07', jkkClass: 'III' });
    expect(answer).toMatchObject({
      programmes: { JKK: { employer: 44_500, worker: 0, base: 5_000_000 } },
      totals: { employer: 244_500, worker: 100_000, bill: 344_500 },
      dueOn: '2026-08-18',
    });
    expect(answer).not.toHaveProperty('allocation');
    expect(answer).not.toHaveProperty('calendarProvisional');
    expect(answer.steps.at(-1).formula).toContain('17 August 2026 (Hari Kemerdekaan)');
    expect(answer.steps[0]).toMatchObject({ parameter: 'pp-44-2015/jkk/class-iii' });
  });

  test('is answered in the language asked for', async () => {
    const answer = await calculate(PU, { 'accept-language': 'id' });
    expect(answer.headers).toMatchObject({ 'content-language': 'id', vary: 'accept-language' });
    expect(answer.json().steps.at(-1).what).toBe('Jatuh tempo');
    expect((await calculate(PU)).headers['content-language']).toBe('en');
  });

  test('has an allocation where JKP is mentioned', async () => {
    const jkp = { ...PU, period: '2024-06', jkkClass: 'II' };
    expect(await calculated({ ...jkp, jkp: true })).toMatchObject({
      allocation: { JKK: 20_000, JKM: 10_000, JKP: 12_000, stateJkp: 11_000 },
    });
    expect(await calculated({ ...jkp, jkp: false })).toMatchObject({
      allocation: { JKK: 27_000, JKM: 15_000, JKP: 0, stateJkp: 0 },
    });
    const arrears = { ...jkp, period: '2023-08', jkp: true, arrearsAtPromulgation: true };
    expect(await calculated(arrears)).toMatchObject({ allocation: { JKP: 0, stateJkp: 0 } });
  });

  test('has the reliefs of its month', async () => {
    expect(await calculated({ ...PU, period: '2025-03', reliefs: ['PP7/2025'] })).toMatchObject({
      programmes: { JKK: { employer: 6_000 }, JKM: { employer: 15_000 } },
    });
    const deferred = { ...PU, period: '2020-10', programmes: ['JKK', 'JP'], reliefs: ['PP49/2020-JP'] };
    expect(await calculated(deferred)).toMatchObject({
      programmes: { JKK: { employer: 120 }, JP: { employer: 1_000, worker: 500 } },
      deferred: 148_500,
      dueOn: '2020-11-30',
      calendarProvisional: true,
    });
  });

  test('of a month whose ceiling is not published is refused by name', async () => {
    const answer = await calculate({ ...PU, period: '2027-03', programmes: ['JP'] });
    expect(answer.json()).toMatchObject({
      status: 422,
      code: 'parameter_not_published',
      parameter: 'pp-45-2015/jp/ceiling',
      period: '2027-03',
      title: 'A parameter of law is not published, or not entered, for that month',
    });
  });
});

test('an informal worker pays all alone, by the 15th of the month itself', async () => {
  expect(await calculated(BPU)).toMatchObject({
    programmes: {
      JKK: { employer: 0, worker: 5_000, base: 1_000_000 },
      JKM: { employer: 0, worker: 3_400, base: 1_000_000 },
    },
    totals: { employer: 0, worker: 8_400, bill: 8_400 },
    dueOn: '2026-01-15',
  });
  expect(await calculated({ ...BPU, governmentPaid: true })).toMatchObject({ totals: { bill: 16_800 } });
  expect(await calculated({ ...BPU, sector: 'other' })).toMatchObject({ totals: { bill: 16_800 } });
});

test('a construction project is computed by contract value or by wages', async () => {
  expect(await calculated({ ...JAKON, contractValueExclVat: 2_000_000_000 })).toMatchObject({
    programmes: { JKK: { employer: 2_640_000, worker: 0, base: 2_000_000_000 }, JKM: { employer: 310_000 } },
    totals: { employer: 2_950_000, worker: 0, bill: 2_950_000 },
    dueOn: '2026-07-15',
  });
  expect(await calculated({ ...JAKON, monthlyWages: 50_000_000 })).toMatchObject({
    totals: { bill: 1_020_000 },
  });
  const early = await calculate({ ...JAKON, period: '2020-07', monthlyWages: 1 });
  expect(early.json()).toMatchObject({ code: 'parameter_not_published', period: '2020-07' });
});

test('what the worker or the month does not qualify for is left out, and said', async () => {
  const expired = await calculated({ ...PU, period: '2026-02', reliefs: ['PP7/2025'] });
  const { steps, ...normal } = await calculated({ ...PU, period: '2026-02' });
  expect(expired).toMatchObject(normal);
  expect(expired.steps).toHaveLength(steps.length + 1);
  const micro = await calculated({ ...PU, programmes: ['JKK', 'JKM'], jkp: true });
  const { JKK, JKM } = micro.programmes;
  expect(micro.allocation).toEqual({ JKK: JKK.employer, JKM: JKM.employer, JKP: 0, stateJkp: 0 });
});

describe('refused, naming the field, is', () => {
  const cases: [what: string, body: object, pointer: string, code: string][] = [
    [
      'a relief twice',
      { ...PU, period: '2025-03', reliefs: ['PP7/2025', 'PP7/2025'] },
      '/reliefs',
      'duplicate',
    ],
    ['arrears without JKP', { ...PU, arrearsAtPromulgation: true }, '/arrearsAtPromulgation', 'needs_jkp'],
    [
      'arrears of a month that fell due later',
      { ...PU, period: '2023-09', jkp: true, arrearsAtPromulgation: true },
      '/arrearsAtPromulgation',
      'not_in_arrears',
    ],
    ['JP of an informal worker', { ...BPU, programmes: ['JKK', 'JP'] }, '/programmes/1', 'invalid_value'],
    ['an informal worker without a sector', { ...BPU, sector: undefined }, '/sector', 'invalid_value'],
    [
      'a project with value and wages',
      { ...JAKON, contractValueExclVat: 1, monthlyWages: 1 },
      '/monthlyWages',
      'one_of',
    ],
    ['a project with neither', JAKON, '/contractValueExclVat', 'one_of'],
    ['a field of another segment', { ...BPU, wage: 1 }, '/wage', 'unknown_field'],
    ['an unknown segment', { ...PU, segment: 'PMI' }, '/segment', 'invalid_value'],
    ['no segment', { ...PU, segment: undefined }, '/segment', 'invalid_value'],
  ];
  test.each(cases)('%s', async (_, body, pointer, code) => {
    const answer = await calculate(body);
    expect(answer.statusCode, answer.body).toBe(422);
    expect(answer.json().errors).toContainEqual({ pointer, code, detail: expect.any(String) });
  });
});
