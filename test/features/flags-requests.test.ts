import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startApp, type TestApp } from '#test/setup/app.ts';

const GROUND = { kind: 'procurement_block', ground: 'Iuran menunggak', startsOn: '2026-11-01' };
const NO_FLAG = '019a0000-0000-7000-8000-000000000000';

let service: TestApp;
let second: string;
let employerId: string;

beforeAll(async () => {
  service = await startApp();
  const created = await service.send({
    url: '/v1/employers',
    body: { legalName: 'PT Menoreh', kind: 'private', scale: 'small', regionCode: '34.01' },
  });
  employerId = created.json().id;
  second = await service.token({ sub: 'inspector-2' });
});
afterAll(() => service.close());

describe('a body that is wrong', () => {
  test.each([
    ['/kind', 'invalid_value', { kind: 'ban' }],
    ['/ground', 'too_small', { ground: ' ' }],
    ['/startsOn', 'invalid_day', { startsOn: '2026-02-30' }],
    ['/startsOn', 'required', { startsOn: undefined }],
    ['/startsOn', 'before_programmes', { startsOn: '2015-06-30' }],
    ['/endsOn', 'before_start', { startsOn: '2026-12-02', endsOn: '2026-12-01' }],
    ['/endsOn', 'in_past', { endsOn: '2026-11-19' }],
    ['/note', 'invalid_characters', { note: 'a\u0000b' }],
    ['/state', 'unknown_field', { state: 'in_force' }],
  ])('is refused at %s: %s', async (pointer, code, more) => {
    const body = { employer: employerId, ...GROUND, ...more };
    const refused = await service.send({ url: '/v1/flags', body });
    expect(refused.json()).toMatchObject({ status: 422, errors: [{ pointer, code }] });
  });

  test.each([
    ['rejections', '/reason', {}],
    ['lifts', '/reason', { reason: '' }],
    ['objections', '/suspensive', { reason: 'a', suspensive: 'yes' }],
    ['objections', '/agency', { reason: 'a', agency: 'x' }],
    ['approvals', '/by', { by: 'inspector-2' }],
    [`objections/${NO_FLAG}/decisions`, '/upheld', { reason: 'a' }],
  ])('of %s is refused at %s', async (path, pointer, body) => {
    const refused = await service.send({ url: `/v1/flags/${NO_FLAG}/${path}`, body });
    expect(refused.json()).toMatchObject({ status: 422, errors: [{ pointer }] });
  });

  test('a flag may end on the day on which it is proposed', async () => {
    const body = { employer: employerId, ...GROUND, startsOn: '2026-11-20', endsOn: '2026-11-20' };
    expect((await service.send({ url: '/v1/flags', body })).statusCode).toBe(201);
  });
});

test('an act is replayed by its idempotency key', async () => {
  const raised = await service.send({ url: '/v1/flags', body: { employer: employerId, ...GROUND } });
  const rejection = {
    url: `/v1/flags/${raised.json().id}/rejections`,
    body: { reason: 'keliru' },
    headers: { 'idempotency-key': 'flag-2' },
  };
  const first = await service.send(rejection);
  const replayed = await service.send(rejection);
  expect([replayed.statusCode, replayed.headers['idempotency-replayed']]).toEqual([201, 'true']);
  expect(replayed.json()).toEqual(first.json());
});

test('a request is replayed by its idempotency key, with whatever has become of the flag', async () => {
  const body = { employer: employerId, ...GROUND, endsOn: '2026-11-20' };
  const headers = { 'idempotency-key': 'flag-1' };
  const first = await service.send({ url: '/v1/flags', body, headers });
  const { id } = first.json();
  await service.send({ url: `/v1/flags/${id}/approvals`, body: {}, token: second });
  service.setNow('2026-11-21T02:00:00Z');
  const replayed = await service.send({ url: '/v1/flags', body, headers });
  expect(replayed.headers['idempotency-replayed']).toBe('true');
  expect([replayed.statusCode, replayed.headers.location]).toEqual([201, `/v1/flags/${id}`]);
  expect(replayed.json()).toEqual(first.json());
  const other = await service.send({ url: '/v1/flags', body: { ...body, kind: 'watch' }, headers });
  expect(other.json()).toMatchObject({ status: 422, code: 'idempotency_key_reused' });
});
