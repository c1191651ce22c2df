import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startApp, type TestApp } from '#test/setup/app.ts';

let service: TestApp;
let employers: string[];
let flagId: string;
let objectionId: string;
let callers: Record<string, string>;

beforeAll(async () => {
  service = await startApp();
  const create = (legalName: string, regionCode: string) =>
    service.send({
      url: '/v1/employers',
      body: { legalName, kind: 'private', scale: 'small', regionCode },
    });
  const created = [await create('PT Wates', '34.01'), await create('PT Sleman', '34.04')];
  employers = created.map((answer) => answer.json().id);
  const company = { kind: 'employer', agency: 'pt', regions: [], sub: 'hrd' } as const;
  callers = {
    secondPerson: await service.token({ sub: 'inspector-2' }),
    otherAgency: await service.token({ agency: 'ulp-diy', kind: 'procurement_unit', sub: 'panitia' }),
    otherRegion: await service.token({ agency: 'disnaker-bali', regions: ['51'], sub: 'bali' }),
    reader: await service.token({ sub: 'reader', scopes: ['compliance:read'] }),
    stranger: await service.token({ sub: 'stranger', scopes: ['registry:read'] }),
    employer: await service.token({ ...company, employerId: employers[0]! }),
    otherEmployer: await service.token({ ...company, employerId: employers[1]! }),
  };
  const raised = await service.send({ url: '/v1/flags', body: proposal(employers[0]!) });
  flagId = raised.json().id;
  const objected = await service.send({
    url: `/v1/flags/${flagId}/objections`,
    body: { reason: 'keberatan' },
    token: callers.employer!,
  });
  objectionId = objected.json().history[0].id;
});
afterAll(() => service.close());

function proposal(employer: string) {
  return { employer, kind: 'watch', ground: 'laporan', note: 'rahasia', startsOn: '2026-11-20' };
}

const BODIES = {
  approvals: {},
  rejections: { reason: 'x' },
  lifts: { reason: 'x' },
  objections: { reason: 'x' },
  decisions: { upheld: true, reason: 'x' },
};

async function act(what: keyof typeof BODIES, caller: string) {
  const path = what === 'decisions' ? `objections/${objectionId}/decisions` : what;
  const answer = await service.send({
    url: `/v1/flags/${flagId}/${path}`,
    body: BODIES[what],
    token: callers[caller]!,
  });
  return [answer.statusCode, answer.json().code];
}

describe('acts on a flag', () => {
  test.each(['approvals', 'rejections', 'lifts', 'decisions'] as const)(
    '%s are its agency’s',
    async (what) => {
      expect(await act(what, 'otherAgency')).toEqual([403, 'flag_of_other_agency']);
      expect(await act(what, 'employer')).toEqual([403, 'flag_acts_need_agency']);
    },
  );

  test.each(Object.keys(BODIES) as (keyof typeof BODIES)[])('%s see no flag elsewhere', async (what) => {
    expect(await act(what, 'otherRegion')).toEqual([404, 'not_found']);
    expect(await act(what, 'otherEmployer')).toEqual([404, 'not_found']);
    expect(await act(what, 'reader')).toEqual([403, 'insufficient_scope']);
    expect(await act(what, 'stranger')).toEqual([403, 'insufficient_scope']);
  });

  test('an agency that sees the employer objects on its behalf', async () => {
    expect(await act('objections', 'otherAgency')).toEqual([201, undefined]);
  });

  test('need a token', async () => {
    const url = `/v1/flags/${flagId}/approvals`;
    const answer = await service.app.inject({ method: 'POST', url, payload: {} });
    expect(answer.json()).toMatchObject({ status: 401, code: 'unauthorized' });
  });

  test('on a flag that does not exist find none', async () => {
    const url = '/v1/flags/019a0000-0000-7000-8000-000000000000/approvals';
    const answer = await service.send({ url, body: {}, token: callers.secondPerson! });
    expect(answer.json()).toMatchObject({ status: 404, code: 'not_found' });
  });
});

describe('a proposal', () => {
  test.each([
    ['otherRegion', 404, 'not_found'],
    ['employer', 403, 'flag_acts_need_agency'],
    ['otherEmployer', 403, 'flag_acts_need_agency'],
    ['reader', 403, 'insufficient_scope'],
    ['otherAgency', 201, undefined],
  ])('by %s answers %i', async (caller, status, code) => {
    const answer = await service.send({
      url: '/v1/flags',
      body: proposal(employers[1]!),
      token: callers[caller]!,
    });
    expect([answer.statusCode, answer.json().code]).toEqual([status, code]);
  });

  test('on an employer that does not exist finds none', async () => {
    for (const employer of ['npp:ZZ999999', 'nonsense']) {
      expect((await service.send({ url: '/v1/flags', body: proposal(employer) })).statusCode).toBe(404);
    }
  });
});

describe('reading', () => {
  const urls = () => [
    `/v1/flags/${flagId}`,
    `/v1/employers/${employers[0]}/flags`,
    `/v1/flags?employer=${employers[0]}`,
  ];

  test.each([
    ['otherAgency', 200],
    ['reader', 200],
    ['employer', 200],
    ['otherEmployer', 404],
    ['otherRegion', 404],
    ['stranger', 403],
  ])('by %s answers %i', async (caller, status) => {
    for (const url of urls()) {
      expect((await service.send({ url, token: callers[caller]! })).statusCode).toBe(status);
    }
  });

  test('needs a token', async () => {
    for (const url of urls()) expect((await service.app.inject({ url })).statusCode).toBe(401);
  });

  test.each([
    ['otherAgency', 2],
    ['employer', 1],
    ['otherEmployer', 1],
    ['otherRegion', 0],
  ])('all, %s finds %i', async (caller, count) => {
    const answer = await service.send({ url: '/v1/flags', token: callers[caller]! });
    expect(answer.json().items).toHaveLength(count);
  });

  test('an employer sees the flag on itself without the note, in every form', async () => {
    expect((await service.send({ url: `/v1/flags/${flagId}` })).json().note).toBe('rahasia');
    for (const url of urls()) {
      for (const accept of ['application/json', 'text/csv', 'application/x-ndjson']) {
        const answer = await service.send({ url, token: callers.employer!, headers: { accept } });
        expect(answer.statusCode).toBe(200);
        expect(answer.body).toContain(flagId);
        expect(answer.body).not.toContain('rahasia');
      }
    }
    const objection = { url: `/v1/flags/${flagId}/objections`, body: { reason: 'keberatan' } };
    const repeated = await service.send({ ...objection, token: callers.employer! });
    expect([repeated.statusCode, repeated.json().note]).toEqual([200, undefined]);
  });
});
