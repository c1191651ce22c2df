import { afterAll, expect, test } from 'vitest';
import { expectSummaries } from '#test/contract/summaries.ts';
import { startApp } from '#test/setup/app.ts';
import { wageWorld } from './minimum-wages.ts';

const service = await startApp();
afterAll(() => service.close());
const { token, employer, declare, state, verdict, shortfall } = await wageWorld(service);

const STATUSES = 'compliant,compliant_with_conditions,non_compliant';

let payments = 0;
function pay(employerId: string) {
  const body = { employer: employerId, amount: 1000, paidOn: '2026-11-20', reference: `R-${++payments}` };
  return service.send({ url: '/v1/payments', body, token });
}

function put(regionCode: string, monthly: number) {
  const url = `/v1/minimum-wages/${regionCode}/2026`;
  return service.send({ method: 'PUT', url, body: { monthly }, token });
}

async function move(employerId: string, regionCode: string) {
  const url = `/v1/employers/${employerId}`;
  const { headers } = await service.send({ url, token });
  const change = { body: { regionCode }, headers: { 'if-match': String(headers.etag) } };
  return service.send({ method: 'PATCH', url, token, ...change });
}

test('statements, payments, declarations, moves and new employers at once lose nothing', async () => {
  const ids = await Promise.all(Array.from({ length: 6 }, () => employer('34.01')));
  for (const id of ids) await declare(id, '2026-10', [2_000_000]);
  const before = new Date(service.deps.clock().getTime()).toISOString();
  const questions = ids.map((id) => [id, `asOf=2026-11-20&knownAt=${before}`] as const);
  const known = await Promise.all(questions.map(([id, query]) => verdict(id, query)));
  const answers = await Promise.all([
    ...[2_100_000, 2_200_000, 2_300_000].flatMap((monthly) => [put('34', monthly), put('34.01', monthly)]),
    ...ids.flatMap((id) => [pay(id), pay(id), pay(id)]),
    ...ids.slice(0, 3).map((id) => move(id, '34.02')),
  ]);
  for (const { statusCode, body } of answers) expect(statusCode, body).toBeLessThan(300);
  const made = await Promise.all([employer('34.01'), put('34.01', 2_400_000), employer('34.01')]);
  await state('34', 2026, 2_500_000, 200);

  const paid = await service.deps.database.pool.query('select from payments');
  expect(paid.rowCount).toBe(18);
  expect((await service.send({ url: '/v1/minimum-wages/34/2026', token })).json().history).toHaveLength(4);
  const url = `/v1/non-compliant-employers?region=34&limit=200&status=${STATUSES}`;
  expect((await service.send({ url, token })).json().items).toHaveLength(8);
  await expectSummaries(service.deps);
  for (const id of ids.slice(0, 3)) expect((await shortfall(id)).amount).toBe(500_000);
  for (const id of ids.slice(3)) expect((await shortfall(id)).amount).toBe(400_000);
  for (const [index, [id, query]] of questions.entries()) {
    expect(await verdict(id, query)).toEqual(known[index]);
  }
  expect(typeof made[0]).toBe('string');
});

test('who comes into a region while its minimum wage is being stated answers by it', async () => {
  const id = await employer('33.01');
  await declare(id, '2026-11', [2_000_000]);
  await state('35', 2026, 2_100_000);
  const last = await employer('35.01');
  // Its last fact lies ahead of the clock, as when several are recorded in one millisecond: so does the statement.
  const ahead = new Date(service.deps.clock().getTime() + 60_000);
  await service.deps.database.pool.query(
    'update summaries set last_recorded_at = $1 where employer_id = $2',
    [ahead, last],
  );
  const { recordedAt } = await state('35', 2026, 2_446_880, 200);
  expect(recordedAt > ahead.toISOString()).toBe(true);
  expect((await move(id, '35.01')).statusCode).toBe(200);
  const { dataCutoff } = await verdict(id);
  expect(dataCutoff > recordedAt).toBe(true);
  expect((await shortfall(id)).amount).toBe(446_880);
});

test('a statement waits for an employer that is being recorded, and concerns it', async () => {
  const { pool } = service.deps.database;
  const client = await pool.connect();
  await client.query('begin');
  await client.query('lock table employer_changes in exclusive mode');
  const waiting = async () => {
    const held = await client.query(
      `select from pg_locks l join pg_stat_activity a using (pid)
       where not l.granted and a.datname = current_database()`,
    );
    return held.rowCount;
  };
  const creating = employer('32.01');
  await expect.poll(waiting).toBe(1);
  const stating = state('32', 2026, 2_317_601);
  await expect.poll(waiting).toBe(2);
  await client.query('commit');
  client.release();
  const [id, { recordedAt }] = await Promise.all([creating, stating]);
  expect((await verdict(id)).dataCutoff).toBe(recordedAt);
});

test('who is exempt is not computed anew, and answers as of the statement all the same', async () => {
  const [small, medium] = [await employer('51.01', { scale: 'small' }), await employer('51.01')];
  const { recordedAt } = await state('51', 2026, 3_207_459);
  const found = await service.deps.database.pool.query<{ ruleset_version: string }>(
    'select ruleset_version from summaries where employer_id = any($1::uuid[]) order by ruleset_version',
    [[small, medium]],
  );
  expect(found.rows.map((row) => row.ruleset_version)).toEqual(['', service.deps.law.version]);
  for (const id of [small, medium]) {
    const now = await verdict(id);
    expect(now.dataCutoff).toBe(recordedAt);
    expect(await verdict(id, `knownAt=${now.knownAt}`)).toEqual(now);
  }
});

test('a dispute that is decided for the employer makes it an information, until something new is known', async () => {
  const id = await employer('52.01');
  await declare(id, '2026-11', [2_000_000]);
  await state('52', 2026, 2_602_931);
  const opened = await service.send({
    url: '/v1/disputes',
    body: { employer: id, codes: ['PARTIAL_WAGES'] },
    token,
  });
  const url = `/v1/disputes/${opened.json().id}/decisions`;
  const decided = await service.send({ url, body: { reason: 'upah sektor', upheld: true }, token });
  expect(decided.statusCode, decided.body).toBeLessThan(300);
  expect((await shortfall(id)).severity).toBe('info');
  expect((await verdict(id)).status).toBe('compliant');
  const remedy = await service.send({ url: `/v1/employers/${id}/remedy`, token });
  expect(remedy.json().other).toEqual([]);
  await state('52', 2026, 2_673_861, 200);
  expect((await shortfall(id)).severity).toBe('warning');
});
