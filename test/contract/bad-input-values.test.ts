import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { operationsOf } from './operations.ts';
import { expectRefusal, rowCounts, sender } from './refusals.ts';
import { type Call, RIGHT_CALLS } from './right-calls.ts';
import { EMPLOYER, prepareWorld, worker } from './world.ts';

const world = await prepareWorld();
afterAll(() => world.service.close());
const send = sender(world.service);
const operations = new Map(operationsOf(world.service.app).map((operation) => [operation.id, operation]));

const instalment = (dueOn: string, amount: number) => ({ dueOn, amount });

/** What no schema can say: values of the right shape that cannot be, by operation, place and code. */
const IMPOSSIBLE: Record<string, [pointer: string, value: unknown, code: string][]> = {
  createEmployer: [
    ['/regionCode', '99.99', 'unknown_region'],
    ['/regionCode', '00', 'unknown_region'],
    ['/regionCode', "34'--", 'invalid_format'],
    ['/regionCode', '34.01; drop table employers', 'invalid_format'],
    ['/npwp', '0123456789012345000000', 'npwp_is_nitku'],
    ['/npwp', '000000000000000', 'npwp_format'],
    ['/npwp', '01234567890123,0', 'npwp_format'],
    ['/nib', '912030123456', 'nib_format'],
    ['/nib', '9,12E+12', 'nib_format'],
    ['/npp', 'AB1', 'npp_format'],
    ['/npp', "AB'; drop table employers--", 'npp_format'],
    ['/registeredOn', '2026-02-30', 'invalid_day'],
    ['/registeredOn', '2026-11-21', 'in_future'],
    ['/registeredOn', '0000-01-01', 'invalid_day'],
    ['/closedOn', '9999-01-01', 'invalid_day'],
    ['/closedOn', '2026-01-04', 'before_registration'],
    ['/jkkClassDecidedOn', '2026-12-01', 'in_future'],
    ['/location/latitude', 90.000001, 'too_big'],
    ['/legalName', '\u0085', 'invalid_characters'],
    ['/legalName', 'PT\u2028Baru', 'invalid_characters'],
    ['/legalName', 'PT Baru\u{E0041}', 'invalid_characters'],
  ],
  changeEmployer: [
    ['/regionCode', '99.99', 'unknown_region'],
    ['/legalName', null, 'required'],
    ['/regionCode', null, 'required'],
    ['/kbli/code', null, 'required'],
    ['/closedOn', '2026-01-04', 'before_registration'],
    ['/jkkClass', null, 'class_missing'],
  ],
  declareRoster: [
    ['/period', '2026-13', 'invalid_period'],
    ['/period', '2026-00', 'invalid_period'],
    ['/period', '2026-12', 'in_future'],
    ['/period', '1999-01', 'before_programmes'],
    ['/period', '0000-01', 'invalid_period'],
    ['/workers/0/nik', '3401013501900001', 'day_out_of_range'],
    ['/workers/0/nik', '3401017201900001', 'day_out_of_range'],
    ['/workers/0/nik', '3401011513900001', 'month_out_of_range'],
    ['/workers/0/nik', '3401011501900000', 'serial_zero'],
    ['/workers/0/nik', '340101150190000', 'nik_lost_digit'],
    ['/workers/0/nik', '3,40101E+15', 'nik_scientific'],
    ['/workers/0/nik', '9901011501900001', 'province_out_of_range'],
    ['/workers/0/nik', '３４０１０１１５０１９００００１', 'nik_digits'],
    ['/workers/0/birthDate', '2026-02-30', 'invalid_day'],
    ['/workers/0/birthDate', '2026-11-20', 'in_future'],
    ['/workers/0/wage', -4_000_000, 'too_small'],
    ['/workers/0/wage', 4_000_000.5, 'invalid_type'],
    ['/workers/0/wage', 10_000_000_001, 'too_big'],
    ['/workers/0/programmes', ['JKK', 'JKK'], 'duplicate'],
  ],
  recordPayment: [
    ['/paidOn', '9999-01-01', 'invalid_day'],
    ['/paidOn', '0000-01-01', 'invalid_day'],
    ['/paidOn', '2026-02-30', 'invalid_day'],
    ['/paidOn', '2026-11-21', 'in_future'],
    ['/paidOn', '1999-12-31', 'before_programmes'],
    ['/paidOn', '2026-11-20T00:00:00Z', 'invalid_day'],
    ['/period', '2026-13', 'invalid_period'],
    ['/amount', 1e21, 'too_big'],
    ['/amount', -1, 'too_small'],
  ],
  raiseFlag: [
    ['/startsOn', '2026-02-30', 'invalid_day'],
    ['/startsOn', '1999-01-01', 'before_programmes'],
    ['/endsOn', '2026-11-19', 'before_start'],
  ],
  recordPlan: [
    ['/agreedOn', '2026-11-21', 'in_future'],
    ['/agreedOn', '2015-06-30', 'before_programmes'],
    ['/codes/0', 'LATE_PAID', 'invalid_value'],
    ['/codes', ['ARREARS', 'ARREARS'], 'duplicate'],
    ['/periods', ['2026-08', '2026-08'], 'duplicate'],
    ['/periods/1', '2026-12', 'in_future'],
    ['/periods/0', '2015-06', 'before_programmes'],
    ['/instalments/1/dueOn', '2026-11-18', 'before_start'],
    ['/instalments/1/dueOn', '2036-11-20', 'too_far_ahead'],
    ['/instalments', [instalment('2026-12-15', 1), instalment('2026-12-15', 2)], 'duplicate'],
    ['/instalments', [instalment('2026-12-15', 1e15), instalment('2026-12-16', 1)], 'too_big'],
  ],
  openDispute: [
    ['/openedOn', '2026-11-21', 'in_future'],
    ['/openedOn', '2015-06-30', 'before_programmes'],
    ['/codes/0', 'NOT_REGISTERED', 'invalid_value'],
    ['/periods/0', '2026-12', 'in_future'],
  ],
  decideDispute: [
    ['/decidedOn', '2026-11-21', 'in_future'],
    ['/decidedOn', '2026-11-19', 'before_start'],
  ],
  withdrawPlan: [
    ['/on', '2026-11-21', 'in_future'],
    ['/on', '2026-11-18', 'before_start'],
  ],
  inviteToRegularise: [
    ['/invitedOn', '2026-11-21', 'in_future'],
    ['/invitedOn', '2015-06-30', 'before_programmes'],
    ['/deadline', '2026-11-18', 'before_start'],
    ['/deadline', '2036-11-20', 'too_far_ahead'],
  ],
  simulateRemedy: [
    ['/on', '2026-02-30', 'invalid_day'],
    ['/on', '2037-01-01', 'too_far_ahead'],
    ['/payments/0/paidOn', '2026-12-02', 'after_on'],
  ],
  declarePlacement: [
    ['/endsOn', '2026-07-31', 'before_start'],
    ['/startsOn', '2026-02-30', 'invalid_day'],
    ['/principal/employerId', '01936b2e-0000-7000-8000-000000000000', 'unknown_employer'],
    ['/principal/name', 'PT Lain Sekali', 'not_of_employer'],
    ['/workersContracted', 40.5, 'invalid_type'],
    ['/billedMonthlyWage', 1e21, 'too_big'],
  ],
  changePlacement: [
    ['/endsOn', '2026-07-31', 'before_start'],
    ['/workersContracted', null, 'required'],
    ['/principal/employerId', '01936b2e-0000-7000-8000-000000000000', 'unknown_employer'],
  ],
  respondToPlacement: [
    ['/terms/endsOn', '2026-07-31', 'before_start'],
    ['/terms/startsOn', null, 'required'],
  ],
  createCheck: [
    ['/asOf', '2026-02-30', 'invalid_day'],
    ['/asOf', '1999-01-01', 'before_programmes'],
    ['/asOf', '2037-01-01', 'too_far_ahead'],
    ['/knownAt', '2027-01-01T00:00:00Z', 'in_future'],
    ['/knownAt', '2026-02-30', 'invalid_instant'],
    ['/subject', { regionCode: '34.01' }, 'subject_missing'],
  ],
};

