import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { startApp, type TestApp } from '#test/setup/app.ts';

const NOW = '2026-11-20T03:00:00Z';
const GROUND = { kind: 'procurement_block', ground: 'Iuran menunggak', startsOn: '2026-11-01' };

let service: TestApp;
let second: string;
let employerClient: string;
let employerId: string;

beforeAll(async () => {
  service = await startApp(NOW);
  const created = await service.send({
    url: '/v1/employers',
    body: {
      legalName: 'PT Jasa Keamanan Menoreh',
      npp: 'AB123456',
      kind: 'private',
      scale: 'small',
      regionCode: '34.01',
      registeredOn: '2026-11-02',
      jkkClass: 'I',
      jkkClassOrigin: 'bpjs_decision',
    },
  });
  employerId = created.json().id;
  second = await service.token({ sub: 'inspector-2' });
  employerClient = await service.token({
    agency: 'pt-menoreh',
    kind: 'employer',
    scopes: ['compliance:read'],
    sub: 'hrd',
    employerId,
  });
});
beforeEach(() => service.setNow(NOW));
afterAll(() => service.close());

async function propose(more: object = {}): Promise<string> {
  const raised = await service.send({ url: '/v1/flags', body: { employer: employerId, ...GROUND, ...more } });
  expect(raised.statusCode).toBe(201);
  return raised.json().id;
}

async function act(flagId: string, path: string, token: string, body: object = {}) {
  return service.send({ url: `/v1/flags/${flagId}/${path}`, body, token });
}

async function inForce(more: object = {}): Promise<string> {
  const flagId = await propose(more);
  expect((await act(flagId, 'approvals', second)).json().state).toBe('in_force');
  return flagId;
}

async function read(flagId: string) {
  return (await service.send({ url: `/v1/flags/${flagId}` })).json();
}

/** What the verdict and the lists say of the flag today. */
async function shown(flagId: string) {
  const verdict = await service.send({ url: `/v1/employers/${employerId}/verdict` });
  const restrictions: { reference: string }[] = verdict.json().restrictions;
  const listed = await service.deps.database.pool.query(
    'select flagged from stretches where employer_id = $1 and from_on <= $2 and until_on > $2',
    [employerId, service.deps.clock().toISOString().slice(0, 10)],
  );
  return {
    restriction: restrictions.find(({ reference }) => reference === flagId),
    flagged: listed.rows[0].flagged,
  };
}

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
    ['objections/019a0000-0000-7000-8000-000000000000/decisions', '/upheld', { reason: 'a' }],
  ])('of %s is refused at %s', async (path, pointer, body) => {
    const refused = await act('019a0000-0000-7000-8000-000000000000', path, second, body);
    expect(refused.json()).toMatchObject({ status: 422, errors: [{ pointer }] });
  });

  test('a flag may end on the day on which it is proposed', async () => {
    const id = await propose({ startsOn: '2026-11-20', endsOn: '2026-11-20' });
    expect((await act(id, 'approvals', second)).json().state).toBe('in_force');
    await act(id, 'lifts', second, { reason: 'selesai' });
  });
});
