import { afterAll, beforeAll, expect, test } from 'vitest';
import { startApp, type TestApp } from '#test/setup/app.ts';
import { declareMonth, recordEmployer } from '#test/setup/employers.ts';

let service: TestApp;
let inArrears: { id: string; npp: string };

beforeAll(async () => {
  service = await startApp();
  inArrears = await recordEmployer(service, { legalName: 'PT Tunggak', npp: 'TUNGGAK1' });
  await declareMonth(service, inArrears.id, '2026-10');
  await recordEmployer(service, { legalName: 'PT Lancar Abadi', npp: 'LANCAR1', nib: '1234567890123' });
  for (let index = 0; index < 30; index += 1)
    await recordEmployer(service, { legalName: `CV Karya Ke-${index}`, npp: `KARYA${index}` });
});
afterAll(() => service.close());

const ASKED = { purpose: 'tender_opening', reference: 'TENDER-9', onBehalfOf: 'LPSE' };

async function batch(subjects: readonly object[], headers: Record<string, string> = {}) {
  return service.send({ url: '/v1/check-batches', body: { ...ASKED, subjects }, headers });
}

/** What does not differ from check to check. */
function content({ id: _id, checkedAt: _at, receipt: _receipt, ...rest }: Record<string, unknown>) {
  return rest;
}

test('answers in the order asked, each as a single check would', async () => {
  const subjects = [
    { npp: 'LANCAR1' },
    { name: 'Lancar Abadi' },
    { npp: 'NOBODY' },
    { npp: 'TUNGGAK1', nib: '1234567890123' },
    { npp: 'tunggak-1' },
    { npp: 'LANCAR1' },
    { name: 'Karya Ke', regionCode: '34.01' },
    { name: 'Lancar Abadi', regionCode: '34.01' },
    ...Array.from({ length: 30 }, (_, index) => ({ name: `Karya Ke ${index}` })),
  ];
  const answer = await batch(subjects);
  expect(answer.statusCode, answer.body).toBe(200);
  const { id, results } = answer.json();
  expect(results).toHaveLength(subjects.length);
  expect(results.slice(0, 4).map(({ outcome }: { outcome: string }) => outcome)).toEqual([
    'resolved',
    'candidates',
    'none',
    'conflict',
  ]);
  for (const [index, subject] of subjects.entries()) {
    const single = await service.send({ url: '/v1/checks', body: { ...ASKED, subject } });
    expect(content(results[index])).toEqual(content(single.json()));
  }
  const stored = await service.deps.database.pool.query('select * from check_batches');
  expect(stored.rows).toMatchObject([{ batch_id: id, reference: 'TENDER-9', subjects: subjects.length }]);
});

test('each result is a check of its own: stored, with a receipt', async () => {
  const answer = await batch([{ npp: 'LANCAR1' }, { npp: 'LANCAR1' }]);
  const [first, second] = answer.json().results;
  expect(first.id).not.toBe(second.id);
  for (const result of [first, second]) {
    const stored = await service.send({ url: `/v1/checks/${result.id}` });
    expect(answer.body).toContain(stored.body);
    const { valid, payload } = (
      await service.send({ url: '/v1/receipts/verify', body: { receipt: result.receipt } })
    ).json();
    expect(valid).toBe(true);
    expect(payload).toMatchObject({ jti: result.id, subject: { npp: 'LANCAR1' }, onBehalfOf: 'LPSE' });
  }
});

test('one bad subject refuses the whole batch, by its place', async () => {
  const before = await service.deps.database.pool.query('select count(*) from checks');
  const subjects = Array.from({ length: 20 }, (_, index) => ({ npp: index === 17 ? '!' : 'LANCAR1' }));
  const answer = await batch(subjects);
  expect(answer.statusCode).toBe(422);
  expect(answer.json().errors).toMatchObject([{ pointer: '/subjects/17/npp', code: 'npp_format' }]);
  const after = await service.deps.database.pool.query('select count(*) from checks');
  expect(after.rows).toEqual(before.rows);
});

test.each([[[]], [Array.from({ length: 10_001 }, () => ({ npp: 'LANCAR1' }))]])(
  'a batch has 1 to 10,000 subjects',
  async (subjects) => {
    const answer = await batch(subjects);
    expect(answer.statusCode).toBe(422);
    expect(answer.json().errors[0].pointer).toBe('/subjects');
  },
);

test('the same key again gets the same batch, byte for byte', async () => {
  const headers = { 'idempotency-key': 'batch-1' };
  const first = await batch([{ npp: 'LANCAR1' }, { npp: 'TUNGGAK1' }], headers);
  const again = await batch([{ npp: 'LANCAR1' }, { npp: 'TUNGGAK1' }], headers);
  expect(first.headers['content-type']).toBe('application/json; charset=utf-8');
  expect(again.headers['content-type']).toBe(first.headers['content-type']);
  expect(again.headers['idempotency-replayed']).toBe('true');
  expect(again.body).toBe(first.body);
});

test('ten thousand subjects leave others their turn', async () => {
  const subjects = Array.from({ length: 10_000 }, (_, index) => ({ npp: `KARYA${index % 30}` }));
  const answering = batch(subjects);
  // Of this thread alone: what else the machine does is no turn that was kept from others.
  const worked = () => {
    const { user, system } = process.threadCpuUsage();
    return (user + system) / 1_000;
  };
  let longest = 0;
  let last = worked();
  const watch = setInterval(() => {
    longest = Math.max(longest, worked() - last);
    last = worked();
  }, 5);
  const answer = await answering;
  clearInterval(watch);
  expect(answer.statusCode).toBe(200);
  expect(answer.json().results).toHaveLength(10_000);
  expect(longest).toBeLessThan(1_000);
});

test('twins of a keyed request wait without a connection, and what is kept is compared before it is read', async () => {
  const { pool } = service.deps.database;
  const headers = { 'idempotency-key': 'twins' };
  const subjects = Array.from({ length: 2000 }, () => ({ npp: 'LANCAR1' }));
  const twins = Array.from({ length: 4 }, () => batch(subjects, headers));
  const others = Array.from({ length: 30 }, () => batch([{ npp: 'LANCAR1' }], headers));
  let most = 0;
  const looking = setInterval(() => {
    most = Math.max(most, pool.totalCount - pool.idleCount + pool.waitingCount);
  }, 1);
  const [first, ...replayed] = await Promise.all(twins);
  const refused = await Promise.all(others);
  clearInterval(looking);
  expect(first!.statusCode, first!.body).toBe(200);
  for (const answer of replayed) expect(answer.body).toBe(first!.body);
  for (const { statusCode } of refused) expect(statusCode).toBe(422);
  expect(most).toBeLessThan(4);
});
