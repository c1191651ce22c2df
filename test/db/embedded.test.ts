import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { connectEmbedded, startEmbedded, withEmbedded } from '#src/db/embedded.ts';

/** One folder for all tests: a cluster takes most of a second to make, and living on is what it is for. */
let folder: string;
const services: ChildProcess[] = [];

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'patuh-embedded-'));
  chmodSync(folder, 0o711);
  await withEmbedded(folder, (url) => query(url, 'create table kept (value text)'));
});

afterAll(async () => {
  for (const service of services) service.kill('SIGKILL');
  const { stop } = await startEmbedded(folder);
  await stop();
  rmSync(folder, { recursive: true });
});

async function query(url: string, sql: string, values: unknown[] = []): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(sql, values)).rows;
  } finally {
    await client.end();
  }
}

/** Another process that serves the folder. */
async function startService(): Promise<ChildProcess> {
  const module = new URL('../../src/db/embedded.ts', import.meta.url).href;
  const program = `const { startEmbedded } = await import('${module}');
    await startEmbedded('${folder}');
    console.log('ready');
    setInterval(() => {}, 1000);`;
  const service = spawn(process.execPath, ['--input-type=module', '--eval', program], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  services.push(service);
  await once(service.stdout as NodeJS.ReadableStream, 'data');
  return service;
}

/** The numbers of the postmasters that run on the folder. */
function postmasters(): string[] {
  const cluster = realpathSync(join(folder, 'postgres'));
  return readdirSync('/proc').filter((entry) => {
    try {
      return (
        /^\d+$/.test(entry) && readFileSync(`/proc/${entry}/cmdline`, 'utf8').split('\0').includes(cluster)
      );
    } catch {
      return false;
    }
  });
}

test('serves a durable UTF-8 database in UTC on this machine only, behind a password', async () => {
  const { url, stop } = await startEmbedded(folder);
  const settings = `select name, setting from pg_settings where name in
    ('fsync', 'synchronous_commit', 'listen_addresses', 'TimeZone', 'server_encoding', 'lc_collate', 'password_encryption')`;
  const rows = await query(url, `${settings} union all select 'database', current_database()`);
  expect(Object.fromEntries(rows.map(({ name, setting }) => [name, setting]))).toMatchObject({
    fsync: 'on',
    synchronous_commit: 'on',
    listen_addresses: '127.0.0.1',
    TimeZone: 'UTC',
    server_encoding: 'UTF8',
    password_encryption: 'scram-sha-256',
    database: 'patuh',
  });
  await expect(query(url.replace(/:[^:@]+@/, ':wrong@'), 'select 1')).rejects.toMatchObject({
    code: '28P01',
  });
  await stop();
  await stop();
  expect(postmasters()).toEqual([]);
});

test('keeps its secrets to the owner', async () => {
  const { stop } = await startEmbedded(folder);
  for (const name of ['postgres-password', 'service.json', 'postgres.log']) {
    expect(statSync(join(folder, name)).mode & 0o777, name).toBe(0o600);
  }
  await stop();
});

test('no value that a caller sent reaches the log', async () => {
  const secret = '3401021505900001';
  await withEmbedded(folder, async (url) => {
    await query(url, 'create table person (nik text primary key, born date)');
    await query(url, 'insert into person values ($1)', [secret]);
    await expect(query(url, 'insert into person values ($1)', [secret])).rejects.toThrow();
    await expect(query(url, 'select $1::int', [`x${secret}`])).rejects.toThrow();
    await expect(query(url, `select '${secret}' from nowhere`)).rejects.toThrow();
    await expect(query(url, `do $$ begin raise warning '${secret}'; end $$`)).resolves.toEqual([]);
  });
  expect(readFileSync(join(folder, 'postgres.log'), 'utf8')).not.toContain(secret);
});

test('survives kill -9: nothing committed is lost, and one server runs', async () => {
  const service = await startService();
  const served = await connectEmbedded(folder);
  await query(served as string, `insert into kept values ('before')`);
  const [left] = postmasters();
  service.kill('SIGKILL');
  await once(service, 'exit');
  expect(postmasters()).toEqual([left]);

  expect(await connectEmbedded(folder)).toBeUndefined();
  const { url, stop } = await startEmbedded(folder);
  expect(await query(url, 'select value from kept')).toEqual([{ value: 'before' }]);
  expect(postmasters()).toHaveLength(1);
  expect(postmasters()).not.toEqual([left]);
  await stop();
});

test('a server that ends by itself is started again, with all that was committed', async () => {
  const { url, stop } = await startEmbedded(folder);
  await query(url, `insert into kept values ('before the fall')`);
  const [fallen] = postmasters();
  process.kill(Number(fallen), 'SIGKILL');
  const kept = () => query(url, `select value from kept where value = 'before the fall'`).catch(() => []);
  await expect.poll(kept).toEqual([{ value: 'before the fall' }]);
  expect(postmasters()).toHaveLength(1);
  expect(postmasters()).not.toEqual([fallen]);

  process.kill(Number(postmasters()[0]), 'SIGKILL');
  await stop();
  await expect.poll(postmasters).toEqual([]);
});

test('a server that is asked to end while somebody stays connected is started again, and says so', async () => {
  const news: string[] = [];
  const { url, stop } = await startEmbedded(folder, { tell: (each) => news.push(each) });
  const staying = new pg.Client({ connectionString: url });
  staying.on('error', () => {});
  await staying.connect();
  const [asked] = postmasters();
  process.kill(Number(asked), 'SIGTERM');
  await expect.poll(() => news).toEqual(['the embedded database ended by itself, and was started again']);
  expect(await query(url, 'select 1 as one')).toEqual([{ one: 1 }]);
  await stop();
});

test('survives the end of everything at once, also when another process got the number of the dead server', async () => {
  const service = await startService();
  const [postmaster] = postmasters();
  process.kill(Number(postmaster), 'SIGKILL');
  service.kill('SIGKILL');
  await once(service, 'exit');
  const cluster = join(folder, 'postgres');
  const { uid, gid } = statSync(cluster);
  const other = spawn('sleep', ['60'], process.getuid?.() === 0 ? { uid, gid } : {});
  const lockFile = join(cluster, 'postmaster.pid');
  writeFileSync(lockFile, readFileSync(lockFile, 'utf8').replace(/^\d+/, String(other.pid)));

  const { url, stop } = await startEmbedded(folder);
  expect(await query(url, 'select 1 as one')).toEqual([{ one: 1 }]);
  await stop();
  expect(other.exitCode ?? other.signalCode).toBeNull();
  other.kill();
});

test.each(['SIGTERM', 'SIGINT'] as const)(
  '%s ends the server with a process that has no other plan for it',
  async (signal) => {
    const service = await startService();
    service.kill(signal);
    expect(await once(service, 'exit')).toEqual([null, signal]);
    await expect.poll(postmasters).toEqual([]);
  },
);

test('one service per folder; the command line reaches the one that runs', async () => {
  const { url, stop } = await startEmbedded(folder);
  await expect(startEmbedded(folder, { patience: 0 })).rejects.toMatchObject({ code: 'data_folder_in_use' });
  expect(await connectEmbedded(folder)).toBe(url);
  expect(await withEmbedded(folder, async (reached) => reached)).toBe(url);
  expect(await query(url, 'select 1 as one')).toEqual([{ one: 1 }]);
  await stop();
  expect(await connectEmbedded(folder)).toBeUndefined();
});

test('a start waits for a service that is about to end', async () => {
  const first = await startEmbedded(folder);
  const second = startEmbedded(folder);
  await first.stop();
  await (await second).stop();
});

test('of many starts at once one wins, also over what a dead service left', async () => {
  writeFileSync(join(folder, 'service.json'), JSON.stringify({ pid: process.pid, started: '1' }));
  const starts = await Promise.allSettled([1, 2, 3].map(() => startEmbedded(folder, { patience: 0 })));
  const won = starts.filter((each) => each.status === 'fulfilled');
  expect(won).toHaveLength(1);
  expect(postmasters()).toHaveLength(1);
  await won[0]?.value.stop();
});

test('a failed start says why and leaves the folder free', async () => {
  const { stop } = await startEmbedded(folder);
  await stop();
  const version = join(folder, 'postgres/PG_VERSION');
  const { uid, gid } = statSync(version);
  writeFileSync(version, '17\n');
  await expect(startEmbedded(folder)).rejects.toMatchObject({
    code: 'database_not_started',
    message: expect.stringContaining('incompatible'),
  });
  writeFileSync(version, '18\n');
  expect(statSync(version)).toMatchObject({ uid, gid });
  expect(await connectEmbedded(folder)).toBeUndefined();
  expect(postmasters()).toEqual([]);
});
