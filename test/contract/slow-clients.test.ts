import { once } from 'node:events';
import { type AddressInfo, connect, type Socket } from 'node:net';
import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { buildApp } from '#src/app.ts';
import { PATIENCE } from '#src/http/slow-clients.ts';
import { employerFile, imported, ROSTER_HEADER, rosterLine } from '#test/features/imports.ts';
import { startApp, type TestApp } from '#test/setup/app.ts';

/** Less than a service waits that is given no patience: the shortest of what is waited for to the end. */
const SOON_MS = PATIENCE.lingerMs - 5_000;
const eventually = <T>(value: () => T) => expect.poll(value, { timeout: SOON_MS });

let service: TestApp;
let app: FastifyInstance;
let port: number;
let token: string;
beforeAll(async () => {
  service = await startApp();
  await imported(service, 'employers', employerFile(['SLOW01']));
  token = await service.token();
  app = await buildApp(service.deps, { ...PATIENCE, asideMs: 100, bodyMs: 700, unreadMs: 700 });
  await app.listen({ port: 0, host: '127.0.0.1' });
  port = (app.server.address() as AddressInfo).port;
});
afterAll(async () => {
  await app.close();
  await service.close();
});

/** A connection over which these bytes have been sent. */
async function sent(
  bytes: string,
): Promise<{ socket: Socket; read: () => string; closed: Promise<unknown> }> {
  const socket = connect(port, '127.0.0.1');
  let text = '';
  socket.on('data', (chunk) => {
    text += chunk.toString('latin1');
  });
  socket.on('error', () => {});
  const closed = new Promise((resolve) => socket.once('close', resolve));
  await once(socket, 'connect');
  await new Promise((resolve) => socket.write(bytes, resolve));
  return { socket, read: () => text, closed };
}

const sentBy = (count: number, bytes: string) =>
  Promise.all(Array.from({ length: count }, () => sent(bytes)));

const head = (method: string, path: string, ...headers: string[]) =>
  [`${method} ${path} HTTP/1.1`, 'Host: a', `Authorization: Bearer ${token}`, ...headers, '', ''].join(
    '\r\n',
  );
const halfCheck = () =>
  `${head('POST', '/v1/checks', 'Content-Type: application/json', 'Content-Length: 500')}{"subject":{"npp":`;
const upload = () =>
  `${head('POST', '/v1/imports?kind=rosters', 'Content-Type: text/csv', 'Content-Length: 9999999')}${ROSTER_HEADER}\n${rosterLine('SLOW01', 1)}\n`;

const held = async () => {
  const { pool, reader, exporter, searcher } = service.deps.database;
  const used = [pool, reader, exporter, searcher].map((each) => each.totalCount - each.idleCount);
  const locks = await pool.query(
    `select count(*) from pg_locks
     where locktype = 'advisory' and database = (select oid from pg_database where datname = current_database())`,
  );
  const runs = await pool.query('select count(*) from roster_runs');
  const running = await pool.query(`select count(*) from imports where state = 'running'`);
  return { used, locks: locks.rows[0].count, runs: runs.rows[0].count, running: running.rows[0].count };
};
const NOTHING = { used: [0, 0, 0, 0], locks: 0, runs: 0, running: 0 };

/** Somebody else is answered as ever. */
async function others(): Promise<void> {
  const body = JSON.stringify({ subject: { npp: 'SLOW01' }, purpose: 'tender_award', reference: 'slow' });
  const answers = await Promise.all(
    Array.from({ length: 20 }, () =>
      fetch(`http://127.0.0.1:${port}/v1/checks`, {
        method: 'POST',
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        body,
      }),
    ),
  );
  expect(answers.map(({ status }) => status)).toEqual(Array.from({ length: 20 }, () => 200));
}

test('half-sent bodies keep nobody waiting, hold no connection to the database, and end', {
  timeout: SOON_MS,
}, async () => {
  const slow = await sentBy(200, halfCheck());
  await others();
  expect(await held()).toEqual(NOTHING);
  await Promise.all(slow.map(({ closed }) => closed));
  for (const { read } of slow) expect(read()).toContain('HTTP/1.1 408 ');
});

test('half-sent heads, silent connections and idle ones keep nobody waiting', async () => {
  const sockets = [
    ...(await sentBy(300, 'GET /v1/employers HTTP/1.1\r\nHost: a\r\nX-Slow: ')),
    ...(await sentBy(300, '')),
    ...(await sentBy(300, 'GET /health/live HTTP/1.1\r\nHost: a\r\n\r\n')),
  ];
  await others();
  expect(await held()).toEqual(NOTHING);
  for (const { socket } of sockets) socket.destroy();
});

test('uploads that break off free their places and leave nothing behind', async () => {
  for (let round = 0; round < 3; round += 1) {
    const uploads = await sentBy(4, upload());
    await eventually(async () => (await held()).running).toBe(4);
    const fifth = await sent(upload());
    await eventually(() => fifth.read()).toContain('HTTP/1.1 503 ');
    expect(fifth.read()).toMatch(/retry-after: 10\r\n/i);
    await others();
    fifth.socket.destroy();
    for (const { socket } of uploads) socket.resetAndDestroy();
    await eventually(held).toEqual(NOTHING);
  }
});

test('answers that nobody reads hold no connection to the database, and end', async () => {
  const accepted = new Map<number, Socket>();
  app.server.on('connection', (socket: Socket) => accepted.set(socket.remotePort!, socket));
  const greedy = await sentBy(5, head('GET', '/openapi.json').repeat(16));
  const ports = greedy.map(({ socket }) => socket.localPort!);
  for (const { socket } of greedy) socket.pause();
  await others();
  await eventually(held).toEqual(NOTHING);
  const open = () => ports.filter((each) => !accepted.get(each)!.destroyed).length;
  await eventually(open).toBe(0);
  for (const { socket } of greedy) socket.destroy();
});

test('what a connection asks for at once is answered in order; who asks for a thousand things is let go', async () => {
  const few = await sent(head('GET', '/v1/employers/npp:NONE') + head('GET', '/health/live').repeat(15));
  await eventually(() => few.read().match(/HTTP\/1\.1 \d+/g)).toEqual([
    'HTTP/1.1 404',
    ...Array.from({ length: 15 }, () => 'HTTP/1.1 200'),
  ]);
  few.socket.destroy();
  const many = await sentBy(5, head('GET', '/openapi.json').repeat(1000));
  await Promise.all(many.map(({ closed }) => closed));
  for (const { read } of many) expect(read().match(/HTTP\/1\.1 \d+/g) ?? []).not.toHaveLength(1000);
  await others();
  expect(await held()).toEqual(NOTHING);
});
