import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Operation, operationsOf, type Parameter } from './operations.ts';
import { expectRefusal, rowCounts, sender } from './refusals.ts';
import { type Call, RIGHT_CALLS } from './right-calls.ts';
import {
  dispute,
  flag,
  imported,
  invitation,
  newRuleset,
  payment,
  plan,
  prepareWorld,
  worker,
} from './world.ts';

const world = await prepareWorld();
afterAll(() => world.service.close());
const send = sender(world.service);
const operations = operationsOf(world.service.app).filter(({ id }) => RIGHT_CALLS[id]);
const reading = operations.filter(({ method }) => method === 'GET');
const REFUSED = /^4\d\d$/;

/** A parameter with a value that it cannot have. */
function wrongQueries({ parameters }: Operation): string[] {
  const ofParameter = ({ name, schema: { type, format, enum: values, pattern, maxLength } }: Parameter) => {
    if (name === 'cursor') return CURSORS;
    if (type === 'integer')
      return ['abc', '-1', '1.5', '', '1e3', '0x10', '9007199254740993', '%00', 'Infinity'];
    if (format === 'date')
      return ['2026-02-30', 'kemarin', '', '%00', '9999-01-01', '0000-01-01', '2026-11-20%20'];
    if (format === 'date-time') return ['2026-11-20', '', '2026-02-30T99:00:00Z', '9999', '%00'];
    if (values || pattern || type === 'array') return ['nonsense', '', "'", '%00'];
    return ['', '%00', '%0a', 'a'.repeat((maxLength ?? 5000) + 1)];
  };
  const queries = parameters.filter((parameter) => parameter.in === 'query');
  return queries.flatMap((parameter) => {
    const repeated = parameter.schema.type === 'array' ? [] : [`${parameter.name}=1&${parameter.name}=2`];
    return [
      ...ofParameter(parameter).map((value) => `${parameter.name}=${value}`),
      ...repeated,
      `${parameter.name}[]=1`,
      `${parameter.name}[a]=1`,
    ];
  });
}

const coded = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
const CURSORS = [
  '',
  'nonsense',
  'null',
  '..',
  coded(null),
  coded([]),
  coded(["'; drop table employers--"]),
  coded([{ $gt: '' }]),
  'a'.repeat(501),
  'a'.repeat(10_000),
];

describe.each(reading)('$id', (operation) => {
  let url: string;
  const ask = (query: string) => send({ url: `${url}${url.includes('?') ? '&' : '?'}${query}` });
  let before: object;
  beforeAll(async () => {
    url = (await RIGHT_CALLS[operation.id]!.call(world)).url;
    before = await rowCounts(world.service);
  });

  test('refuses wrong, repeated and unknown query parameters', async () => {
    const wrong = [
      ...wrongQueries(operation),
      'strayField=1',
      '__proto__=1',
      'constructor=1',
      '%00=1',
      '%ff=1',
    ];
    for (const query of wrong) {
      const answer = await ask(query);
      expectRefusal(answer, 422, query.slice(0, 100));
      const name = query.split('=')[0]!.replace('%00', '\0');
      expect(answer.json().errors[0].pointer.split('/', 2), query.slice(0, 100)).toEqual(['', name]);
    }
    expect(await rowCounts(world.service)).toEqual(before);
  });

  test('refuses limits that no page has', async () => {
    if (!operation.parameters.some(({ name }) => name === 'limit')) return;
    for (const limit of ['0', '201', '-1']) expectRefusal(await ask(`limit=${limit}`), 422, limit);
  });

  test('answers HEAD as GET, without a body', async () => {
    const head = await send({ method: 'HEAD', url });
    expect([head.statusCode, head.body]).toEqual([200, '']);
  });
});

