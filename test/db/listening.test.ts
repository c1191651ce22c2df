import { afterAll, afterEach, beforeAll, expect, inject, test } from 'vitest';
import { type Database, listen, openDatabase } from '#src/db/index.ts';
import { cloneDatabase } from '#test/setup/database.ts';

let copy: Awaited<ReturnType<typeof cloneDatabase>>;
let database: Database;
beforeAll(async () => {
  copy = await cloneDatabase(inject('adminUrl'));
  database = openDatabase(copy.url, { connections: 2 });
});
afterAll(async () => {
  await database.close();
  await copy.drop();
});

let heard: string[] = [];
let end: (() => void) | undefined;
afterEach(() => {
  end?.();
  heard = [];
});

const LISTENERS = 'select pid from pg_stat_activity where datname = current_database() and query = $1';
/** Each test has one of its own: the connection of the one before may still be there. */
let channel = '';
const listeners = async () =>
  (await database.pool.query<{ pid: number }>(LISTENERS, [`listen ${channel}`])).rows;
const tell = (news: string) => database.pool.query('select pg_notify($1, $2)', [channel, news]);

async function start(): Promise<void> {
  channel += 'news';
  end = listen(database.reader, channel, (news) => heard.push(news));
  await expect.poll(listeners).toHaveLength(1);
}

test('what is notified is heard, in order, and nothing of other channels', async () => {
  await start();
  await tell('one');
  await database.pool.query("select pg_notify('other', 'no news')");
  await tell('two');
  await expect.poll(() => heard).toEqual(['one', 'two']);
});

test('a connection that breaks is replaced', async () => {
  await start();
  const [{ pid } = { pid: 0 }] = await listeners();
  await database.pool.query('select pg_terminate_backend($1)', [pid]);
  await expect.poll(async () => (await listeners()).filter((each) => each.pid !== pid)).toHaveLength(1);
  await tell('later');
  await expect.poll(() => heard).toEqual(['later']);
});

test('once it has ended its connection is gone', async () => {
  await start();
  end!();
  await expect.poll(listeners).toEqual([]);
  await expect.poll(() => database.reader.totalCount).toBe(0);
});

test('what ends before it has a connection never listens', async () => {
  listen(database.reader, 'nothing', () => {})();
  expect(database.reader.totalCount).toBe(1);
  await expect.poll(() => database.reader.totalCount).toBe(0);
});
