import { afterAll, beforeAll, expect, test } from 'vitest';
import { startApp, type TestApp } from '#test/setup/app.ts';
import { declareMonth, recordEmployer } from '#test/setup/employers.ts';

let service: TestApp;

/** One case: of whom, how many days until the visit, and what was found; nothing where nobody went. */
async function inspect(employer: string, outcome: object | undefined, plannedOn = '2026-12-31') {
  const assigned = await service.send({ url: '/v1/inspections', body: { employer, plannedOn } });
  expect(assigned.statusCode, assigned.body).toBe(201);
  if (!outcome) return;
  const url = `/v1/inspections/${assigned.json().id}/outcomes`;
  service.setNow(`${(outcome as { on: string }).on}T04:00:00Z`);
  const closed = await service.send({ url, body: outcome });
  expect(closed.statusCode, closed.body).toBe(201);
  service.setNow('2026-11-20T03:00:00Z');
}

async function owing(more: object = {}): Promise<string> {
  const { id } = await recordEmployer(service, { registeredOn: '2026-09-01', ...more });
  await declareMonth(service, id, '2026-09');
  return id;
}

beforeAll(async () => {
  service = await startApp('2026-11-20T03:00:00Z');
  await inspect(await owing(), { on: '2026-11-20', found: ['ARREARS'] });
  await inspect(await owing(), { on: '2026-11-23', found: ['NOT_DECLARED', 'PARTIAL_WAGES'] });
  await inspect(await owing(), { on: '2026-11-24', found: ['PARTIAL_WORKERS'] });
  await inspect(await owing({ regionCode: '34.02' }), { on: '2026-11-30', found: ['ARREARS'] });
  await inspect(await owing(), { kind: 'cancelled', on: '2026-11-25', found: [] });
  await inspect(await owing(), undefined, '2026-11-30');
  await inspect((await recordEmployer(service)).id, { on: '2026-11-21', found: ['PARTIAL_WORKERS'] });
  service.setNow('2026-12-10T03:00:00Z');
});
afterAll(() => service.close());

async function report(query = '', token?: string) {
  const url = `/v1/reports/inspections?${query}`;
  const answer = await service.send({ url, ...(token !== undefined && { token }) });
  expect(answer.statusCode, answer.body).toBe(200);
  return answer.json();
}

test('the precision of the queue is the part of its claims that visits found', async () => {
  expect(await report()).toMatchObject({
    from: '2025-12-10',
    to: '2026-12-10',
    visits: 5,
    cancelled: 1,
    overdue: 1,
    precision: { visits: 4, confirmed: 3, ratio: '0.7500' },
    byCode: [
      { code: 'ARREARS', visits: 4, confirmed: 2, ratio: '0.5000' },
      { code: 'NOT_DECLARED', visits: 4, confirmed: 1, ratio: '0.2500' },
    ],
    byPriority: [
      { from: 0, to: 250, visits: 4, confirmed: 3, ratio: '0.7500' },
      { from: 251, to: 500, visits: 0, confirmed: 0, ratio: null },
      { from: 501, to: 750, visits: 0, confirmed: 0, ratio: null },
      { from: 751, to: 1000, visits: 0, confirmed: 0, ratio: null },
    ],
    medianDaysToVisit: 3,
  });
});

test('visits count by their day, both ends included', async () => {
  expect(await report('from=2026-11-23&to=2026-11-24')).toMatchObject({
    visits: 2,
    cancelled: 0,
    overdue: 0,
    precision: { visits: 2, confirmed: 1, ratio: '0.5000' },
    medianDaysToVisit: 3.5,
  });
  expect(await report('from=2024-01-01&to=2024-12-31')).toMatchObject({
    visits: 0,
    precision: { visits: 0, confirmed: 0, ratio: null },
    byCode: [],
    medianDaysToVisit: null,
  });
});

test('regions are respected', async () => {
  expect(await report('region=34.02')).toMatchObject({ region: '34.02', visits: 1, cancelled: 0 });
  const token = await service.token({ agency: 'pemda', kind: 'regional_government', regions: ['34.02'] });
  expect(await report('', token)).toMatchObject({ visits: 1, precision: { visits: 1, confirmed: 1 } });
  const bali = await service.token({ agency: 'disnaker-bali', regions: ['51'] });
  expect(await report('region=34.01', bali)).toMatchObject({ visits: 0, cancelled: 0, overdue: 0 });
});

test('an interval that ends before it begins is refused', async () => {
  const answer = await service.send({ url: '/v1/reports/inspections?from=2026-02-01&to=2026-01-01' });
  expect(answer.json()).toMatchObject({ status: 422, errors: [{ pointer: '/to', code: 'before_start' }] });
});
