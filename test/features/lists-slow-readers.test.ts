import { type AddressInfo, connect, type Socket } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startApp, type TestApp } from '#test/setup/app.ts';

const EMPLOYERS = 40_000;
const LIST = '/v1/employers?region=34.02';
/** More than there are connections for exports. */
const READERS = 8;

let service: TestApp;
let port: number;
let token: string;

beforeAll(async () => {
  service = await startApp();
  token = await service.token();
  await service.deps.database.pool.query(
    `insert into employers (employer_id, version, legal_name, plain_name, kind, scale, sector, region_code,
                            created_at, updated_at)
     select gen_random_uuid(), 1, 'PT Banyak Sekali Nama Panjang Supaya Penuh ' || n, 'banyak ' || n, 'private',
            'small', 'general', '34.02', now(), now()
     from generate_series(1, ${EMPLOYERS}) n`,
  );
  await service.app.listen({ port: 0 });
  port = (service.app.server.address() as AddressInfo).port;
});
afterAll(() => service.close());

/** Asks for the whole list and takes nothing of the answer. */
function askAndWait(): Socket {
  const socket = connect(port, '127.0.0.1');
  socket.on('error', () => {});
  socket.pause();
  socket.write(
    `GET ${LIST} HTTP/1.1\r\nhost: a\r\nauthorization: Bearer ${token}\r\naccept: text/csv\r\nconnection: close\r\n\r\n`,
  );
  return socket;
}

async function read(socket: Socket): Promise<string> {
  let text = '';
  socket.setEncoding('utf8');
  for await (const chunk of socket) text += chunk;
  return text;
}

test('who does not read its export takes no connection from others, and still gets all of it', async () => {
  const { exporter } = service.deps.database;
  const waiting = Array.from({ length: READERS }, askAndWait);
  // Each has begun once its connection was asked for; all are given back although nobody reads.
  await expect.poll(() => exporter.totalCount).toBeGreaterThan(0);
  await expect.poll(() => [exporter.waitingCount, exporter.totalCount - exporter.idleCount]).toEqual([0, 0]);

  const whole = await service.send({ url: LIST, headers: { accept: 'text/csv' } });
  expect(whole.statusCode).toBe(200);
  expect(whole.body.split('\r\n')).toHaveLength(EMPLOYERS + 2);

  const [first, ...others] = waiting;
  for (const socket of others) socket.destroy();
  const answer = await read(first!);
  const lines = answer.split('\r\n').filter((line) => line.includes('PT Banyak'));
  expect(lines).toHaveLength(EMPLOYERS);
  expect(lines).toEqual(whole.body.split('\r\n').slice(1, -1));
  // Nothing waits any more for those who read all of it, or left.
  await expect.poll(() => service.app.waitingRoom.bytes).toBe(0);
});
