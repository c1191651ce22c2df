import { once } from 'node:events';
import { type AddressInfo, connect, type Socket } from 'node:net';
import Fastify, { type FastifyInstance } from 'fastify';
import { afterEach, expect, test } from 'vitest';
import { jsonBodies } from '#src/http/bodies.ts';
import { failures } from '#src/http/failures.ts';
import { openEntrance } from '#src/http/overload.ts';
import type { Take } from '#src/http/overload-lanes.ts';
import { PATIENCE, type Patience } from '#src/http/slow-clients.ts';

/** Less than a service waits that is given no patience: the shortest of what is waited for to the end. */
const SOON_MS = PATIENCE.lingerMs - 5_000;
const eventually = <T>(value: () => T) => expect.poll(value, { timeout: SOON_MS });

const apps: FastifyInstance[] = [];
const sockets: Socket[] = [];
afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.destroy();
  await Promise.all(apps.splice(0).map((app) => app.close()));
});

type Inside = {
  kind: string;
  client: string;
  places: number;
  state: 'waiting' | 'begun' | 'aside' | 'left';
  wasAside?: true;
};

/** A service behind the entrance, with what is inside; `full` refuses everybody. */
async function opened({
  patience = {},
  full = () => false,
}: {
  patience?: Partial<Patience>;
  full?: () => boolean;
} = {}) {
  const inside: Inside[] = [];
  const take: Take = (kind, client, places) => {
    if (full()) return undefined;
    const visit: Inside = { kind, client, places, state: 'waiting' };
    inside.push(visit);
    return {
      begin() {
        visit.state = 'begun';
      },
      stepAside() {
        if (visit.state !== 'waiting') return;
        visit.state = 'aside';
        visit.wasAside = true;
      },
      leave() {
        visit.state = 'left';
      },
    };
  };
  const entrance = openEntrance(
    (jwt) => jwt !== '' && !jwt.startsWith('made-up'),
    { ...PATIENCE, ...patience },
    take,
  );
  const app = Fastify({ serverFactory: entrance.serverFactory, bodyLimit: 50_000_000 });
  await app.register(entrance.plugin);
  await app.register(failures);
  await app.register(jsonBodies);
  let reached = 0;
  app.post('/v1/checks', async (request) => {
    reached += 1;
    return { got: JSON.stringify(request.body ?? null).length };
  });
  app.get('/v1/lists/:id', async () => 'x'.repeat(30_000_000));
  const work = Promise.withResolvers<void>();
  app.get('/v1/works', async () => {
    await work.promise;
    return { done: true };
  });
  app.get('/health/live', async () => ({ status: 'ok' }));
  apps.push(app);
  await app.listen({ port: 0, host: '127.0.0.1' });
  const { port } = app.server.address() as AddressInfo;
  const open = () => {
    const socket = connect(port, '127.0.0.1');
    socket.on('error', () => {});
    sockets.push(socket);
    let text = '';
    socket.on('data', (chunk) => {
      text += chunk.toString('latin1');
    });
    return { socket, read: () => text, closed: once(socket, 'close') };
  };
  return {
    app,
    port,
    inside,
    open,
    endWork: work.resolve,
    reached: () => reached,
    url: `http://127.0.0.1:${port}`,
  };
}

const post = (body: string, { length = body.length, headers = '' } = {}) =>
  `POST /v1/checks HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: ${length}\r\n${headers}\r\n${body}`;
const statuses = (text: string) =>
  [...text.matchAll(/HTTP\/1\.1 (\d+)/g)].map(([, status]) => Number(status));

