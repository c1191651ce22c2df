import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startApp, type TestApp } from '#test/setup/app.ts';
import { declareMonth, recordEmployer } from '#test/setup/employers.ts';
import { agree, post } from '#test/setup/suspensions.ts';

const REASON = { reason: 'sudah diperiksa' };

let service: TestApp;
let employerId: string;
let callers: Record<string, string>;
let planId: string;

beforeAll(async () => {
  service = await startApp();
  employerId = (await recordEmployer(service)).id;
  await declareMonth(service, employerId, '2026-10');
  const other = await recordEmployer(service);
  const company = { kind: 'employer', agency: 'pt', regions: [], sub: 'hrd' } as const;
  callers = {
    colleague: await service.token({ sub: 'inspector-2' }),
    otherAgency: await service.token({ agency: 'bpjs-wates', kind: 'social_security_branch', sub: 'ani' }),
    otherRegion: await service.token({ agency: 'disnaker-bali', regions: ['51'], sub: 'bali' }),
    employer: await service.token({ ...company, employerId }),
    otherEmployer: await service.token({ ...company, employerId: other.id }),
    objector: await service.token({ ...company, employerId, scopes: ['flags:write', 'compliance:read'] }),
    flagger: await service.token({ scopes: ['flags:write'] }),
  };
  planId = (await agree(service, employerId, [['2026-12-15', 50_000]], { note: 'rahasia' })).id;
});
afterAll(() => service.close());

async function send(caller: string, url: string, body?: object) {
  const answer = await service.send({ url, ...(body && { body }), token: callers[caller]! });
  return [answer.statusCode, answer.json().code];
}

const dispute = (caller?: string) =>
  post(service, '/v1/disputes', { employer: employerId }, caller && callers[caller]);

describe('an employer', () => {
  test('suspends nothing itself', async () => {
    const refused = [403, 'suspension_needs_agency'];
    const plan = {
      employer: employerId,
      periods: ['2026-10'],
      instalments: [{ dueOn: '2026-12-15', amount: 1 }],
      agreedOn: '2026-11-20',
    };
    expect(await send('employer', '/v1/plans', plan)).toEqual(refused);
    expect(await send('employer', '/v1/regularisations', { employer: employerId })).toEqual(refused);
    const suspensive = { employer: employerId, suspensive: true };
    expect(await send('employer', '/v1/disputes', suspensive)).toEqual(refused);
    const { items } = (await service.send({ url: `/v1/employers/${employerId}/suspensions` })).json();
    expect(items.map(({ id }: { id: string }) => id)).toEqual([planId]);
  });

  test('contests its breaches with the scope of objections, and withdraws, but does not decide', async () => {
    const { id, agency, recordedBy } = await dispute('objector');
    expect([agency, recordedBy]).toEqual(['pt', 'hrd']);
    const decision = { ...REASON, upheld: true };
    expect(await send('employer', `/v1/disputes/${id}/decisions`, decision)).toEqual([
      403,
      'suspension_needs_agency',
    ]);
    expect(await send('otherAgency', `/v1/disputes/${id}/withdrawals`, REASON)).toEqual([
      403,
      'suspension_of_other_party',
    ]);
    expect(await send('objector', `/v1/disputes/${id}/withdrawals`, REASON)).toEqual([201, undefined]);
  });

  test('does not withdraw what an agency recorded', async () => {
    const { id } = await dispute();
    for (const path of [`plans/${planId}`, `disputes/${id}`]) {
      expect(await send('employer', `/v1/${path}/withdrawals`, REASON)).toEqual([
        403,
        'suspension_of_other_party',
      ]);
    }
  });

  test('reads what is held about it, without the note, in every form', async () => {
    const urls = [`/v1/plans/${planId}`, '/v1/plans', `/v1/employers/${employerId}/suspensions`];
    expect((await service.send({ url: urls[0]! })).json().note).toBe('rahasia');
    for (const url of urls) {
      for (const accept of ['application/json', 'text/csv', 'application/x-ndjson']) {
        const answer = await service.send({ url, token: callers.employer!, headers: { accept } });
        expect(answer.statusCode).toBe(200);
        expect(answer.body).toContain(planId);
        expect(answer.body).not.toContain('rahasia');
      }
    }
  });
});