describe('cursors', () => {
  const pages = reading.filter(({ parameters }) => parameters.some(({ name }) => name === 'cursor'));
  const cursors = new Map<string, string>();
  const urls = new Map<string, string>();
  const ask = (id: string, cursor: string) => {
    const url = urls.get(id)!;
    return send({ url: `${url}${url.includes('?') ? '&' : '?'}cursor=${encodeURIComponent(cursor)}` });
  };
  beforeAll(async () => {
    // Two of everything, so that every list has a second page.
    await payment(world);
    await flag(world);
    await plan(world);
    await dispute(world);
    await invitation(world);
    await imported(world);
    await newRuleset(world);
    const workers = [worker(1), worker(2)];
    await world.post(`/v1/employers/${world.employerId}/declarations`, { period: '2026-08', workers });
    for (const { id } of pages) {
      const { url } = await RIGHT_CALLS[id]!.call(world);
      urls.set(id, `${url}${url.includes('?') ? '&' : '?'}limit=1`);
      cursors.set(id, (await send({ url: urls.get(id)! })).json().nextCursor);
    }
  });

  test.each(pages)('of $id leads to its next page', async ({ id }) => {
    expect(cursors.get(id)).toEqual(expect.any(String));
    expect((await ask(id, cursors.get(id)!)).json().items).toHaveLength(1);
  });

  test.each(pages)('of another list are refused by $id', async ({ id }) => {
    for (const [other, cursor] of cursors) {
      if (other !== id) expectRefusal(await ask(id, cursor), 422, `cursor of ${other}`);
    }
  });

  test.each(pages)('that were tampered with are refused by $id', async ({ id }) => {
    const [mark = '', content = ''] = cursors.get(id)!.split('.');
    const values: unknown[] = JSON.parse(Buffer.from(content, 'base64url').toString());
    const wrong = [null, true, '', "' or 1=1", '\0', '\ud800', -1e300, 1.5, Number.MAX_SAFE_INTEGER, {}, []];
    const tampered = values.flatMap((_, index) => wrong.map((value) => values.with(index, value)));
    for (const content of [...tampered, values.slice(1), [...values, 1], values[0]]) {
      const answer = await ask(id, `${mark}.${coded(content)}`);
      // Another position in the same list is no harm; what is none must not reach the database.
      if (answer.statusCode !== 200) expectRefusal(answer, 422, JSON.stringify(content));
    }
  });
});

describe('paths', () => {
  const inPaths = operations.filter(({ path }) => path.includes('{'));
  const SEGMENTS = [
    ['%00', REFUSED],
    ['a%00b', REFUSED],
    ['..%2f..%2fetc%2fpasswd', REFUSED],
    ['a'.repeat(300), 414],
    ['a'.repeat(20_000), REFUSED],
    ['%', 400],
    ['%zz', 400],
    ['%e0%a4', 400],
    ['%ed%a0%80', 400],
    ["'%20or%201=1--", REFUSED],
    ['npp:', REFUSED],
    ['npp:%27;drop%20table%20employers', REFUSED],
    ['npwp:0123456789012345', REFUSED],
    ['nib:0', REFUSED],
    ['019a0000-0000-7000-8000-000000000000', 404],
    ['%20', REFUSED],
    ['\u{1F600}', REFUSED],
  ] as const;

  /** A segment that is one of some words is refused as such, whatever the id beside it. */
  const oneOfWords = ({ parameters }: (typeof operations)[number]) =>
    parameters.some(({ in: place, schema }) => place === 'path' && schema?.enum);

  test.each(inPaths)('$method $path with segments that name nothing', async (operation) => {
    const { id, method, path } = operation;
    const call: Call = await RIGHT_CALLS[id]!.call(world);
    const before = await rowCounts(world.service);
    const query = /\?.*/.exec(call.url)?.[0] ?? '';
    for (const [segment, status] of SEGMENTS) {
      const url = path.replaceAll(/\{\w+\}/g, () => segment) + query;
      const answer = await send({ ...call, method, url });
      const expected = status === 404 && oneOfWords(operation) ? REFUSED : status;
      expectRefusal(answer, expected, `${method} ${url.slice(0, 100)}`);
    }
    expect(await rowCounts(world.service)).toEqual(before);
  });
});