test('who is not taken is told so in the own language, with when to come again, and reaches nothing', async () => {
  const { url, reached, app } = await opened({ full: () => true });
  const answer = await fetch(`${url}/v1/checks`, {
    method: 'POST',
    headers: { 'x-request-id': 'mine-1', 'accept-language': 'id', 'content-type': 'application/json' },
    body: '{}',
  });
  expect(answer.status).toBe(503);
  expect(Object.fromEntries(answer.headers)).toMatchObject({
    'retry-after': '1',
    'x-request-id': 'mine-1',
    'content-language': 'id',
    'content-type': 'application/problem+json',
  });
  expect(await answer.json()).toEqual({
    type: 'urn:patuh:problem:unavailable',
    title: 'Layanan sementara tidak tersedia',
    status: 503,
    detail: 'Terlalu banyak permintaan sedang dikerjakan; coba lagi sebentar lagi.',
    instance: 'urn:patuh:request:mine-1',
    code: 'unavailable',
  });
  expect(reached()).toBe(0);
  expect([...app.refusals]).toEqual([['POST checks', 1]]);
  const english = (await (await fetch(`${url}/v1/checks`)).json()) as { detail: string };
  expect(english.detail).toBe('Too many requests are being worked on; try again shortly.');
  expect((await fetch(`${url}/v1/checks`, { method: 'HEAD' })).status).toBe(503);
});

test('a service without room still tells that it lives', async () => {
  const { url } = await opened({ full: () => true });
  expect((await fetch(`${url}/health/live`)).status).toBe(200);
});

test('a connection goes on after a refusal, whatever was sent on it', async () => {
  let full = true;
  const { open, reached } = await opened({ full: () => full });
  const { socket, read } = open();
  socket.write(post('{"a":1}') + post('{"a":2}'));
  await eventually(() => statuses(read())).toEqual([503, 503]);
  // A body that comes long after its refusal is passed over, too.
  socket.write(post('', { length: 20 }));
  await eventually(() => statuses(read())).toEqual([503, 503, 503]);
  full = false;
  socket.write(`${' '.repeat(20)}${post('{"a":3}')}`);
  await eventually(() => statuses(read())).toEqual([503, 503, 503, 200]);
  expect(reached()).toBe(1);
});

test('who asks before sending a body is answered before sending it', async () => {
  let full = true;
  const { open } = await opened({ full: () => full });
  const { socket, read } = open();
  const asking = post('', { length: 7, headers: 'Expect: 100-continue\r\n' });
  socket.write(asking);
  await eventually(() => statuses(read())).toEqual([503]);
  full = false;
  const taken = open();
  taken.socket.write(asking);
  await eventually(() => statuses(taken.read())).toEqual([100]);
  taken.socket.write('{"a":1}');
  await eventually(() => statuses(taken.read())).toEqual([100, 200]);
});

test('kinds are told apart by method and family, clients by token, and large bodies take more places', async () => {
  const { url, inside } = await opened();
  const authorization = `Bearer ${'x'.repeat(100)}-the-end-of-the-first-token`;
  await fetch(`${url}/v1/checks`, { method: 'POST', headers: { authorization } });
  await fetch(`${url}/v1/lists`, { headers: { authorization: 'Bearer short' } });
  await fetch(`${url}/v1/nobody-knows`);
  const body = JSON.stringify({ a: 'x'.repeat(200_000) });
  await fetch(`${url}/v1/checks?x=1`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body,
  });
  expect(inside).toEqual([
    { kind: 'POST checks', client: 'e-end-of-the-first-token', places: 1, state: 'left' },
    { kind: 'GET lists', client: 'Bearer short', places: 1, state: 'left' },
    { kind: 'other', client: '127.0.0.1', places: 1, state: 'left' },
    { kind: 'POST checks', client: '127.0.0.1', places: 4, state: 'left' },
  ]);
});

test('a body that does not come on keeps no place, and is ended with a reason', {
  timeout: SOON_MS,
}, async () => {
  const { open, inside } = await opened({ patience: { asideMs: 0, bodyMs: 600 } });
  const { socket, read, closed } = open();
  socket.write(post('{"a":', { length: 100 }));
  await closed;
  expect(statuses(read())).toEqual([408]);
  expect(read()).toContain('"code":"request_timeout"');
  expect(inside[0]).toMatchObject({ state: 'left', wasAside: true });
});

test('whoever makes up a token for each request is one client all the same', async () => {
  const { url, inside } = await opened();
  for (const authorization of ['Bearer made-up-1', 'Bearer made-up-2'])
    await fetch(`${url}/v1/checks`, { method: 'POST', headers: { authorization } });
  expect(inside.map(({ client }) => client)).toEqual(['127.0.0.1', '127.0.0.1']);
});

