import { afterAll, beforeAll, expect, test } from 'vitest';
import { startApp, type TestApp } from '#test/setup/app.ts';
import { declareMonth, pay, recordEmployer } from '#test/setup/employers.ts';

let service: TestApp;
let employer: string;
let bill: number;
beforeAll(async () => {
  service = await startApp();
  const recorded = await recordEmployer(service, { registeredOn: '2026-03-10' });
  employer = recorded.id;
  for (const period of ['2026-06', '2026-07', '2026-08', '2026-09', '2026-10']) {
    bill = await declareMonth(service, employer, period);
    // The month of July was due on Tuesday 18 August; it is paid two days late.
    const paidOn = period === '2026-07' ? '2026-08-20' : '2026-11-12';
    await pay(service, employer, bill, period < '2026-09' ? paidOn : '2026-11-12', { period });
  }
});
afterAll(() => service.close());

const standing = (query: string) => service.send({ url: `/v1/employers/${employer}/standing?${query}` });

test('the days on which a breach held, by the payments made by then', async () => {
  const answer = await standing('from=2026-07-01&to=2026-11-20');
  expect(answer.json()).toMatchObject({
    employerId: employer,
    from: '2026-07-01',
    to: '2026-11-20',
    inOrderThroughout: false,
    // June was due on 15 July and paid on 12 November with August, September and October.
    breaches: [{ from: '2026-07-16', to: '2026-11-11', codes: ['ARREARS'] }],
  });
  const { inOrderThroughout, breaches } = (await standing('from=2026-11-12&to=2026-12-15')).json();
  expect({ inOrderThroughout, breaches }).toEqual({ inOrderThroughout: true, breaches: [] });
});

test('before the registration, and when nothing more is declared, breaches hold too', async () => {
  const before = await standing('from=2026-03-01&to=2026-07-15');
  expect(before.json().breaches).toEqual([
    { from: '2026-03-01', to: '2026-03-09', codes: ['NOT_REGISTERED'] },
  ]);
  const ahead = await standing('from=2026-12-01&to=2026-12-31');
  expect(ahead.json().breaches).toEqual([
    { from: '2026-12-16', to: '2026-12-31', codes: ['ARREARS', 'NOT_DECLARED'] },
  ]);
});

test('the same question gives the same answer after a further payment', async () => {
  const first = (await standing('from=2026-07-01&to=2026-11-20')).json();
  await pay(service, employer, 1_000, '2026-07-10', { period: '2026-06' });
  const again = await standing(`from=2026-07-01&to=2026-11-20&knownAt=${first.knownAt}`);
  expect(again.json()).toEqual(first);
});

test.each([
  ['from=2026-07-02&to=2026-07-01', '/to', 'before_from'],
  ['from=2015-06-30&to=2015-07-01', '/from', 'before_programmes'],
  ['from=2027-07-02&to=2036-12-01', '/to', 'too_far_ahead'],
  ['from=2016-07-02&to=2026-07-03', '/to', 'interval_too_long'],
  ['from=2026-07-02', '/to', 'required'],
  ['from=yesterday&to=2026-07-03', '/from', 'invalid_day'],
])('%s is refused', async (query, pointer, code) => {
  const answer = await standing(query);
  expect(answer.statusCode).toBe(422);
  expect(answer.json().errors).toMatchObject([{ pointer, code }]);
});

test('a check answers for an interval, stores it and signs it', async () => {
  const body = {
    subject: { npp: (await service.send({ url: `/v1/employers/${employer}` })).json().npp },
    purpose: 'tender_award',
    reference: 'T-1',
    interval: { from: '2026-07-01', to: '2026-11-20' },
  };
  const check = (await service.send({ url: '/v1/checks', body })).json();
  const interval = {
    ...body.interval,
    inOrderThroughout: false,
    breaches: [{ from: '2026-07-16', to: '2026-11-11', codes: ['ARREARS'] }],
  };
  expect(check).toMatchObject({
    outcome: 'resolved',
    interval,
    verdict: { status: 'compliant_with_conditions' },
  });
  expect((await service.send({ url: `/v1/checks/${check.id}` })).json()).toEqual(check);
  const verified = await service.send({ url: '/v1/receipts/verify', body: { receipt: check.receipt } });
  expect(verified.json()).toMatchObject({ valid: true, payload: { interval } });
  const wrong = await service.send({
    url: '/v1/checks',
    body: { ...body, interval: { from: '2026-07-02', to: '2026-07-01' } },
  });
  expect(wrong.json()).toMatchObject({
    status: 422,
    errors: [{ pointer: '/interval/to', code: 'before_from' }],
  });
});
