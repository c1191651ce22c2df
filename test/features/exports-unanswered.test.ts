import { afterAll, beforeAll, expect, test } from 'vitest';
import { startApp, type TestApp } from '#test/setup/app.ts';

let service: TestApp;
beforeAll(async () => {
  service = await startApp();
});
afterAll(() => service.close());

test.each([
  'text/csv',
  'application/x-ndjson',
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
])('%s: an export whose rows cannot be read is refused, and does not begin', async (accept) => {
  const { pool, exporter } = service.deps.database;
  const holder = await pool.connect();
  try {
    await holder.query('begin; lock table employers in access exclusive mode');
    const answer = service.send({ url: '/v1/employers', headers: { accept } });
    const waiting = `select pid from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()`;
    const waits = async () => (await pool.query<{ pid: number }>(waiting)).rows;
    await expect.poll(waits).toHaveLength(1);
    await pool.query('select pg_terminate_backend($1)', [(await waits())[0]!.pid]);
    expect((await answer).statusCode).toBe(503);
    expect((await answer).json()).toMatchObject({ code: 'unavailable' });
    expect(exporter.totalCount - exporter.idleCount).toBe(0);
  } finally {
    await holder.query('rollback');
    holder.release();
  }
  const empty = await service.send({ url: '/v1/employers', headers: { accept } });
  expect(empty.statusCode).toBe(200);
});
