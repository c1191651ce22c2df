import Fastify from 'fastify';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { type Database, openDatabase, streamRows, transaction } from '#src/db/index.ts';
import { failures } from '#src/http/failures.ts';
import { cloneDatabase } from '#test/setup/database.ts';

const FOR_EVER = 'select pg_sleep(3600)';

let copy: Awaited<ReturnType<typeof cloneDatabase>>;
let database: Database;
beforeAll(async () => {
  copy = await cloneDatabase(inject('adminUrl'));
  database = openDatabase(copy.url, { connections: 2, waitMs: 250 });
});
afterAll(async () => {
  await database.close();
  await copy.drop();
});

const exported = async () => {
  for await (const rows of streamRows(database, FOR_EVER, [], 250)) return rows;
  return [];
};

test.each<[string, () => Promise<unknown>]>([
  ['statement', () => database.pool.query(FOR_EVER)],
  ['export', exported],
  ['transaction', () => transaction(database, ({ client }) => client.query(FOR_EVER))],
])(
  'a database that gives no answer to a %s is unavailable, and asked again by a connection of its own',
  async (_kind, ask) => {
    const app = Fastify();
    await app.register(failures);
    app.get('/', ask);
    const answer = await app.inject('/');
    expect(answer.statusCode).toBe(503);
    expect(answer.headers['retry-after']).toBe('5');
    expect(answer.json()).toMatchObject({ code: 'unavailable' });
    const asked = transaction(database, ({ client }) => client.query('select 1 as one'));
    expect((await asked).rows).toEqual([{ one: 1 }]);
    expect((await database.pool.query('select 1 as one')).rows).toEqual([{ one: 1 }]);
  },
);