describe('a dispute that the employer opened', () => {
  test('is decided by any agency that sees the employer', async () => {
    const { id } = await dispute('employer');
    const decision = { ...REASON, upheld: false };
    expect(await send('otherRegion', `/v1/disputes/${id}/decisions`, decision)).toEqual([404, 'not_found']);
    expect(await send('otherAgency', `/v1/disputes/${id}/decisions`, decision)).toEqual([201, undefined]);
  });
});

describe('another agency of the region', () => {
  const refused = [403, 'suspension_of_other_party'];

  test('sees, but ends nothing', async () => {
    const { id } = await dispute();
    const decision = { ...REASON, upheld: false };
    expect(await send('otherAgency', `/v1/disputes/${id}`)).toEqual([200, undefined]);
    expect(await send('otherAgency', `/v1/disputes/${id}/decisions`, decision)).toEqual(refused);
    expect(await send('otherAgency', `/v1/disputes/${id}/withdrawals`, REASON)).toEqual(refused);
    expect(await send('otherAgency', `/v1/plans/${planId}/withdrawals`, REASON)).toEqual(refused);
    expect(await send('colleague', `/v1/disputes/${id}/decisions`, decision)).toEqual([201, undefined]);
  });
});

test.each(['otherRegion', 'otherEmployer'])('%s finds nothing', async (caller) => {
  expect(await send(caller, `/v1/plans/${planId}`)).toEqual([404, 'not_found']);
  expect(await send(caller, `/v1/plans/${planId}/withdrawals`, REASON)).toEqual([404, 'not_found']);
  expect(await send(caller, `/v1/employers/${employerId}/suspensions`)).toEqual([404, 'not_found']);
  expect(await send(caller, `/v1/plans?employer=${employerId}`)).toEqual([404, 'not_found']);
  expect(await send(caller, '/v1/disputes', { employer: employerId })).toEqual([404, 'not_found']);
  const listed = await service.send({ url: '/v1/plans', token: callers[caller]! });
  expect(listed.json()).toEqual({ items: [], nextCursor: null });
});

test('plans and invitations need the scope of sanctions', async () => {
  for (const [path, body] of [
    ['plans', {}],
    [`plans/${planId}/withdrawals`, REASON],
    ['regularisations', { employer: employerId }],
  ] as const) {
    expect(await send('flagger', `/v1/${path}`, body)).toEqual([403, 'insufficient_scope']);
  }
});

test('one kind is not found among the others', async () => {
  expect(await send('colleague', `/v1/disputes/${planId}`)).toEqual([404, 'not_found']);
  expect(await send('colleague', `/v1/disputes/${planId}/withdrawals`, REASON)).toEqual([404, 'not_found']);
});

test('an agency keeps what it recorded where the employer has moved away', async () => {
  const { id } = await recordEmployer(service);
  const plan = await agree(service, id, [['2026-12-15', 50_000]]);
  const token = await service.token({ agency: 'disnaker-diy', regions: ['34', '51'], sub: 'pusat' });
  const url = `/v1/employers/${id}`;
  const { headers } = await service.send({ url });
  const moved = await service.send({
    method: 'PATCH',
    url,
    body: { regionCode: '51.71' },
    headers: { 'if-match': String(headers.etag) },
    token,
  });
  expect(moved.statusCode, moved.body).toBe(200);
  expect(await send('otherAgency', `/v1/plans/${plan.id}`)).toEqual([404, 'not_found']);
  expect(await send('colleague', `/v1/plans/${plan.id}/withdrawals`, REASON)).toEqual([201, undefined]);
});
