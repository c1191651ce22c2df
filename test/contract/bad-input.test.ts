import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { mutationsOf } from './mutations.ts';
import { operationsOf, resolver } from './operations.ts';
import { expectRefusal, rowCounts, type Sent, sender } from './refusals.ts';
import { type Call, RIGHT_CALLS } from './right-calls.ts';
import { prepareWorld } from './world.ts';

const world = await prepareWorld();
afterAll(() => world.service.close());
const send = sender(world.service);
const withBody = operationsOf(world.service.app).filter(({ id, body }) => body && RIGHT_CALLS[id]);

const JSON_TYPE = { 'content-type': 'application/json' };

/** A body that no JSON parser should take, by what is wrong with it. */
const UNREADABLE: [what: string, body: string | Buffer, status: number][] = [
  ['blanks', ' \n', 400],
  ['half a body', '{"period": "2026-10"', 400],
  ['broken UTF-8', Buffer.from([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x3a, 0x31, 0x7d]), 400],
  ['__proto__', '{"__proto__": {"isAdmin": true}}', 400],
  ['constructor.prototype', '{"constructor": {"prototype": {"isAdmin": true}}}', 400],
  ['a name twice', '{"reason": "satu", "reason": "dua"}', 400],
  ['a name twice by an escape', '{"reason": "satu", "re\\u0061son": "dua"}', 400],
  ['NaN', '{"amount": NaN}', 400],
  ['10 MB', `{"x": "${'a'.repeat(10_000_000)}"}`, 413],
  ['100,000 levels', `${'['.repeat(100_000)}${']'.repeat(100_000)}`, 422],
  ['100,000 levels of objects', `${'{"a":'.repeat(100_000)}1${'}'.repeat(100_000)}`, 422],
  ['an array', '[]', 422],
  ['a number', '7', 422],
  ['a text', '"7"', 422],
];

describe.each(withBody)('$id refuses', ({ id, method, body: schema }) => {
  const right = RIGHT_CALLS[id]!;
  let call: Call;
  let token: string;
  let before: object;
  const post = ({ headers, ...more }: Partial<Sent>) =>
    send({ method, token, url: call.url, ...more, headers: { ...call.headers, ...headers } });
  beforeAll(async () => {
    call = await right.call(world);
    token = await world.service.token({ sub: right.sub ?? 'inspector-1' });
    before = await rowCounts(world.service);
  });

  test('every field that is wrong, and says which', async () => {
    const settings = { resolve: resolver(world.service.app), anyText: right.anyText ?? [] };
    for (const { what, pointer, body } of mutationsOf(schema!, call.body, settings)) {
      const answer = await post({ body: JSON.stringify(body), headers: JSON_TYPE });
      expectRefusal(answer, 422, `${what} at ${pointer}`);
      const pointers = answer.json().errors?.map((error: { pointer: string }) => error.pointer) ?? [];
      expect(pointers, `${what} at ${pointer}: ${answer.body}`).toContain(pointer);
    }
  });

  test.each(UNREADABLE)('%s', async (what, body, status) => {
    expectRefusal(await post({ body, headers: JSON_TYPE }), status, what);
  });

  test.each(['text/plain', 'application/xml', 'application/jsonp', 'multipart/form-data', 'x'])(
    'content type %s',
    async (type) => {
      const body = JSON.stringify(call.body);
      expectRefusal(await post({ body, headers: { 'content-type': type } }), 415, type);
    },
  );

  test('no body, unless it can do without', async () => {
    const { anyOf } = resolver(world.service.app)(schema!);
    if (!anyOf) expectRefusal(await post({ headers: JSON_TYPE }), 422, 'no body');
  });

  test('and leaves nothing behind, and takes the right body', async () => {
    expect(await rowCounts(world.service)).toEqual(before);
    expect((await post({ body: call.body })).statusCode).toBeLessThan(300);
  });
});
