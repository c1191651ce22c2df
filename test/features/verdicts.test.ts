import { afterAll, beforeAll, expect, test } from 'vitest';
import { startApp, type TestApp } from '#test/setup/app.ts';

let service: TestApp;
let numbered = 0;
beforeAll(async () => {
  service = await startApp();
});
afterAll(() => service.close());

/** A registered company without a fact about its contributions. */
async function company(attributes: object = {}): Promise<string> {
  numbered += 1;
  const body = {
    legalName: `PT Uji ${numbered}`,
    npp: `UJ${String(numbered).padStart(6, '0')}`,
    kind: 'private',
    scale: 'small',
    regionCode: '34.01',
    registeredOn: '2026-01-05',
    jkkClass: 'I',
    jkkClassOrigin: 'bpjs_decision',
    ...attributes,
  };
  const created = await service.send({ url: '/v1/employers', body });
  expect(created.statusCode, created.body).toBe(201);
  return `/v1/employers/${created.json().id}`;
}

const worker = { nik: '3401011206900001', name: 'Sri Lestari', birthDate: '1990-06-12', wage: 3_000_000 };

async function declare(url: string, period: string, changes: object = {}) {
  const workers = [{ ...worker, programmes: ['JKK', 'JKM', 'JHT'], ...changes }];
  const answer = await service.send({ url: `${url}/declarations`, body: { period, workers } });
  expect([200, 201], answer.body).toContain(answer.statusCode);
  return answer.json();
}

async function pay(url: string, amount: number, paidOn: string, more: object = {}) {
  numbered += 1;
  const body = { employer: url.split('/').at(-1), amount, paidOn, reference: `R-${numbered}`, ...more };
  const answer = await service.send({ url: '/v1/payments', body });
  expect(answer.statusCode, answer.body).toBe(201);
  return answer.json();
}

const get = async (url: string) => (await service.send({ url })).json();

/** 0.24 % JKK, 0.30 % JKM, 5.7 % JHT of Rp 3,000,000. */
const BILL = 187_200;

test('a month is due, overdue the day after, and late by begun months', async () => {
  const url = await company();
  const declared = await declare(url, '2026-08');
  expect(declared).toMatchObject({
    headcount: 1,
    wageBase: 3_000_000,
    dueOn: '2026-09-15',
    assessment: {
      total: BILL,
      employer: 127_200,
      worker: 60_000,
      programmes: { JKK: { employer: 7_200, worker: 0, base: 3_000_000 } },
    },
  });
  for (const [asOf, monthsLate, lateCharge] of [
    ['2026-09-15', 0, 0],
    ['2026-09-16', 1, 3_744],
    ['2026-10-15', 1, 3_744],
    ['2026-10-16', 2, 7_488],
    ['2026-11-15', 2, 7_488],
    ['2026-11-16', 3, 11_232],
  ]) {
    const ledger = await get(`${url}/ledger?asOf=${asOf}`);
    expect(ledger.months[0], `${asOf}`).toMatchObject({
      due: BILL,
      outstanding: BILL,
      monthsLate,
      lateCharge,
    });
  }
  const verdict = await get(`${url}/verdict?asOf=2026-09-16`);
  expect(verdict).toMatchObject({
    status: 'non_compliant',
    arrears: {
      months: 1,
      contributions: BILL,
      lateCharge: 3_744,
      total: BILL + 3_744,
      oldestPeriod: '2026-08',
    },
  });
  expect(verdict.reasons).toMatchObject([
    { code: 'ARREARS', severity: 'breach', since: '2026-09-16', amount: BILL },
  ]);
});

test('an undeclared month is presumed from the last roster once its due day has passed', async () => {
  const url = await company();
  await declare(url, '2026-09');
  await pay(url, BILL, '2026-10-10', { period: '2026-09' });
  expect((await get(`${url}/ledger?asOf=2026-11-16`)).months).toHaveLength(1);
  const ledger = await get(`${url}/ledger?asOf=2026-11-17`);
  expect(ledger.months[1]).toMatchObject({ period: '2026-10', due: BILL, presumed: true, outstanding: BILL });
  const codes = (await get(`${url}/verdict?asOf=2026-11-17`)).reasons.map(
    (reason: { code: string }) => reason.code,
  );
  expect(codes).toEqual(['ARREARS', 'NOT_DECLARED']);
  await declare(url, '2026-10', { wage: 2_000_000 });
  const declared = await get(`${url}/ledger`);
  expect(declared.months[1]).toMatchObject({ period: '2026-10', due: 124_800, presumed: false });
});

