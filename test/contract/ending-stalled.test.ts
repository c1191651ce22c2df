import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { connect } from 'node:net';
import { afterAll, expect, test } from 'vitest';
import { withEmbedded } from '#src/db/embedded.ts';
import { openDatabase } from '#src/db/index.ts';
import { XLSX } from '#src/http/workbook.ts';
import { endedBy, ownService } from './own-service.ts';

const own = ownService();
let started: ChildProcess | undefined;
afterAll(() => {
  started?.kill('SIGKILL');
  own.remove();
});

test('a service that ends waits for nobody who sends no more: it tells uploads, and stops its database', async () => {
  const { child, address } = await own.start();
  started = child;
  const { port } = new URL(address);
  const token = own.token('payments:write');
  /** What is answered to these bytes until the connection ends. */
  const sent = async (head: string, body = '') => {
    const socket = connect(Number(port), '127.0.0.1');
    let text = '';
    socket.on('data', (chunk) => {
      text += chunk.toString('latin1');
    });
    socket.on('error', () => {});
    const closed = once(socket, 'close');
    await once(socket, 'connect');
    if (head !== '') socket.write(`${head} HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer ${token}\r\n${body}`);
    return { answered: closed.then(() => text) };
  };
  const upload = (body: string, type: string, ...headers: string[]) =>
    sent(
      'POST /v1/imports?kind=payments',
      [`Content-Type: ${type}`, 'Content-Length: 100000000', ...headers, '', body].join('\r\n'),
    );
  const stalled = [
    await upload('npp,jumlah,tanggal_bayar,referensi\nTX000001,2000,2026-', 'text/csv'),
    await upload('npp,jumlah,tanggal_bayar,referensi\n', 'text/csv', 'Idempotency-Key: ending'),
    // Refused by its first bytes, and read to its end all the same.
    await upload('no workbook', XLSX),
  ];
  await sent(
    'POST /v1/payments',
    'Content-Type: application/json\r\nContent-Length: 500\r\n\r\n{"employer":',
  );
  await sent('GET /v1/imports');
  await sent('');
  const get = (path: string) => fetch(`${address}${path}`, { headers: { authorization: `Bearer ${token}` } });
  let running: string[] = [];
  const states = async () => {
    const { items } = (await (await get('/v1/imports')).json()) as { items: { id: string; state: string }[] };
    running = items.filter(({ state }) => state === 'running').map(({ id }) => id);
    return items.map(({ state }) => state).sort();
  };
  await expect.poll(states).toEqual(['failed', 'running', 'running']);
  const events = await get(`/v1/imports/${running[0]}/events`);

  // Where it takes too long it ends by force, with another code.
  expect(await endedBy(child, 'SIGTERM')).toBe(0);
  expect(own.databaseProcesses()).toEqual([]);
  expect(await events.text()).toContain('event: progress');
  for (const { answered } of stalled) {
    const answer = await answered;
    expect(answer).toContain('HTTP/1.1 503 ');
    expect(answer).toMatch(/retry-after: 10\r\n/i);
    expect(answer).toContain('"code":"unavailable"');
  }

  const [imports, keys] = await withEmbedded(own.folder, async (url) => {
    const database = openDatabase(url);
    try {
      const imported = await database.pool.query('select state, error from imports order by import_id');
      const kept = await database.pool.query('select key from idempotency_keys');
      return [imported.rows, kept.rows];
    } finally {
      await database.close();
    }
  });
  const interrupted = { state: 'failed', error: { code: 'interrupted', detail: '' } };
  expect(imports.filter(({ error }) => error.code === 'interrupted')).toEqual([interrupted, interrupted]);
  expect(keys).toEqual([]);
});
