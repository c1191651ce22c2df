import { afterAll, beforeAll, expect, test } from 'vitest';
import { startApp, type TestApp } from '#test/setup/app.ts';
import { declareMonth, pay, recordEmployer } from '#test/setup/employers.ts';

let service: TestApp;
let employer: string;
let bill: number;
beforeAll(async () => {
  service = await startApp();
  employer = (await recordEmployer(service, { registeredOn: '2026-01-05' })).id;
  for (const period of ['2026-08', '2026-09', '2026-10'])
    bill = await declareMonth(service, employer, period);
  await pay(service, employer, bill, '2026-09-10', { period: '2026-08' });
});
afterAll(() => service.close());

async function simulate(body: object) {
  const url = `/v1/employers/${employer}/remedy/simulations`;
  return service.send({ url, body: { on: '2026-11-20', ...body } });
}
const everything = async () =>
  Promise.all(
    ['verdict', 'ledger', 'declarations', 'payments', 'suspensions'].map(
      async (what) => (await service.send({ url: `/v1/employers/${employer}/${what}` })).body,
    ),
  );

const plan = {
  periods: ['2026-09', '2026-10'],
  agreedOn: '2026-11-20',
  instalments: [
    { dueOn: '2026-12-31', amount: 300_000 },
    { dueOn: '2026-11-30', amount: 200_000 },
  ],
};

test('a plan that nobody has agreed suspends the arrears until an instalment is missed', async () => {
  const before = await everything();
  const now = (await simulate({ plans: [plan] })).json().verdict;
  expect(now).toMatchObject({
    status: 'compliant_with_conditions',
    reasons: [
      { code: 'ARREARS', severity: 'breach' },
      { code: 'PLAN', state: 'kept', until: '2026-11-30', amount: 200_000 },
    ],
    validUntil: '2026-12-01',
  });
  const missed = (await simulate({ plans: [plan], on: '2026-12-01' })).json().verdict;
  expect(missed).toMatchObject({ status: 'non_compliant' });
  expect(missed.reasons[1]).toMatchObject({ code: 'PLAN', state: 'broken', since: '2026-12-01' });
  const kept = await simulate({
    plans: [plan],
    payments: [{ amount: 200_000, paidOn: '2026-11-30', period: '2026-09' }],
    on: '2026-12-01',
  });
  expect(kept.json().verdict.reasons[1]).toMatchObject({
    state: 'kept',
    until: '2026-12-31',
    amount: 300_000,
  });
  expect(await everything()).toEqual(before);
});

test('corrected rosters stand in place of those that were declared', async () => {
  const before = await everything();
  const worker = {
    nik: '3401014107900001',
    name: 'Siti Aminah',
    birthDate: '1990-07-01',
    programmes: ['JKK', 'JKM', 'JHT', 'JP'],
  };
  const half = (period: string) => ({ period, workers: [{ ...worker, wage: 2_000_000 }] });
  const declarations = ['2026-08', '2026-09', '2026-10'].map(half);
  const { ledger, verdict } = (await simulate({ declarations })).json();
  expect(ledger.months.map(({ due }: { due: number }) => due)).toEqual([bill / 2, bill / 2, bill / 2]);
  // What was paid too much for August pays September.
  expect(ledger.months.map(({ outstanding }: { outstanding: number }) => outstanding)).toEqual([
    0,
    0,
    bill / 2,
  ]);
  expect(verdict.arrears).toMatchObject({ months: 1, contributions: bill / 2 });
  const unpublished = await simulate({ declarations: [half('2027-03')], on: '2027-04-20' });
  expect(unpublished.json()).toMatchObject({ status: 422, code: 'parameter_not_published' });
  expect(await everything()).toEqual(before);
});

test.each([
  [{ payments: [{ amount: 1, paidOn: '2026-11-21' }] }, '/payments/0/paidOn', 'after_on'],
  [{ plans: [{ ...plan, agreedOn: '2026-11-21' }] }, '/plans/0/agreedOn', 'after_on'],
  [{ plans: [{ ...plan, periods: ['2026-12'] }] }, '/plans/0/periods/0', 'after_on'],
  [
    { plans: [{ ...plan, instalments: [{ dueOn: '2026-11-19', amount: 1 }] }] },
    '/plans/0/instalments/0/dueOn',
    'before_start',
  ],
  [{ declarations: [{ period: '2026-12', workers: [] }] }, '/declarations/0/period', 'in_future'],
  [
    {
      declarations: [
        { period: '2026-10', workers: [] },
        { period: '2026-10', workers: [] },
      ],
    },
    '/declarations',
    'duplicate',
  ],
])('%j is refused at %s', async (body, pointer, code) => {
  const answer = await simulate(body);
  expect(answer.statusCode).toBe(422);
  expect(answer.json().errors).toMatchObject([{ pointer, code }]);
});