test('credit covers the months after it, oldest first', async () => {
  const url = await company();
  await declare(url, '2026-08');
  await pay(url, BILL * 2 + 500, '2026-09-01');
  expect(await get(`${url}/ledger`)).toMatchObject({
    months: [
      { period: '2026-08', outstanding: 0, paidInFullOn: '2026-09-01' },
      { period: '2026-09', presumed: true, outstanding: 0, lateCharge: 0 },
      { period: '2026-10', presumed: true, paid: 500 },
    ],
    credit: 0,
  });
});

test('the past stays as it was known: reversals and corrections leave earlier answers alone', async () => {
  const url = await company();
  await declare(url, '2026-10');
  const payment = await pay(url, BILL, '2026-11-10');
  const before = await service.send({ url: `${url}/verdict` });
  const { asOf, knownAt } = before.json();
  expect(before.json().status).toBe('compliant');

  service.setNow('2026-11-20T04:00:00Z');
  const reversal = { reason: 'Cek kosong', reference: `REV-${payment.id}` };
  const reversed = await service.send({ url: `/v1/payments/${payment.id}/reversals`, body: reversal });
  expect(reversed.statusCode).toBe(201);
  expect(
    (await service.send({ url: `/v1/payments/${payment.id}/reversals`, body: reversal })).statusCode,
  ).toBe(200);
  expect((await get(`${url}/verdict`)).status).toBe('non_compliant');
  await declare(url, '2026-10', { wage: 9_000_000 });
  const again = await service.send({ url: `${url}/verdict?asOf=${asOf}&knownAt=${knownAt}` });
  expect(again.body).toBe(before.body);
  const future = await service.send({ url: `${url}/verdict?knownAt=2027-01-01T00:00:00Z` });
  expect(future.json()).toMatchObject({ status: 422, errors: [{ pointer: '/knownAt', code: 'in_future' }] });
});

test('validUntil is the day on which the status changes, and not a day earlier', async () => {
  const url = await company();
  await declare(url, '2026-10');
  await pay(url, BILL, '2026-11-10');
  const { status, validUntil } = await get(`${url}/verdict`);
  expect({ status, validUntil }).toEqual({ status: 'compliant', validUntil: '2026-12-16' });
  try {
    service.setNow('2026-12-15T16:59:00Z');
    expect(await get(`${url}/verdict`)).toMatchObject({ asOf: '2026-12-15', status: 'compliant' });
    service.setNow('2026-12-15T17:01:00Z');
    expect(await get(`${url}/verdict`)).toMatchObject({ asOf: '2026-12-16', status: 'non_compliant' });
  } finally {
    service.setNow('2026-11-20T05:00:00Z');
  }
});

test('the remedy names the rupiah and the day, and paying it does what it says', async () => {
  const url = await company();
  await declare(url, '2026-08');
  await declare(url, '2026-09');
  await declare(url, '2026-10');
  await pay(url, BILL, '2026-10-20', { period: '2026-08' });
  const programmes = { JKK: 7_200, JKM: 9_000, JHT: 171_000 };
  const remedy = await get(`${url}/remedy?on=2026-11-20`);
  expect(remedy).toEqual({
    on: '2026-11-20',
    statusNow: 'non_compliant',
    items: [
      { period: '2026-08', contributions: 0, programmes: {}, lateCharge: 7_488 },
      { period: '2026-09', contributions: BILL, programmes, lateCharge: 7_488 },
      { period: '2026-10', contributions: BILL, programmes, lateCharge: 3_744 },
    ],
    payments: [
      { amount: 7_488, paidOn: '2026-11-20', penalty: true },
      { amount: BILL, paidOn: '2026-11-20', period: '2026-09' },
      { amount: 7_488, paidOn: '2026-11-20', penalty: true },
      { amount: BILL, paidOn: '2026-11-20', period: '2026-10' },
      { amount: 3_744, paidOn: '2026-11-20', penalty: true },
    ],
    other: [],
    total: 2 * BILL + 18_720,
    statusOncePaid: 'compliant',
    chargePerFurtherMonth: 7_488,
    nextIncreaseOn: '2026-12-16',
  });
  const { payments } = remedy;
  const simulated = await service.send({
    url: `${url}/remedy/simulations`,
    body: { payments, on: remedy.on },
  });
  expect(simulated.json()).toMatchObject({ verdict: { status: 'compliant', arrears: { total: 0 } } });
  expect((await get(`${url}/verdict`)).status).toBe('non_compliant');
  for (const { penalty, ...payment } of payments) {
    await pay(url, payment.amount, payment.paidOn, {
      ...(payment.period && payment),
      penalty: penalty ?? false,
    });
  }
  expect(await get(`${url}/verdict`)).toMatchObject({ status: 'compliant', reasons: [] });
});

