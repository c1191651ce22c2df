import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { startApp, type TestApp } from '#test/setup/app.ts';
import { declareMonth, recordEmployer } from '#test/setup/employers.ts';
import { agree, post } from '#test/setup/suspensions.ts';

let service: TestApp;
let employer: { id: string; npp: string };
beforeAll(async () => {
  service = await startApp('2026-11-20T03:00:00Z');
});
beforeEach(async () => {
  employer = await recordEmployer(service, { registeredOn: '2026-09-02' });
});
afterAll(() => service.close());

const verdict = async (query = '') =>
  (await service.send({ url: `/v1/employers/${employer.id}/verdict${query}` })).json();

test('ten of a kind may be open; who withdraws one may record another', async () => {
  await declareMonth(service, employer.id, '2026-10');
  const open = (url: string, body: object) => service.send({ url, body: { employer: employer.id, ...body } });
  const kinds: [url: string, body: object][] = [
    ['/v1/disputes', {}],
    ['/v1/regularisations', {}],
    [
      '/v1/plans',
      {
        periods: ['2026-10'],
        agreedOn: '2026-11-20',
        instalments: [{ dueOn: '2026-12-20', amount: 1 }],
      },
    ],
  ];
  for (const [url, body] of kinds) {
    const ids: string[] = [];
    for (let count = 0; count < 10; count += 1) ids.push((await open(url, body)).json().id);
    expect((await open(url, body)).json()).toMatchObject({ status: 409, code: 'too_many_open' });
    await post(service, `${url}/${ids[0]}/withdrawals`, { reason: 'sudah tidak perlu' });
    expect((await open(url, body)).statusCode).toBe(201);
  }
  const checked = await service.send({
    url: '/v1/checks',
    body: { subject: { npp: employer.npp }, purpose: 'self', reference: 'R-1' },
  });
  const verified = await service.send({
    url: '/v1/receipts/verify',
    body: { receipt: checked.json().receipt },
  });
  expect(verified.json().valid).toBe(true);
});

test('a dispute that was right leaves the other months to be a breach', async () => {
  const bill = await declareMonth(service, employer.id, '2026-09');
  await declareMonth(service, employer.id, '2026-10');
  const { id } = await post(service, '/v1/disputes', {
    employer: employer.id,
    periods: ['2026-09'],
    openedOn: '2026-11-01',
  });
  await post(service, `/v1/disputes/${id}/decisions`, {
    upheld: true,
    reason: 'dibayar ke cabang lain',
    decidedOn: '2026-11-05',
  });
  const contested = { code: 'ARREARS', severity: 'info', periods: ['2026-09'], amount: bill };
  expect(await verdict('?asOf=2026-11-16')).toMatchObject({
    status: 'compliant',
    reasons: [contested, { code: 'DISPUTE', state: 'upheld' }],
  });
  expect(await verdict()).toMatchObject({
    status: 'non_compliant',
    reasons: [
      { code: 'ARREARS', severity: 'breach', since: '2026-11-17', periods: ['2026-10'], amount: bill },
      contested,
      { code: 'DISPUTE', state: 'upheld' },
    ],
  });
  const list = await service.send({ url: '/v1/non-compliant-employers?limit=200' });
  const row = list
    .json()
    .items.find((item: { employer: { id: string } }) => item.employer.id === employer.id);
  expect(row).toMatchObject({ since: '2026-11-17', codes: ['ARREARS', 'DISPUTE'] });
});

test('a plan for months that were never assessed is not kept by them', async () => {
  await declareMonth(service, employer.id, '2026-10');
  const plan = await agree(service, employer.id, [['2026-11-21', 5_000]], {
    periods: ['2026-09', '2026-10'],
  });
  expect(plan.instalments).toMatchObject([{ paid: 0, state: 'awaited' }]);
  service.setNow('2026-11-22T03:00:00Z');
  expect(await verdict()).toMatchObject({
    status: 'non_compliant',
    reasons: [{ code: 'ARREARS' }, { code: 'PLAN', state: 'broken', since: '2026-11-22' }],
  });
});

test('masses of workers that are none are refused for the first of them', async () => {
  const url = `/v1/employers/${employer.id}/remedy/simulations`;
  const workers = Array.from({ length: 1300 }, () => ({}));
  const declarations = Array.from({ length: 36 }, (_, index) => ({
    period: `${2023 + Math.floor(index / 12)}-${String((index % 12) + 1).padStart(2, '0')}`,
    workers,
  }));
  const refused = await service.send({ url, body: { on: '2026-11-20', declarations } });
  expect(refused.json()).toMatchObject({ status: 422, code: 'invalid_content' });
  const more = declarations.map((each) => ({ ...each, workers: [...workers, ...workers] }));
  const tooMany = await service.send({ url, body: { on: '2026-11-20', declarations: more } });
  expect(tooMany.json().errors).toMatchObject([{ pointer: '/declarations', code: 'too_big' }]);
  const single = await service.send({
    url: `/v1/employers/${employer.id}/declarations`,
    body: { period: '2026-10', workers },
  });
  expect(single.json().errors[0]).toMatchObject({ pointer: '/workers/0/nik', code: 'required' });
});

test('months that no amount can be given for are named', async () => {
  await declareMonth(service, employer.id, '2026-10');
  const ledger = await service.send({ url: `/v1/employers/${employer.id}/ledger?asOf=2027-05-20` });
  expect(ledger.json().notAssessed).toEqual([
    { period: '2027-03', parameter: 'pp-45-2015/jp/ceiling' },
    { period: '2027-04', parameter: 'pp-45-2015/jp/ceiling' },
  ]);
});

test.each(['0000-01-01T00:00:00Z', '9999-12-31T23:59:59-14:00', '0000-01-01T00:00:00%2B01:00'])(
  'the instant %s is refused',
  async (knownAt) => {
    const answer = await verdict(`?knownAt=${knownAt}`);
    expect(answer).toMatchObject({ status: 422, errors: [{ pointer: '/knownAt' }] });
  },
);