describe('methods', () => {
  const known = new Set(operations.map(({ method, path }) => `${method} ${path}`));
  const others = [...new Set(operations.map(({ path }) => path))].flatMap((path) =>
    ['PUT', 'DELETE', 'PATCH', 'POST', 'GET', 'TRACE', 'OPTIONS', 'QUERY', 'PROPFIND']
      .filter((method) => !known.has(`${method} ${path}`))
      .map((method): [string, string] => [method, path]),
  );

  test.each(others)('%s %s does not exist', async (method, path) => {
    const url = path.replaceAll(/\{\w+\}/g, world.employerId);
    const body = ['GET', 'TRACE', 'OPTIONS'].includes(method) ? {} : { body: {} };
    expectRefusal(await send({ method, url, ...body }), /^40[45]$/, method);
  });
});

describe('headers', () => {
  const ids = (length: number) => 'a'.repeat(length);
  const url = `/v1/employers/${world.employerId}/payments`;

  test.each([ids(10_000), 'ré', 'a b', '\u0001', '<script>', ids(129), ''])(
    'a strange X-Request-Id is not taken over: %.20s',
    async (id) => {
      const answer = await send({ url, headers: { 'x-request-id': id } });
      expect(answer.statusCode).toBe(200);
      expect(answer.headers['x-request-id']).toMatch(/^[0-9a-f-]{36}$/);
    },
  );

  test('a harmless X-Request-Id is', async () => {
    const answer = await send({ url, headers: { 'x-request-id': 'trace-1' } });
    expect(answer.headers['x-request-id']).toBe('trace-1');
  });

  test.each(['', 'é', 'nonsense', ';;;,,,', '*/*;q=NaN', 'a/b', ids(10_000), 'text/csv;q=-1', '*/*;q=0'])(
    'a strange Accept is answered or refused: %.20s',
    async (accept) => {
      const answer = await send({ url, headers: { accept } });
      if (answer.statusCode !== 200) expectRefusal(answer, 406, accept);
    },
  );

  test.each(['', 'é', ';;q=,', 'id;q=zzz', `${ids(10_000)}`, 'x-klingon', `${'id,'.repeat(3000)}`])(
    'a strange Accept-Language is no obstacle: %.20s',
    async (language) => {
      const headers = { 'accept-language': language };
      expect((await send({ url, headers })).statusCode).toBe(200);
      expectRefusal(await send({ url: '/v1/nothing', headers }), 404, language);
    },
  );

  test.each(['', ' ', 'é', 'a\u0001b', ids(256), ids(10_000), ' a', 'a '])(
    'an Idempotency-Key that is none is refused and keeps nothing: %.20s',
    async (key) => {
      for (const { id, method } of operations.filter(({ parameters }) =>
        parameters.some(({ name }) => name === 'Idempotency-Key'),
      )) {
        const call = await RIGHT_CALLS[id]!.call(world);
        const before = await rowCounts(world.service);
        const headers = { ...call.headers, 'idempotency-key': key };
        const answer = await send({ ...call, method, headers });
        expectRefusal(answer, 422, `${id} with ${key}`);
        expect(answer.json().errors[0].pointer).toBe('/headers/idempotency-key');
        expect(await rowCounts(world.service)).toEqual(before);
      }
    },
  );

  test.each(['', '"', 'W/"1"', 'é', ids(10_000), '"x", "y"', ',,,'])(
    'an If-Match that does not match changes nothing: %.20s',
    async (tag) => {
      const call = await RIGHT_CALLS.changeEmployer!.call(world);
      const before = await rowCounts(world.service);
      expectRefusal(await send({ ...call, method: 'PATCH', headers: { 'if-match': tag } }), 412, tag);
      expect(await rowCounts(world.service)).toEqual(before);
    },
  );
});
