import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { AgencyKind } from '#src/http/actor.ts';
import { startApp, type TestApp } from '#test/setup/app.ts';
import { enterAgency, LICENSING, recordDebtor, request, take } from '#test/setup/sanctions.ts';

const PROCUREMENT = 'ukpbj-kulon-progo';

let service: TestApp;
let employerId: string;
let sanctionId: string;
let requestId: string;
let licensing: string;

beforeAll(async () => {
  service = await startApp();
  await enterAgency(service, LICENSING, 'licensing_office');
  await enterAgency(service, PROCUREMENT, 'procurement_unit');
  licensing = await service.token({ agency: LICENSING, kind: 'licensing_office', regions: ['51'] });
  employerId = (await recordDebtor(service)).id;
  ({ sanctionId, requestId } = await request(service, employerId, { note: 'untuk izin' }));
  await take(service, sanctionId, {
    step: 'tmp2t_request',
    on: '2026-11-06',
    services: ['tender_permit'],
    decidedBy: PROCUREMENT,
    note: 'untuk tender',
  });
  await take(service, sanctionId, { step: 'referred_to_prosecutor', on: '2026-11-07', note: 'untuk jaksa' });
  // Another employer's procedure, which asks nobody.
  await request(service, (await recordDebtor(service)).id, { decidedBy: 'Dinas Perizinan' });
});
afterAll(() => service.close());

const read = async (url: string, token: string) => (await service.send({ url, token })).json();
/** Every address under which the procedure can be found, and whether it is. */
async function found(token: string): Promise<boolean[]> {
  const one = await service.send({ url: `/v1/sanctions/${sanctionId}`, token });
  const ids = [one.statusCode === 200];
  for (const url of ['/v1/sanctions', '/v1/sanctions/deadlines?on=2026-01-01&until=2027-12-31']) {
    const { items } = await read(`${url}${url.includes('?') ? '&' : '?'}limit=200`, token);
    ids.push(
      items.some((each: { id?: string; sanctionId?: string }) => (each.id ?? each.sanctionId) === sanctionId),
    );
  }
  return ids;
}

const WHOLE: AgencyKind[] = [
  'social_security_branch',
  'labour_office',
  'prosecutor',
  'regional_government',
  'auditor',
  'operator',
  'village_government',
];

describe.each(WHOLE)('a %s', (kind) => {
  test('sees the procedures of its regions, whole', async () => {
    const token = await service.token({ agency: `kp-${kind}`, kind, regions: ['34.01'] });
    expect(await found(token)).toEqual([true, true, true]);
    const seen = await read(`/v1/sanctions/${sanctionId}`, token);
    expect(seen.requests).toHaveLength(2);
    expect(JSON.stringify(seen)).toContain('untuk jaksa');
  });

  test('sees none of another region', async () => {
    const token = await service.token({ agency: `bali-${kind}`, kind, regions: ['51'] });
    expect(await found(token)).toEqual([false, false, false]);
    expect((await read('/v1/sanctions', token)).items).toEqual([]);
  });
});

test.each(['licensing_office', 'procurement_unit'] as const)(
  'a %s that was not asked sees nothing of its own region',
  async (kind) => {
    const token = await service.token({ agency: `lain-${kind}`, kind, regions: ['34.01'] });
    expect(await found(token)).toEqual([false, false, false]);
    const own = await service.send({ url: `/v1/employers/${employerId}/sanctions`, token });
    expect(own.json().items).toEqual([]);
  },
);

test('a unit that was asked sees its request and what that rests on, wherever its region is', async () => {
  expect(await found(licensing)).toEqual([true, true, true]);
  const { items } = await read('/v1/sanctions', licensing);
  expect(items).toHaveLength(1);
  const seen = await read(`/v1/sanctions/${sanctionId}`, licensing);
  expect(seen).toEqual(items[0]);
  expect(seen).toMatchObject({
    employer: { id: employerId, npp: expect.any(String), regionCode: '34.01' },
    codes: ['ARREARS'],
    articles: expect.arrayContaining(['PP 86/2013']),
    arrears: { months: 1 },
    requests: [{ id: requestId, services: ['business_licence'] }],
    steps: [
      { step: 'first_warning', on: '2026-09-21' },
      { step: 'second_warning', on: '2026-10-06' },
      { step: 'tmp2t_request', id: requestId, note: 'untuk izin' },
    ],
    nextSteps: [{ step: 'tmp2t_decision', requestId }],
  });
  for (const hidden of ['fine', 'note', 'openedBy']) expect(seen).not.toHaveProperty(hidden);
  expect(JSON.stringify(seen)).not.toMatch(
    /untuk tender|untuk jaksa|ukpbj|referred|administrative_fine|inspector-1/,
  );
  const { items: deadlines } = await read(
    '/v1/sanctions/deadlines?on=2026-01-01&until=2027-12-31',
    licensing,
  );
  expect(deadlines.map((each: { requestId: string }) => each.requestId)).toEqual([requestId, requestId]);
});

test('a unit that was asked can do nothing but answer', async () => {
  for (const body of [
    { step: 'closed', on: '2026-11-20', note: 'x' },
    { step: 'tmp2t_lift_request', on: '2026-11-20' },
    { step: 'tmp2t_decision', on: '2026-11-20', accepted: true, decidedBy: PROCUREMENT },
  ]) {
    const answer = await service.send({ url: `/v1/sanctions/${sanctionId}/steps`, body, token: licensing });
    expect(answer.statusCode).toBe(403);
  }
  const other = await service.token({ agency: PROCUREMENT, kind: 'procurement_unit' });
  const body = { step: 'tmp2t_decision', on: '2026-11-20', accepted: true, requestId };
  const answer = await service.send({ url: `/v1/sanctions/${sanctionId}/steps`, body, token: other });
  expect(answer.json()).toMatchObject({ status: 409, code: 'sanction_step_not_open' });
  expect(answer.body).not.toContain(requestId);
});

test('the company sees its own without notes, and no other', async () => {
  const token = await service.token({ agency: 'pt', kind: 'employer', regions: [], employerId });
  expect(await found(token)).toEqual([true, true, true]);
  const { items } = await read(`/v1/employers/${employerId}/sanctions`, token);
  expect(items).toMatchObject([
    { id: sanctionId, requests: [{}, {}], fine: { months: [{ period: '2026-08' }] } },
  ]);
  expect(items[0].steps.map((each: { step: string }) => each.step)).toContain('referred_to_prosecutor');
  expect(JSON.stringify(items)).not.toMatch(/untuk (izin|tender|jaksa)/);
  const { id } = await recordDebtor(service);
  const other = await service.token({ agency: 'pt', kind: 'employer', regions: [], employerId: id });
  expect(await found(other)).toEqual([false, false, false]);
  const body = { step: 'closed', on: '2026-11-20', note: 'x' };
  const closed = await service.send({ url: `/v1/sanctions/${sanctionId}/steps`, body, token });
  expect(closed.json()).toMatchObject({ status: 403, code: 'kind_not_allowed' });
});

test('a company does not see what an office was asked whose name its client bears', async () => {
  const { id } = await recordDebtor(service);
  const token = await service.token({ agency: LICENSING, kind: 'employer', regions: [], employerId: id });
  expect(await found(token)).toEqual([false, false, false]);
});
