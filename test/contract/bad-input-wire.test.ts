import { once } from 'node:events';
import { type AddressInfo, connect } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startApp } from '#test/setup/app.ts';

const service = await startApp();
afterAll(() => service.close());
let port: number;
let token: string;
beforeAll(async () => {
  token = await service.token();
  await service.app.listen({ port: 0, host: '127.0.0.1' });
  port = (service.app.server.address() as AddressInfo).port;
});

/** Sends bytes as they are, and gives status, content type and body of the first answer. */
async function send(bytes: string): Promise<{ status: number; type: string | undefined; body: string }> {
  const socket = connect(port, '127.0.0.1');
  const chunks: Buffer[] = [];
  socket.on('data', (chunk) => chunks.push(chunk));
  // Not `end`: Node takes a caller that half-closes for one that has gone.
  socket.write(bytes);
  await once(socket, 'close');
  const [head = '', body = ''] = Buffer.concat(chunks).toString().split('\r\n\r\n', 2);
  const type = /^content-type: *(\S+)/im.exec(head)?.[1];
  return { status: Number(head.split(' ', 2)[1]), type, body };
}

const get = (path: string, ...headers: string[]) =>
  [
    `GET ${path} HTTP/1.1`,
    'Host: localhost',
    `Authorization: Bearer ${token}`,
    'Connection: close',
    ...headers,
    '',
    '',
  ].join('\r\n');
const chunked = 'POST /v1/employers HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n';

test.each([
  ['no HTTP', 'hello\r\n\r\n', 400],
  ['a method that there is not', 'GETT / HTTP/1.1\r\nHost: localhost\r\n\r\n', 400],
  [
    'a header of 20 kB',
    `GET /health/live HTTP/1.1\r\nHost: localhost\r\nX: ${'a'.repeat(20_000)}\r\n\r\n`,
    431,
  ],
  ['two lengths', `${chunked}Content-Length: 5\r\n\r\n0\r\n\r\n`, 400],
  ['a chunk without length', `${chunked}\r\nzz\r\n\r\n`, 400],
  ['a NUL in a header', 'GET /health/live HTTP/1.1\r\nHost: localhost\r\nX: a\0b\r\n\r\n', 400],
])('%s is refused', async (_what, bytes, status) => {
  const answer = await send(bytes);
  expect(answer.status).toBe(status);
  expect(answer.type).toBe('application/problem+json');
  expect(JSON.parse(answer.body)).toMatchObject({ status, code: expect.stringMatching(/^[a-z_]+$/) });
});

const create = (...headers: string[]) =>
  [
    'POST /v1/employers HTTP/1.1',
    'Host: localhost',
    `Authorization: Bearer ${token}`,
    'Content-Type: application/json',
    'Connection: close',
    ...headers,
    '',
    '2',
    '{}',
    '0',
    '',
    '',
  ].join('\r\n');

test.each([
  ['a second host', () => get('/v1/employers', 'hOST: elsewhere'), 400],
  ['a second token', () => get('/v1/employers', 'authorization: Bearer other'), 400],
  ['a second type', () => create('Transfer-Encoding: chunked', 'Content-Type: text/plain'), 400],
  ['a transfer coding besides chunked', () => create('Transfer-Encoding: gzip, chunked'), 400],
  ['an expectation that nobody knows', () => create('Transfer-Encoding: chunked', 'Expect: wonders'), 417],
  ['a body that is packed', () => create('Transfer-Encoding: chunked', 'Content-Encoding: GZIP'), 415],
  ['a body that is as it is', () => create('Transfer-Encoding: chunked', 'Content-Encoding: identity'), 422],
])('%s is told so', async (_what, bytes, status) => {
  const answer = await send(bytes());
  expect(answer.status).toBe(status);
  expect(answer.type).toBe('application/problem+json');
});

test.each([
  '/v1/employers/%2e%2e/flags',
  '/v1/employers/../flags',
  '/v1/employers/%2e%2e',
  '//v1/flags',
  '/v1/flags;x=1',
])('%s is no way to somewhere else', async (path) => {
  const answer = await send(get(path));
  expect(answer.status).toBe(404);
  expect(answer.type).toBe('application/problem+json');
});

test('bytes above ASCII in headers are no obstacle', async () => {
  const answer = await send(get('/v1/employers', 'X-Request-Id: \u00e9\u00fc', 'Accept-Language: \u00e9'));
  expect(answer.status).toBe(200);
});

test('after all of it the service still answers, and has logged no fault of its own', async () => {
  expect((await send(get('/health/ready'))).status).toBe(200);
  expect(service.logs()).not.toContain('request failed');
});
