import { expect, test } from 'vitest';
import { plainRequest } from '#src/http/plain-request.ts';

const read = (text: string) => plainRequest(Buffer.from(text, 'latin1'));
const LINE = 'POST /v1/checks?a=%20 HTTP/1.1\r\nHost: a\r\n';

test('a head and what is there of its body', () => {
  const head = `${LINE}X-Note:\t caf\xe9 \t\r\nX-Empty: \r\nContent-Length: 5\r\nConnection: Keep-Alive\r\n\r\n`;
  expect(read(`${head}{}`)).toEqual({
    method: 'POST',
    url: '/v1/checks?a=%20',
    headers: {
      host: 'a',
      'x-note': 'caf\xe9',
      'x-empty': '',
      'content-length': '5',
      connection: 'Keep-Alive',
    },
    length: 5,
    inside: 2,
  });
  expect(read(`${LINE}\r\n`)).toMatchObject({ headers: { host: 'a' }, length: 0, inside: 0 });
});

test.each([
  ['half a head', LINE],
  ['no host', 'GET / HTTP/1.1\r\n\r\n'],
  ['nothing', ''],
  ['bytes behind the body', `${LINE}Content-Length: 1\r\n\r\n{}`],
  ['a body without a length', `${LINE}\r\n{}`],
  ['two lengths', `${LINE}Content-Length: 1\r\nContent-Length: 2\r\n\r\n{`],
  ['a list of lengths', `${LINE}Content-Length: 1, 1\r\n\r\n{`],
  ['a length and a blank of another alphabet', `${LINE}Content-Length: 0\xa0\r\n\r\n`],
  ['a signed length', `${LINE}Content-Length: +1\r\n\r\n{`],
  ['chunks', `${LINE}Transfer-Encoding: chunked\r\n\r\n`],
  ['who asks before sending', `${LINE}Expect: 100-continue\r\n\r\n`],
  ['another protocol', `${LINE}Upgrade: websocket\r\n\r\n`],
  ['a connection that ends', `${LINE}Connection: close\r\n\r\n`],
  ['a connection that ends, as proxies say it', `${LINE}Proxy-Connection: close\r\n\r\n`],
  ['a folded field', `${LINE}X-A: 1\r\n 2\r\n\r\n`],
  ['a space before the colon', `${LINE}Content-Length : 1\r\n\r\n`],
  ['a line feed alone', `${LINE}X-A: 1\nX-B: 2\r\n\r\n`],
  ['a NUL', `${LINE}X-A: \0\r\n\r\n`],
  ['an older version', 'GET / HTTP/1.0\r\nHost: a\r\n\r\n'],
  ['an answer without a body', 'HEAD / HTTP/1.1\r\nHost: a\r\n\r\n'],
  ['a proxy', 'GET http://a/ HTTP/1.1\r\nHost: a\r\n\r\n'],
  ['an empty line first', `\r\n${LINE}\r\n`],
  ['a head too long', `${LINE}X-A: ${'x'.repeat(16_384)}\r\n\r\n`],
  ['a field of the prototype twice', `${LINE}constructor: 1\r\n\r\n`],
])('%s is not plain', (_, text) => {
  expect(read(text)).toBeUndefined();
});