test('of bodies that are held too many, those of the client that most is held for are ended', async () => {
  const { open } = await opened({ patience: { heldBytes: 400_000 } });
  const send = (client: string, bytes: number) => {
    const opening = open();
    const headers = `Authorization: Bearer ${client}\r\n`;
    opening.socket.write(post('x'.repeat(bytes), { length: 10_000_000, headers }));
    return opening;
  };
  const modest = send('modest', 100_000);
  const greedy = Array.from({ length: 4 }, () => send('greedy', 90_000));
  await Promise.all(greedy.map(({ closed }) => closed));
  for (const { read } of greedy) {
    expect(statuses(read())).toEqual([503]);
    expect(read()).toMatch(/retry-after: 1\r\n/i);
  }
  expect(modest.read()).toBe('');
  expect(modest.socket.destroyed).toBe(false);
});

test('an answer that nobody takes is thrown away', async () => {
  const { open, inside, app } = await opened({ patience: { unreadMs: 300 } });
  const { socket } = open();
  socket.pause();
  socket.write('GET /v1/lists/1 HTTP/1.1\r\nHost: a\r\n\r\n');
  const connections = () =>
    new Promise<number>((resolve) => app.server.getConnections((_error, count) => resolve(count)));
  await eventually(() => inside[0]?.state).toBe('left');
  await eventually(connections).toBe(0);
});

test('of answers that are held too many, those of the client that most is held for are thrown away', async () => {
  const { open, app } = await opened({ patience: { heldBytes: 65_000_000, takeMs: 300 } });
  let arrived = 0;
  app.server.on('connection', () => {
    arrived += 1;
  });
  const ask = (client: string) => {
    const { socket } = open();
    socket.pause();
    socket.write(`GET /v1/lists/1 HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer ${client}\r\n\r\n`);
  };
  ask('modest');
  ask('greedy');
  ask('greedy');
  const connections = () =>
    new Promise<number>((resolve) => app.server.getConnections((_error, count) => resolve(count)));
  await eventually(() => arrived).toBe(3);
  await eventually(connections).toBe(1);
});

test('answers that are on their way are kept, however many there are', async () => {
  const { open } = await opened({ patience: { heldBytes: 65_000_000, takeMs: 2000 } });
  const all = Array.from({ length: 3 }, () => open());
  for (const { socket } of all) {
    socket.pause();
    socket.write('GET /v1/lists/1 HTTP/1.1\r\nHost: a\r\n\r\n');
  }
  await new Promise((resolve) => setTimeout(resolve, 700));
  for (const { socket } of all) socket.resume();
  for (const { read } of all) await eventually(() => read().length).toBeGreaterThan(30_000_000);
});

test('a body that goes on arriving after its answer ends with its connection', {
  timeout: SOON_MS,
}, async () => {
  const { open } = await opened({ patience: { lingerMs: 300 } });
  const { socket, read, closed } = open();
  socket.write(post('', { length: 1_000_000_000 }));
  await closed;
  expect(statuses(read())).toEqual([413]);
});

test('requests whose clients are gone have left', async () => {
  const { open, inside } = await opened();
  for (let index = 0; index < 50; index += 1) {
    const { socket } = open();
    socket.write(post('{"a":', { length: 100 }), () => socket.resetAndDestroy());
  }
  await eventually(() => inside.length).toBe(50);
  await eventually(() => inside.filter(({ state }) => state === 'waiting' || state === 'begun')).toEqual([]);
});

test('work that goes on although its client is gone keeps its place until it is done', async () => {
  const { open, inside, app, endWork } = await opened();
  const { socket } = open();
  socket.write('GET /v1/works HTTP/1.1\r\nHost: a\r\n\r\n');
  await eventually(() => inside[0]?.state).toBe('begun');
  socket.resetAndDestroy();
  const connections = () =>
    new Promise<number>((resolve) => app.server.getConnections((_error, count) => resolve(count)));
  await eventually(connections).toBe(0);
  expect(inside[0]!.state).toBe('begun');
  endWork();
  await eventually(() => inside[0]!.state).toBe('left');
});
