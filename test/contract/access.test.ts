import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { SCOPES, type Scope } from '#src/http/actor.ts';
import { collectRoutes, type Operation, operationsOf } from './operations.ts';
import { type Call, type Outcome, RIGHT_CALLS } from './right-calls.ts';
import { EMPLOYER, prepareWorld, type World } from './world.ts';

/** What needs no token, with the status that a bare request gets. */
const PUBLIC: Record<string, number> = {
  getOpenApi: 200,
  getLiveness: 200,
  getReadiness: 200,
  getMetrics: 200,
  getSigningKeys: 200,
  getIssuerMetadata: 200,
  issueToken: 400,
  verifyReceipt: 422,
};

const routes = collectRoutes();
const world = await prepareWorld();
const operations = new Map(operationsOf(world.service.app).map((operation) => [operation.id, operation]));
afterAll(() => world.service.close());

test('every operation has an entry in the tables, and every entry an operation', () => {
  const entries = [...Object.keys(RIGHT_CALLS), ...Object.keys(PUBLIC)];
  expect([...operations.keys()].sort()).toEqual(entries.sort());
});

test('every route is documented, but for the page of the documentation', () => {
  const documented = [...operations.values()].map(
    ({ method, path }) => `${method} ${path.replaceAll(/\{(\w+)\}/g, ':$1')}`,
  );
  const found = [...routes].filter((route) => !/^HEAD |^GET \/docs(\/|$)/.test(route));
  expect(found.sort()).toEqual(documented.sort());
});

test.each(Object.entries(PUBLIC))('%s needs no token', async (id, status) => {
  const { method, path } = operations.get(id)!;
  const payload = method === 'POST' ? { payload: {} } : {};
  expect((await world.service.app.inject({ method, url: path, ...payload })).statusCode).toBe(status);
  expect(operations.get(id)!.scopes).toBeUndefined();
});

describe.each(Object.entries(RIGHT_CALLS))('%s', (id, right) => {
  let call: Call;
  const operation = operations.get(id)!;
  beforeAll(async () => {
    call = await right.call(world);
  });

  const send = ({ token, authorization }: { token?: string; authorization?: string }) =>
    world.service.app.inject({
      method: operation.method,
      url: call.url,
      ...(call.body && { payload: call.body }),
      headers: {
        ...call.headers,
        ...(authorization !== undefined && { authorization }),
        ...(token !== undefined && { authorization: `Bearer ${token}` }),
      },
    });

  test.each([
    ['no', undefined],
    ['garbage as', 'Bearer aaaa.bbbb.cccc'],
    ['an empty', 'Bearer '],
    ['another kind of', 'Basic YTpi'],
  ])('with %s token answers 401', async (_what, authorization) => {
    const answer = await send(authorization === undefined ? {} : { authorization });
    expect(answer.json()).toMatchObject({ status: 401, code: 'unauthorized' });
    expect(answer.headers['content-type']).toBe('application/problem+json');
    expect(answer.headers['www-authenticate']).toMatch(/^Bearer/);
    expect(answer.headers['x-request-id']).toMatch(/^[\w-]{36}$/);
  });

  test('with every scope but its own answers 403', async () => {
    const { scopes = [] } = operation;
    if (scopes.length === 0) return;
    const others = SCOPES.filter((scope) => !scopes.includes(scope));
    const answer = await send({ token: await world.service.token({ scopes: others }) });
    expect(answer.json()).toMatchObject({ status: 403, code: 'insufficient_scope' });
    expect(answer.headers['www-authenticate']).toContain(scopes.join(' '));
  });

  test('by an agency of another region', async () => {
    const token = await world.service.token({ agency: 'disnaker-bali', regions: ['51'], sub: 'bali' });
    expectOutcome(await send({ token }), right.elsewhere);
  });

  test('by an agency whose region only begins with the same digits', async () => {
    const token = await world.service.token({ agency: 'disnaker-aneh', regions: ['3', '34.0'], sub: 'aneh' });
    expectOutcome(await send({ token }), right.elsewhere);
  });

  test('by the client of another company', async () => {
    const token = await world.service.token({
      agency: 'perusahaan',
      kind: 'employer',
      regions: ['34'],
      sub: 'hrd',
      employerId: world.otherId,
    });
    expectOutcome(await send({ token }), right.company);
  });

  test('by the right caller with one of its scopes succeeds', async () => {
    const scopes = operation.scopes!.slice(0, 1) as Scope[];
    const token = await world.service.token({ scopes, sub: right.sub ?? 'inspector-1' });
    const answer = await send({ token });
    if (right.problem) return expect(answer.json().code).toBe(right.problem);
    expect(answer.statusCode, answer.body).toBeLessThan(300);
    if (right.elsewhere === 'hidden') expectOutcome(answer, 'shown');
    if (right.elsewhere === 'empty') expect(answer.json().items).not.toEqual([]);
  });
});

function expectOutcome(answer: Awaited<ReturnType<World['service']['send']>>, outcome: Outcome): void {
  if (outcome === 'empty') {
    expect(answer.json()).toEqual({ items: [], nextCursor: null });
  } else if (outcome === 'hidden' || outcome === 'shown' || outcome === 'same') {
    expect(answer.statusCode, answer.body).toBeLessThan(300);
    const shown = answer.body.includes(world.employerId) || answer.body.includes(EMPLOYER.legalName);
    if (outcome !== 'same') expect(shown).toBe(outcome === 'shown');
  } else {
    expect(answer.json()).toMatchObject({ code: outcome });
    expect(answer.headers['content-type']).toBe('application/problem+json');
    expect(answer.body).not.toContain(EMPLOYER.legalName);
  }
}

/** Of the contract, but not built: nothing answers under these names. */
const RESERVED = [
  'GET /v1/certificates',
  'GET /v1/status-lists/1',
  'GET /v1/procedures',
  'GET /v1/webhook-endpoints',
  'GET /v1/changes',
  'GET /v1/audit/reads',
  'GET /v1/reports/summary',
  'GET /v1/sponsorships',
];

test.each(RESERVED)('%s answers 404 to a caller with every scope', async (route) => {
  const [method, path] = route.split(' ') as [Operation['method'], string];
  const url = path.replace('EMPLOYER', world.employerId);
  const answer = await world.service.send({ method, url, ...(method === 'GET' ? {} : { body: {} }) });
  expect(answer.json()).toMatchObject({
    type: 'urn:patuh:problem:not_found',
    status: 404,
    code: 'not_found',
  });
  expect(answer.headers['content-type']).toBe('application/problem+json');
});
