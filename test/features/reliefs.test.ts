import { afterAll, beforeAll, expect, test } from 'vitest';
import { startApp, type TestApp } from '#test/setup/app.ts';
import { pay, recordEmployer } from '#test/setup/employers.ts';

let service: TestApp;
beforeAll(async () => {
  service = await startApp();
});
afterAll(() => service.close());

async function declare(employerId: string, period: string, workers: number): Promise<number> {
  const roster = Array.from({ length: workers }, (_, index) => ({
    nik: `340101150190${String(index + 1).padStart(4, '0')}`,
    name: `Pekerja ${index}`,
    birthDate: '1990-01-15',
    wage: 5_000_000,
    programmes: ['JKK', 'JKM'],
  }));
  const declared = await service.send({
    url: `/v1/employers/${employerId}/declarations`,
    body: { period, workers: roster },
  });
  expect(declared.statusCode, declared.body).toBe(201);
  return declared.json().assessment.total;
}

const get = async (url: string) => (await service.send({ url: `/v1/employers/${url}` })).json();
const factory = (more: object = {}) =>
  recordEmployer(service, {
    registeredOn: '2024-12-02',
    scale: 'micro',
    jkkClass: 'III',
    closedOn: '2025-02-28',
    labourIntensiveIndustry: 'footwear',
    ...more,
  });

test('declaration, ledger and check agree on the JKK of labour-intensive industry', async () => {
  const { id, npp } = await factory();
  const december = await declare(id, '2024-12', 50);
  const january = await declare(id, '2025-01', 50);
  expect([december, january]).toEqual([2_975_000, 2_975_000]);
  expect(await declare(id, '2025-02', 50)).toBe(2_975_000);

  await pay(service, id, december, '2025-01-10', { period: '2024-12' });
  await pay(service, id, january, '2025-02-10', { period: '2025-01' });
  const relieved = 50 * (22_250 + 15_000);
  const { months } = await get(`${id}/ledger`);
  expect(months.map(({ due }: { due: number }) => due)).toEqual([december, january, relieved]);
  const { items } = await get(`${id}/declarations`);
  expect(items.at(-1)).toMatchObject({
    period: '2025-02',
    assessment: { total: relieved, programmes: { JKK: { employer: 50 * 22_250, base: 250_000_000 } } },
  });

  await pay(service, id, relieved, '2025-03-10', { period: '2025-02' });
  const check = await service.send({
    url: '/v1/checks',
    body: { subject: { npp }, purpose: 'tender_award', reference: 'T-1' },
  });
  expect(check.json()).toMatchObject({ action: 'proceed', verdict: { status: 'not_in_scope' } });
});

test('PP 49/2020 cuts what is declared for its months by itself', async () => {
  const { id } = await factory({
    labourIntensiveIndustry: undefined,
    registeredOn: '2020-09-01',
    closedOn: undefined,
  });
  expect(await declare(id, '2020-09', 2)).toBe(2 * (445 + 150));
  const { months } = await get(`${id}/ledger?asOf=2020-11-01`);
  expect(months).toMatchObject([{ period: '2020-09', dueOn: '2020-10-30', due: 1_190, lateCharge: 6 }]);
});