test('a class decided later holds from its month on and leaves earlier bills alone', async () => {
  const url = await company();
  await declare(url, '2026-09');
  await declare(url, '2026-10');
  const seen = await service.send({ url });
  const patched = await service.send({
    method: 'PATCH',
    url,
    headers: { 'if-match': String(seen.headers.etag) },
    body: { jkkClass: 'V', jkkClassDecidedOn: '2026-10-05' },
  });
  expect(patched.statusCode).toBe(200);
  const { months } = await get(`${url}/ledger`);
  expect(months.map(({ due }: { due: number }) => due)).toEqual([BILL, BILL - 7_200 + 52_200]);
});

test('a decided class leaves the months before its decision at the indicative one, and can be taken back', async () => {
  const url = await company({ jkkClass: undefined, jkkClassOrigin: undefined });
  await declare(url, '2026-08');
  await declare(url, '2026-09');
  await declare(url, '2026-10');
  const decide = async (jkkClass: string, jkkClassDecidedOn: string) => {
    const { headers } = await service.send({ url });
    const body = { jkkClass, jkkClassOrigin: 'bpjs_decision', jkkClassDecidedOn };
    const answer = await service.send({
      method: 'PATCH',
      url,
      headers: { 'if-match': String(headers.etag) },
      body,
    });
    expect(answer.statusCode, answer.body).toBe(200);
    return (await get(`${url}/ledger`)).months.map(({ due }: { due: number }) => due);
  };
  const atClassV = BILL - 7_200 + 52_200;
  expect(await decide('V', '2026-09-17')).toEqual([BILL, atClassV, atClassV]);
  expect(await decide('V', '2026-10-05')).toEqual([BILL, atClassV, atClassV]);
  expect(await decide('II', '2026-08-17')).toEqual([BILL + 9_000, BILL + 9_000, BILL + 9_000]);
  const codes = async (asOf: string) =>
    (await get(`${url}/verdict?asOf=${asOf}`)).reasons.map(({ code }: { code: string }) => code);
  expect(await codes('2026-07-31')).toContain('CLASS_UNCONFIRMED');
  expect(await codes('2026-08-01')).not.toContain('CLASS_UNCONFIRMED');
});

test('a class that BPJS has not decided is a condition from class III on', async () => {
  const declared = await company({ jkkClass: 'III', jkkClassOrigin: 'declared' });
  expect(await get(`${declared}/verdict`)).toMatchObject({
    status: 'compliant_with_conditions',
    reasons: [{ code: 'CLASS_UNCONFIRMED', severity: 'warning' }],
  });
  const unknown = await company({ jkkClass: undefined, jkkClassOrigin: undefined });
  expect(await get(`${unknown}/verdict`)).toMatchObject({
    status: 'compliant',
    reasons: [{ code: 'CLASS_UNCONFIRMED', severity: 'info' }],
  });
});

test('a calculation shows its steps with articles, and refuses what is not published', async () => {
  const body = {
    segment: 'PU',
    period: '2026-03',
    wage: 15_000_000,
    jkkClass: 'II',
    programmes: ['JKK', 'JP'],
  };
  const calculated = (await service.send({ url: '/v1/calculations', body })).json();
  expect(calculated).toMatchObject({
    programmes: { JP: { employer: 221_726, worker: 110_863, base: 11_086_300 } },
    dueOn: '2026-04-15',
  });
  expect(calculated.steps.length).toBeGreaterThan(3);
  const beyond = await service.send({ url: '/v1/calculations', body: { ...body, period: '2027-03' } });
  expect(beyond.json()).toMatchObject({ status: 422, code: 'parameter_not_published', period: '2027-03' });
});