describe.each(Object.entries(IMPOSSIBLE))('%s refuses', (id, cases) => {
  const { method } = operations.get(id)!;
  let call: Call;
  let before: object;
  beforeAll(async () => {
    call = await RIGHT_CALLS[id]!.call(world);
    before = await rowCounts(world.service);
  });

  test.each(cases)('%s %j with %s', async (pointer, value, code) => {
    const body = JSON.stringify(replace(call.body, pointer, value));
    const headers = {
      ...call.headers,
      'content-type': 'application/json',
      'idempotency-key': `${pointer} ${code}`,
    };
    const answer = await send({ method, url: call.url, body, headers });
    expectRefusal(answer, 422, pointer);
    expect(answer.json().errors).toContainEqual({
      pointer: expect.any(String),
      code,
      detail: expect.any(String),
    });
    const named = answer.json().errors.find((error: { code: string }) => error.code === code).pointer;
    // What is missing with a class is said of what needs it.
    if (code !== 'class_missing') expect(named).toBe(pointer);
  });

  test('and leaves nothing behind', async () => {
    expect(await rowCounts(world.service)).toEqual(before);
  });
});

test('a period before the rules is refused where a law of the month is asked for', async () => {
  const { body, url } = await RIGHT_CALLS.calculateContributions!.call(world);
  const ask = (period: string) => send({ method: 'POST', url, body: { ...(body as object), period } });
  expectRefusal(await ask('1999-01'), 422, '1999');
  expect((await ask('1999-01')).json().code).toBe('period_not_covered');
});

