import { afterAll, expect, test } from 'vitest';
import { addPeriods, onDay, type Period } from '#src/domain/civil.ts';
import { readLawFiles } from '#src/law/index.ts';
import { startApp } from '#test/setup/app.ts';
import { lawWith } from '#test/setup/law-files.ts';
import { randomFrom } from './random-history.ts';
import { expectSummaries } from './summaries.ts';

const SEED = Number(process.env.SEED ?? 20_261_121);
const FIRST = '2025-01';
const MONTHS = 18;
const COMPANIES = 12;
const PROGRAMMES = ['JKK', 'JKM', 'JHT', 'JP'];

const random = randomFrom(SEED);
const service = await startApp('2025-01-02T03:00:00Z');
afterAll(() => service.close());

async function post(url: string, body: object): Promise<{ id: string; assessment: { total: number } }> {
  const answer = await service.send({ url, body });
  expect(answer.statusCode, answer.body).toBeLessThan(300);
  return answer.json();
}

async function register(index: number): Promise<string> {
  const { id } = await post('/v1/employers', {
    legalName: `PT Bulanan ${index}`,
    npp: `BL${1000 + index}`,
    kind: 'private',
    scale: 'medium',
    regionCode: '34.01',
    registeredOn: '2025-01-02',
  });
  return id;
}

async function declare(employer: string, period: Period, wage: number): Promise<number> {
  const worker = { nik: '3401011501900001', name: 'Siti Aminah', birthDate: '1990-01-15' };
  const workers = [{ ...worker, wage, programmes: PROGRAMMES }];
  const { assessment } = await post(`/v1/employers/${employer}/declarations`, { period, workers });
  return assessment.total;
}

let serial = 0;
const pay = (employer: string, paid: object) =>
  post('/v1/payments', { employer, reference: `BL-${++serial}`, ...paid });

/** A month of a company: most declare and pay it as they should, others do something else, all at the same time. */
async function live(employer: string, period: Period): Promise<void> {
  const next = addPeriods(period, 1);
  const [what, back, isStated] = [random(10), random(3), random(3) > 0];
  const wage = 2_000_000 + 1_000_000 * random(4);
  const paidOn = onDay(next, 10);
  const total = await declare(employer, period, wage);
  switch (what) {
    case 0:
      return;
    case 1:
      await Promise.all([
        pay(employer, { amount: total * 2, paidOn, period }),
        declare(employer, period, wage / 2),
      ]);
      return;
    case 2:
      await Promise.all([
        pay(employer, { amount: total, paidOn: onDay(period, 20) }),
        declare(employer, addPeriods(period, -back), wage),
      ]);
      return;
    case 3:
      await Promise.all([
        pay(employer, { amount: Math.ceil(total / 2), paidOn, period: next }),
        pay(employer, { amount: 5_000, paidOn, penalty: true }),
      ]);
      return;
    default:
      await pay(employer, { amount: total, paidOn, ...(isStated && { period }) });
  }
}

test(`what is carried forward for ${MONTHS} months is what all facts give (seed ${SEED})`, async () => {
  const companies = await Promise.all(Array.from({ length: COMPANIES }, (_, index) => register(index)));
  for (let month = 0; month < MONTHS; month += 1) {
    const period = addPeriods(FIRST, month);
    service.setNow(`${onDay(addPeriods(period, 1), 12)}T03:00:00Z`);
    if (month === 4) {
      const body = { monthly: 3_100_000 };
      await service.send({ method: 'PUT', url: '/v1/minimum-wages/34.01/2025', body });
      // What was held against no minimum wage before is, although nothing of it is recorded anew.
      const paidOn = onDay(period, 12);
      await Promise.all(companies.map((employer) => pay(employer, { amount: 1_000, paidOn })));
      await expectSummaries(service.deps);
    }
    await Promise.all(companies.map((employer) => live(employer, period)));
    if (month % 6 === 5) await expectSummaries(service.deps);
  }
  const settled = await service.deps.database.pool.query(
    "select from summaries where facts->>'settledThrough' > $1",
    [FIRST],
  );
  expect(settled.rowCount).toBeGreaterThan(COMPANIES / 4);
});

test('where the clock goes back nothing is carried forward', async () => {
  const [period, next] = ['2026-09', '2026-10'];
  const employer = await register(COMPANIES);
  service.setNow(`${onDay(next, 12)}T03:00:00Z`);
  const total = await declare(employer, period, 4_000_000);
  await pay(employer, { amount: total, paidOn: onDay(next, 10), period });
  service.setNow(`${onDay(next, 5)}T03:00:00Z`);
  await declare(employer, next, 4_000_000);
  await expectSummaries(service.deps);
});

test('under other rules nothing is carried forward', async () => {
  service.setNow('2026-10-12T03:00:00Z');
  const employer = await register(COMPANIES + 1);
  await declare(employer, '2026-08', 4_000_000);
  const lawFiles = lawWith({ 'pp-44-2015/jkm/rate': '0.4' }, readLawFiles());
  const later = await startApp('2026-10-13T03:00:00Z', {}, { lawFiles, beside: service });
  const body = { employer, reference: 'BL-LATER', amount: 1_000, paidOn: '2026-10-10' };
  expect((await later.send({ url: '/v1/payments', body })).statusCode).toBe(201);
  const { rows } = await later.deps.database.pool.query(
    `select ruleset_version = $2 as later, facts->'declarations'->-1->'assessments'->0->'others'->'JKM'->>'employer' as jkm
     from summaries where employer_id = $1`,
    [employer, later.deps.law.version],
  );
  expect(rows).toEqual([{ later: true, jkm: '16000' }]);
  await later.close();
});
