import { once } from 'node:events';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, test } from 'vitest';
import { openEntrance } from '#src/http/overload.ts';

let server: Server;
const sockets: Socket[] = [];
afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.destroy();
  server.close();
  await once(server, 'close');
});

/** An entrance, full or not, before a server that tells what it was asked; `/v1/works` waits for `end`. */
async function opened() {
  const state = { full: false, inside: 0, read: 0 };
  const work = Promise.withResolvers<void>();
  const entrance = openEntrance(
    () => true,
    undefined,
    () => {
      if (state.full) return undefined;
      state.inside += 1;
      let here = true;
      const leave = () => {
        state.inside -= here ? 1 : 0;
        here = false;
      };
      return { begin() {}, stepAside: leave, leave };
    },
  );
  server = entrance.serverFactory(async (request: IncomingMessage, response: ServerResponse) => {
    if (request.url === '/v1/works') await work.promise;
    response.end(`${request.method} ${request.url} ${await text(request)}`);
  });
  let open = 0;
  server.on('request', (_, response) => {
    state.read += 1;
    open += 1;
    response.once('close', () => {
      open -= 1;
    });
  });
  let peer: Socket;
  server.on('connection', (connection) => {
    peer = connection;
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const socket = connect({ port: (server.address() as AddressInfo).port, noDelay: true });
  sockets.push(socket);
  let got = '';
  socket.on('data', (chunk) => {
    got += chunk.toString('latin1');
  });
  socket.on('error', () => {});
  let answered = 0;
  const statuses = () => [...got.matchAll(/HTTP\/1\.1 (\d+)/g)].map(([, status]) => Number(status));
  /** Sends bytes, and waits until so many more answers are there. */
  const send = async (bytes: string, answers: number) => {
    socket.write(bytes);
    answered += answers;
    await expect.poll(() => statuses().length).toBe(answered);
    // Node tells of a request's end a moment after its answer.
    if (answers > 0) await expect.poll(() => open).toBe(0);
  };
  /** A connection that was refused, and on which the next request's begin is known. */
  const watched = async () => {
    state.full = true;
    await send(get('/v1/a'), 1);
    await send(get('/v1/b'), 1);
    got = '';
    answered = 0;
    state.read = 0;
  };
  return { state, socket, here: () => peer, send, watched, statuses, got: () => got, endWork: work.resolve };
}

const get = (path: string, more = '') => `GET ${path} HTTP/1.1\r\nHost: a\r\n${more}\r\n`;
const head = (path: string, length: number, more = '') =>
  `POST ${path} HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: ${length}\r\n${more}\r\n`;
const post = (path: string, body: string) => head(path, body.length) + body;
const withoutDate = (answer: string) => answer.replace(/Date: .*\r\n/, '');

describe('a request on a connection that was refused before', () => {
  test('is refused before it is read, in the same words', async () => {
    const { state, send, watched, got } = await opened();
    state.full = true;
    const asked = head('/v1/checks', 2, 'X-Request-Id: mine\r\nAccept-Language: id\r\n');
    await send(`${asked}{}`, 1);
    const first = got();
    await watched();
    await send(`${asked}{}`, 1);
    expect(state.read).toBe(0);
    expect(withoutDate(got())).toBe(withoutDate(first));
    expect(got()).toMatch(/\r\nDate: \w{3}, \d\d \w{3} \d{4} \d\d:\d\d:\d\d GMT\r\n/);
  });

  test('is taken as soon as there is room, and leaves again', async () => {
    const { state, send, watched, got } = await opened();
    await watched();
    state.full = false;
    await send(post('/v1/checks', '{"a":1}'), 1);
    expect(got()).toMatch(/ 200 [\s\S]*POST \/v1\/checks \{"a":1\}$/);
    await expect.poll(() => state.inside).toBe(0);
    state.full = true;
    await send(get('/v1/c'), 1);
    expect(state.read).toBe(1);
  });

  test('is refused once though its body comes later, piece by piece, with the next request behind it', async () => {
    const { state, send, watched, statuses, got } = await opened();
    await watched();
    await send(head('/v1/checks', 10), 1);
    await send('01234', 0);
    state.full = false;
    await send(`56789${get('/v1/next')}`, 1);
    expect(statuses()).toEqual([503, 200]);
    expect(got()).toMatch(/GET \/v1\/next $/);
    expect(state.read).toBe(1);
  });

  test.each([
    ['in chunks', 'POST /v1/a HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n'],
    ['of two', get('/v1/a') + get('/v1/b')],
    ['with a field twice', get('/v1/a', 'X-A: 1\r\nX-A: 2\r\n')],
    ['with a long body', post('/v1/a', 'x'.repeat(70_000))],
    ['of HTTP/1.0', 'GET /v1/a HTTP/1.0\r\nConnection: keep-alive\r\n\r\n'],
    ['without a body in its answer', 'HEAD /v1/a HTTP/1.1\r\nHost: a\r\n\r\n'],
  ])('is left to Node when it is out of the ordinary: %s', async (_, asked) => {
    const { state, send, watched } = await opened();
    await watched();
    await send(asked, asked.match(/^GET/gm)?.length ?? 1);
    expect(state.read).toBeGreaterThan(0);
    await send(get('/v1/z'), 1);
  });
});

test('what Node itself refuses takes nobody a place', async () => {
  const { state, watched, here } = await opened();
  await watched();
  state.full = false;
  const fields = Array.from({ length: 1_500 }, (_, index) => `X${index}:\r\n`).join('');
  here().emit('data', Buffer.from(get('/v1/a', fields)));
  await expect.poll(() => here().destroyed).toBe(true);
  expect(state.inside).toBe(0);
});

describe('nothing is taken for a request that is none', () => {
  test('the rest of a head', async () => {
    const { state, send, watched, got } = await opened();
    await watched();
    await send('GET /v1/whole HTTP/1.1\r\nHost: a\r\nX-Note: ', 0);
    await sleep(20);
    await send(get('/v1/part'), 1);
    state.full = false;
    await send(get('/v1/after'), 1);
    expect(got()).toMatch(/GET \/v1\/after $/);
  });

  test('a body that the beginning of its head announced', async () => {
    const { send, watched, statuses } = await opened();
    const body = get('/v1/body');
    await watched();
    await send(`POST /v1/whole HTTP/1.1\r\nContent-Length: ${body.length}\r\nX-Note: `, 0);
    await sleep(20);
    await send(get('/v1/part'), 1);
    await send(body, 0);
    await sleep(20);
    expect(statuses()).toEqual([503]);
    await send(get('/v1/z'), 1);
  });

  test('a body that looks like one, whether Node or nobody reads it', async () => {
    const { state, socket, send, watched, statuses, got } = await opened();
    const inner = post('/v1/inner', '{}');
    await watched();
    state.full = false;
    socket.write(head('/v1/outer', inner.length));
    await expect.poll(() => state.inside).toBe(1);
    state.full = true;
    await send(inner, 1);
    expect(statuses()).toEqual([200]);
    expect(got()).toMatch(/POST \/v1\/outer POST \/v1\/inner/);
    await send(head('/v1/outer', inner.length), 1);
    await send(inner, 0);
    await send(get('/v1/z'), 1);
    expect(statuses()).toEqual([200, 503, 503]);
  });

  test('what follows a request that Node answers by itself', async () => {
    const { socket, state, watched, got } = await opened();
    await watched();
    state.full = false;
    const closed = once(socket, 'close');
    socket.write(`${head('/v1/outer', 500, 'Expect: wonders\r\n')}${get('/v1/inner')}`);
    await closed;
    expect(got()).toMatch(/^HTTP\/1\.1 417 /);
    expect(state.read).toBe(0);
  });

  test('answers keep the order of requests', async () => {
    const { state, socket, send, watched, statuses, endWork } = await opened();
    await watched();
    state.full = false;
    socket.write(get('/v1/works'));
    await expect.poll(() => state.inside).toBe(1);
    state.full = true;
    await send(get('/v1/behind'), 0);
    await sleep(20);
    expect(statuses()).toEqual([]);
    endWork();
    await send('', 2);
    expect(statuses()).toEqual([200, 503]);
  });
});

test('some at once on a connection are all answered, and so is the one behind them', async () => {
  const { state, send, statuses } = await opened();
  state.full = true;
  for (let round = 0; round < 100; round += 1) await send(get('/v1/a').repeat(16), 16);
  await send(get('/v1/b'), 1);
  await send(get('/v1/c'), 1);
  expect(new Set(statuses())).toEqual(new Set([503]));
});

test.each([true, false])('who sends more at once than that is let go (full: %s)', async (full) => {
  const { state, socket } = await opened();
  state.full = full;
  const closed = new Promise((resolve) => socket.once('close', resolve));
  socket.write(get('/v1/works').repeat(17));
  await closed;
  await expect.poll(() => state.inside).toBe(0);
});

test('whoever does not take the answers is left', async () => {
  const { socket, watched, here } = await opened();
  await watched();
  const closed = once(socket, 'close');
  // Nothing leaves any more, as if the client had stopped reading.
  here().cork();
  for (let index = 0; index < 1_000 && !socket.closed; index += 1) {
    socket.write(get('/v1/a'));
    await sleep(1);
  }
  expect(here().destroyed).toBe(true);
  await closed;
});