test('a payment of a month of the year 2199 is a payment, whose month has yet to come', async () => {
  const { body, url } = await RIGHT_CALLS.recordPayment!.call(world);
  const answer = await send({ method: 'POST', url, body: { ...(body as object), period: '2199-12' } });
  expect(answer.statusCode).toBe(201);
  for (const asOf of ['2026-11-20', '2027-06-01']) {
    const verdict = await send({ url: `/v1/employers/${world.employerId}/verdict?asOf=${asOf}` });
    expect(verdict.statusCode, verdict.body).toBe(200);
  }
});

test.each(['verdict?asOf', 'ledger?asOf', 'remedy?on'])(
  '%s reaches ten years ahead and no further',
  async (what) => {
    const ask = (day: string) => send({ url: `/v1/employers/${world.employerId}/${what}=${day}` });
    expect((await ask('2036-11-20')).statusCode).toBe(200);
    for (const day of ['2036-11-21', '2199-12-31', '2001-01-01']) {
      const answer = await ask(day);
      expectRefusal(answer, 422, day);
      expect(answer.json().errors[0].pointer).toBe(`/${what.split('?')[1]}`);
    }
  },
);

test('a verdict with arrears of eleven years names every month', async () => {
  const registered = {
    ...EMPLOYER,
    npp: 'OLD12345',
    nib: undefined,
    npwp: undefined,
    registeredOn: '2015-07-01',
  };
  const { id } = await world.post('/v1/employers', registered);
  await world.post(`/v1/employers/${id}/declarations`, { period: '2015-07', workers: [worker(1)] });
  const verdict = await send({ url: `/v1/employers/${id}/verdict`, headers: { 'accept-language': 'id' } });
  expect(verdict.statusCode, verdict.body).toBe(200);
  expect(verdict.json().arrears.months).toBe(136);
});

/** The body with another value in one place. */
function replace(body: unknown, pointer: string, value: unknown): unknown {
  const copy = structuredClone(body) as Record<string, unknown>;
  const steps = pointer.split('/').slice(1);
  const last = steps.pop()!;
  const at = steps.reduce((inner, step) => inner[step] as Record<string, unknown>, copy);
  at[last] = value;
  return copy;
}
