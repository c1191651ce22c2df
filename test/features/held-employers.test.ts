import { afterAll, beforeAll, expect, test } from 'vitest';
import { startApp, type TestApp } from '#test/setup/app.ts';
import { declareMonth, recordEmployer } from '#test/setup/employers.ts';

/** More than a service has connections. */
const MANY = 30;

let service: TestApp;
let held: { id: string; npp: string };
let free: { id: string; npp: string };

beforeAll(async () => {
  service = await startApp();
  held = await recordEmployer(service, { legalName: 'PT Dipegang' });
  free = await recordEmployer(service, { legalName: 'PT Leluasa' });
  for (const { id } of [held, free]) await declareMonth(service, id, '2026-10');
});
afterAll(() => service.close());

const check = (changes = {}, headers = {}) =>
  service.send({
    method: 'POST',
    url: '/v1/checks',
    body: { subject: { npp: free.npp }, purpose: 'tender_award', reference: 'held', ...changes },
    headers,
  });

const payment = (index: number, employer = held, token?: string) =>
  service.send({
    method: 'POST',
    url: '/v1/payments',
    body: { employer: employer.id, amount: 1000, paidOn: '2026-11-02', reference: `HELD-${index}` },
    ...(token && { token }),
  });

/** Holds something in the database until what is done meanwhile is over. */
async function holding(sql: string, meanwhile: () => Promise<void>): Promise<void> {
  const client = await service.deps.database.exporter.connect();
  try {
    await client.query('begin read write');
    await client.query(sql);
    await meanwhile();
  } finally {
    await client.query('rollback');
    client.release();
  }
}

test('who waits for an employer that somebody writes to keeps nobody else waiting', async () => {
  const waiting: ReturnType<typeof payment>[] = [];
  await holding(`select from summaries where employer_id = '${held.id}' for update`, async () => {
    for (let index = 0; index < MANY; index += 1) waiting.push(payment(index));
    const first = await Promise.race([...waiting, check()]);
    expect(first.statusCode, first.body).toBe(200);
    expect(first.json()).toHaveProperty('receipt');
    const verdict = await service.send({ url: `/v1/employers/${free.id}/verdict` });
    expect(verdict.statusCode).toBe(200);
    expect((await service.app.inject({ url: '/health/ready' })).statusCode).toBe(200);
    const token = await service.token({ agency: 'bpjs-yogyakarta', kind: 'social_security_branch' });
    const paid = await Promise.race([...waiting, payment(MANY, free, token)]);
    expect(paid.statusCode, paid.body).toBe(201);
    expect(paid.json()).toMatchObject({ reference: `HELD-${MANY}` });
  });
  for (const answer of await Promise.all(waiting)) expect(answer.statusCode, answer.body).toBe(201);
});

test('who waits too long is told to come again, and not that somebody uses its key', async () => {
  const employer = `select from summaries where employer_id = '${held.id}' for update`;
  await holding(employer, () =>
    holding('lock table checks in exclusive mode', async () => {
      for (const answer of await Promise.all([
        payment(MANY + 1),
        check({}, { 'idempotency-key': 'alone-1' }),
      ])) {
        expect(answer.statusCode, answer.body).toBe(503);
        expect(answer.json()).toMatchObject({ code: 'unavailable' });
        expect(answer.headers['retry-after']).toBe('2');
      }
    }),
  );
  expect((await check({}, { 'idempotency-key': 'alone-1' })).statusCode).toBe(200);
});

test('a check is stated for no moment before what it knows', async () => {
  const recorded = new Date(service.deps.clock().getTime() + 60_000).toISOString();
  await service.deps.database.pool.query(
    'update summaries set last_recorded_at = $1 where employer_id = $2',
    [recorded, free.id],
  );
  const answer = (await check()).json();
  expect(answer.verdict.dataCutoff).toBe(recorded);
  expect(answer.checkedAt).toBe(recorded);
});

test('a database that can only be read is away for a while', async () => {
  const { pool } = service.deps.database;
  const { rows } = await pool.query('select current_database() as name');
  const setWritable = async (allowed: boolean) => {
    const admin = await service.deps.database.exporter.connect();
    await admin.query(
      `begin read write; alter database "${rows[0].name}" set default_transaction_read_only = ${allowed ? 'off' : 'on'}; commit`,
    );
    admin.release();
    await pool.query(
      `select pg_terminate_backend(pid) from pg_stat_activity
       where datname = current_database() and pid <> pg_backend_pid()`,
    );
    await pool.query('select pg_terminate_backend(pg_backend_pid())').catch(() => {});
  };
  await setWritable(false);
  const refused = await check();
  expect(refused.statusCode, refused.body).toBe(503);
  expect(refused.headers).toHaveProperty('retry-after');
  expect((await service.app.inject({ url: '/health/ready' })).statusCode).toBe(503);
  await setWritable(true);
  await expect.poll(async () => (await check()).statusCode).toBe(200);
  await expect.poll(async () => (await service.app.inject({ url: '/health/ready' })).statusCode).toBe(200);
});

test.each([
  ['an instant that there is not', { knownAt: '2026-02-30T00:00:00Z' }, '/knownAt', 'invalid_instant'],
  ['one in another zone', { knownAt: '2026-04-31T10:00:00+07:00' }, '/knownAt', 'invalid_instant'],
  ['an hour that there is not', { knownAt: '2026-11-19T24:00:00Z' }, '/knownAt', 'invalid_instant'],
  ['a ligature in an NPP', { subject: { npp: 'ﬁ000777' } }, '/subject/npp', 'npp_format'],
  ['a sharp s', { subject: { npp: 'HDß001' } }, '/subject/npp', 'npp_format'],
  ['an i without its dot', { subject: { npp: 'HD000ı' } }, '/subject/npp', 'npp_format'],
])('%s is refused, not made another one', async (_what, changes, pointer, code) => {
  const answer = await check(changes);
  expect(answer.statusCode, answer.body).toBe(422);
  expect(answer.json().errors).toMatchObject([{ pointer, code }]);
});
