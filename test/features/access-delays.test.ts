import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { AGENCY_KINDS } from '#src/http/actor.ts';
import { startApp, type TestApp } from '#test/setup/app.ts';
import { declareMonth, recordEmployer } from '#test/setup/employers.ts';

const DAY_0 = '2026-11-20T03:00:00.000Z';

let service: TestApp;
let tokens: Record<string, string>;
let employer: { id: string; npp: string };
let own: string;

beforeAll(async () => {
  service = await startApp(DAY_0);
  tokens = {
    prosecutor: await service.token({ agency: 'kejari-kp', kind: 'prosecutor', sub: 'jaksa-1' }),
    office: await service.token({ agency: 'disnaker-kp', sub: 'pengawas-1' }),
    unit: await service.token({ agency: 'ulp-kp', kind: 'procurement_unit', sub: 'panitia' }),
    auditor: await service.token({ agency: 'bpk-diy', kind: 'auditor', sub: 'auditor-1' }),
    operator: await service.token({ agency: 'pusdatin', kind: 'operator', sub: 'op' }),
    elsewhere: await service.token({ agency: 'kejari-bali', kind: 'prosecutor', regions: ['51'], sub: 'b' }),
  };
});
afterAll(() => service.close());

beforeEach(async () => {
  service.setNow(DAY_0);
  employer = await recordEmployer(service);
  own = await companyOf(employer.id);
});

const companyOf = (employerId: string) =>
  service.token({ agency: 'asosiasi', kind: 'employer', regions: [], sub: 'hrd', employerId });

async function delay(body: object, token = tokens.prosecutor!) {
  const url = `/v1/employers/${employer.id}/access-delays`;
  return service.send({ url, body: { caseReference: 'PRINT-7', reason: 'penyidikan', ...body }, token });
}

async function delayed(body: object, token = tokens.prosecutor!) {
  const answer = await delay(body, token);
  expect(answer.statusCode, answer.body).toBe(201);
  return answer.json();
}

async function check(by: string): Promise<string> {
  const body = { subject: { npp: employer.npp }, purpose: 'prosecution', reference: 'BAP-1' };
  return (await service.send({ url: '/v1/checks', body, token: tokens[by]! })).json().id;
}

type Seen = { id: string; delayed?: { until: string; caseReference: string } };

async function accesses(token: string, query = ''): Promise<{ items: Seen[]; nextCursor: string | null }> {
  const answer = await service.send({ url: `/v1/employers/${employer.id}/accesses${query}`, token });
  expect(answer.statusCode, answer.body).toBe(200);
  return answer.json();
}
const seenIds = async (token: string) => (await accesses(token)).items.map(({ id }) => id);

async function delays(token: string) {
  const answer = await service.send({ url: `/v1/employers/${employer.id}/access-delays`, token });
  expect(answer.statusCode, answer.body).toBe(200);
  return answer.json().items as Record<string, unknown>[];
}

describe('while a delay runs', () => {
  test('what its agency asks is hidden from the employer, and from nobody else', async () => {
    const before = await check('prosecutor');
    await delayed({ endsOn: '2026-12-20' });
    const hidden = await check('prosecutor');
    const ofOthers = [await check('office'), await check('unit')];
    expect(await seenIds(own)).toEqual([...ofOthers.toReversed(), before]);
    const all = [...ofOthers.toReversed(), hidden, before];
    for (const by of ['auditor', 'operator', 'office', 'prosecutor'])
      expect(await seenIds(tokens[by]!)).toEqual(all);
  });

  test('a reading of workers is hidden like a check', async () => {
    await declareMonth(service, employer.id, '2026-11');
    await delayed({ endsOn: '2026-12-20' });
    const url = `/v1/employers/${employer.id}/workers?purpose=penyidikan`;
    expect((await service.send({ url, token: tokens.prosecutor! })).statusCode).toBe(200);
    expect(await seenIds(own)).toEqual([]);
    expect(await seenIds(tokens.auditor!)).toHaveLength(1);
    service.setNow('2026-12-20T17:00:00Z');
    expect((await accesses(own)).items).toMatchObject([{ kind: 'personal_data', delayed: {} }]);
  });

  test('only auditors and the agency itself are told that something is delayed', async () => {
    await delayed({ endsOn: '2026-12-20' });
    await check('prosecutor');
    const told = { until: '2026-12-20', caseReference: 'PRINT-7' };
    for (const by of ['auditor', 'prosecutor'])
      expect((await accesses(tokens[by]!)).items[0]!.delayed).toEqual(told);
    for (const by of ['office', 'operator'])
      expect((await accesses(tokens[by]!)).items[0]).not.toHaveProperty('delayed');
  });

  test('neither the check nor its receipt is found by the employer, whatever agency its client is of', async () => {
    await delayed({ endsOn: '2026-12-20' });
    const id = await check('prosecutor');
    const sameAgency = await service.token({
      agency: 'kejari-kp',
      kind: 'employer',
      regions: ['34'],
      employerId: employer.id,
    });
    for (const path of ['', '/receipt']) {
      for (const token of [own, sameAgency]) {
        const answer = await service.send({ url: `/v1/checks/${id}${path}`, token });
        expect(answer.json()).toMatchObject({ status: 404, code: 'not_found' });
      }
    }
    expect(await seenIds(sameAgency)).toEqual([]);
  });

  test('the employer sees what it asks itself, also under the name of the office that investigates', async () => {
    await delayed({ endsOn: '2026-12-20' });
    const token = await service.token({ agency: 'kejari-kp', kind: 'employer', employerId: employer.id });
    const body = { subject: { npp: employer.npp }, purpose: 'self', reference: 'X' };
    const { id } = (await service.send({ url: '/v1/checks', body, token })).json();
    expect((await accesses(own)).items).toMatchObject([{ id, own: true }]);
    expect((await accesses(tokens.auditor!)).items[0]).not.toHaveProperty('delayed');
  });

  test('the delay is seen by its agency and by auditors, and not by others or the employer', async () => {
    const made = await delayed({ endsOn: '2026-12-20' });
    expect(made).toEqual({
      id: expect.any(String),
      employerId: employer.id,
      agency: 'kejari-kp',
      startsOn: '2026-11-20',
      endsOn: '2026-12-20',
      caseReference: 'PRINT-7',
      reason: 'penyidikan',
      recordedBy: 'jaksa-1',
      recordedAt: expect.stringMatching(/^2026-11-20T03:/),
    });
    for (const by of ['prosecutor', 'auditor']) expect(await delays(tokens[by]!)).toEqual([made]);
    expect(await delays(tokens.office!)).toEqual([]);
    expect(await delays(own)).toEqual([]);
  });
});

describe('when a delay is over', () => {
  test('the employer sees what it hid, with the reason, and the delay without the person', async () => {
    const { recordedBy: person, ...made } = await delayed({ endsOn: '2026-12-20' });
    const id = await check('prosecutor');
    service.setNow('2026-12-20T16:59:00Z');
    expect(await seenIds(own)).toEqual([]);
    expect(await delays(own)).toEqual([]);
    service.setNow('2026-12-20T17:00:00Z');
    expect((await accesses(own)).items).toMatchObject([
      { id, delayed: { until: '2026-12-20', caseReference: 'PRINT-7' } },
    ]);
    expect(person).toBe('jaksa-1');
    expect(await delays(own)).toEqual([made]);
  });

  test('90 days after an access it shows, also while the longest delay still has its last day', async () => {
    await delayed({ endsOn: '2027-02-18' });
    const first = await check('prosecutor');
    service.setNow('2026-11-21T03:00:00Z');
    const second = await check('prosecutor');
    service.setNow('2027-02-17T16:59:00Z');
    expect(await seenIds(own)).toEqual([]);
    service.setNow('2027-02-17T17:00:00Z');
    const { items } = await accesses(own);
    expect(items.map(({ id }) => id)).toEqual([first]);
    // The delay runs until the evening: it is not told yet.
    expect(items[0]).not.toHaveProperty('delayed');
    service.setNow('2027-02-18T17:00:00Z');
    expect((await accesses(own)).items).toMatchObject([
      { id: second, delayed: { until: '2027-02-18' } },
      { id: first, delayed: { until: '2027-02-17' } },
    ]);
  });

  test('a delay recorded on top prolongs nothing that was asked before', async () => {
    await delayed({ endsOn: '2026-12-20' });
    const asked = await check('prosecutor');
    service.setNow('2026-12-20T03:00:00Z');
    await delayed({ endsOn: '2027-03-20', caseReference: 'PRINT-8' });
    const later = await check('prosecutor');
    service.setNow('2026-12-21T03:00:00Z');
    expect(await seenIds(own)).toEqual([asked]);
    service.setNow('2027-03-20T03:00:00Z');
    expect(await seenIds(own)).toEqual([later, asked]);
  });

  test('another service on the same database says the same', async () => {
    await delayed({ endsOn: '2026-12-20' });
    const id = await check('prosecutor');
    const later = await startApp('2026-12-21T03:00:00Z', {}, { beside: service });
    const answer = await later.send({ url: `/v1/employers/${employer.id}/accesses`, token: own });
    expect(answer.json().items).toMatchObject([{ id, delayed: { caseReference: 'PRINT-7' } }]);
    await later.close();
  });
});

test('pages show what is visible and nothing else, however much is hidden in between', async () => {
  await delayed({ endsOn: '2026-12-20' });
  const visible: string[] = [];
  for (let round = 0; round < 4; round += 1) {
    for (let hidden = 0; hidden < 5; hidden += 1) await check('prosecutor');
    visible.push(await check('unit'));
    visible.push(await check('office'));
  }
  for (let hidden = 0; hidden < 7; hidden += 1) await check('prosecutor');
  for (const limit of [1, 2, 3, 8, 50]) {
    const seen: string[] = [];
    let cursor: string | null = '';
    while (cursor !== null) {
      const { items, nextCursor } = await accesses(own, `?limit=${limit}${cursor && `&cursor=${cursor}`}`);
      // A page is full while there is more: nobody can count what is left out.
      if (nextCursor !== null) expect(items).toHaveLength(limit);
      expect(items.length).toBeGreaterThan(0);
      seen.push(...items.map(({ id }) => id));
      cursor = nextCursor;
    }
    expect(seen).toEqual(visible.toReversed());
  }
  const csv = await service.send({
    url: `/v1/employers/${employer.id}/accesses?limit=1`,
    headers: { accept: 'text/csv' },
    token: own,
  });
  expect(csv.body.trim().split('\r\n')).toHaveLength(1 + visible.length);
});

describe('a delay is refused', () => {
  test.each([
    ['that begins yesterday', { startsOn: '2026-11-19', endsOn: '2026-12-01' }, '/startsOn', 'in_past'],
    [
      'that ends before it begins',
      { startsOn: '2026-11-25', endsOn: '2026-11-24' },
      '/endsOn',
      'before_start',
    ],
    ['that ended yesterday', { endsOn: '2026-11-19' }, '/endsOn', 'before_start'],
    ['of 91 days', { endsOn: '2027-02-19' }, '/endsOn', 'too_long'],
    ['of 91 days next year', { startsOn: '2027-06-01', endsOn: '2027-08-31' }, '/endsOn', 'too_long'],
    ['to the end of all days', { endsOn: '2199-12-31' }, '/endsOn', 'too_long'],
    ['on a day that is none', { endsOn: '2027-02-30' }, '/endsOn', 'invalid_day'],
    ['without an end', {}, '/endsOn', 'required'],
    ['without a case', { endsOn: '2026-12-01', caseReference: ' ' }, '/caseReference', 'too_small'],
    ['without a reason', { endsOn: '2026-12-01', reason: undefined }, '/reason', 'required'],
    ['for another agency', { endsOn: '2026-12-01', agency: 'ulp-kp' }, '/agency', 'unknown_field'],
  ])('%s', async (_what, body, pointer, code) => {
    const answer = await delay(body);
    expect(answer.json()).toMatchObject({
      status: 422,
      code: 'invalid_content',
      errors: [{ pointer, code }],
    });
    expect(await delays(tokens.prosecutor!)).toEqual([]);
  });

  const MAY = ['labour_office', 'social_security_branch', 'prosecutor'];
  test.each(AGENCY_KINDS)('or taken from a %s as it should be', async (kind) => {
    const token = await service.token({
      kind,
      agency: `instansi-${kind}`,
      ...(kind === 'employer' && { employerId: employer.id }),
    });
    const answer = await delay({ endsOn: '2026-12-01' }, token);
    if (MAY.includes(kind)) expect(answer.statusCode).toBe(201);
    else expect(answer.json()).toMatchObject({ status: 403, code: 'kind_not_allowed' });
  });

  test('about an employer of another region', async () => {
    const answer = await delay({ endsOn: '2026-12-01' }, tokens.elsewhere!);
    expect(answer.json()).toMatchObject({ status: 404, code: 'not_found' });
  });

  test('by who may only read', async () => {
    const scopes = ['audit:read', 'compliance:read'] as const;
    const answer = await delay(
      { endsOn: '2026-12-01' },
      await service.token({ agency: 'kejari-kp', kind: 'prosecutor', scopes }),
    );
    expect(answer.json()).toMatchObject({ status: 403, code: 'insufficient_scope' });
    const reader = await service.token({ kind: 'auditor', scopes: ['compliance:read'] });
    const read = await service.send({ url: `/v1/employers/${employer.id}/access-delays`, token: reader });
    expect(read.json()).toMatchObject({ status: 403, code: 'insufficient_scope' });
  });
});

test.each([
  ['of exactly 90 days', { endsOn: '2027-02-18' }],
  ['of one day', { startsOn: '2026-11-20', endsOn: '2026-11-20' }],
  ['that begins later', { startsOn: '2027-01-31', endsOn: '2027-05-01' }],
])('a delay %s is taken', async (_what, body) => {
  await delayed(body);
});

test('the same delay again is the one that is there, also when both come at once', async () => {
  const body = { endsOn: '2026-12-20' };
  const answers = await Promise.all(Array.from({ length: 5 }, () => delay(body)));
  expect(answers.map(({ statusCode }) => statusCode).toSorted()).toEqual([200, 200, 200, 200, 201]);
  expect(new Set(answers.map((answer) => answer.json().id)).size).toBe(1);
  expect(await delays(tokens.prosecutor!)).toHaveLength(1);
  expect((await delay({ ...body, reason: 'lain' })).statusCode).toBe(201);
  const other = await service.token({ agency: 'kejati-diy', kind: 'prosecutor', sub: 'jaksa-9' });
  expect((await delay(body, other)).statusCode).toBe(201);
});

test('checks that race a delay are hidden if they are asked once it is recorded, and stay as they are seen', async () => {
  for (let round = 0; round < 10; round += 1) {
    employer = await recordEmployer(service);
    own = await companyOf(employer.id);
    const asking = Array.from({ length: 6 }, () => check('prosecutor'));
    const [{ recordedAt }, ...ids] = await Promise.all([delayed({ endsOn: '2026-12-20' }), ...asking]);
    const after = await check('prosecutor');
    const all = await service.deps.database.pool.query<{ check_id: string; checked_at: Date }>(
      'select check_id, checked_at from checks where employer_id = $1 order by check_id desc',
      [employer.id],
    );
    const expected = all.rows.filter(({ checked_at }) => checked_at.toISOString() < recordedAt);
    expect(await seenIds(own)).toEqual(expected.map(({ check_id }) => check_id));
    expect(all.rows.map(({ check_id }) => check_id).toSorted()).toEqual([...ids, after].toSorted());
    expect(await seenIds(own)).not.toContain(after);
  }
});

test('an access at the very instant of the recording is hidden, one a millisecond before is not', async () => {
  const { recordedAt, id } = await delayed({ endsOn: '2026-12-20' });
  const ids = [];
  for (const shift of [-1, 0, 1]) {
    const checkId = await check('unit');
    ids.push(checkId);
    await service.deps.database.pool.query(
      `insert into checks select overlay(check_id::text placing '0000' from 20)::uuid, $2, checked_by, 'kejari-kp',
              batch_id, employer_id, purpose, reference, on_behalf_of, action, answer
       from checks where check_id = $1`,
      [checkId, new Date(new Date(recordedAt).getTime() + shift)],
    );
  }
  expect(id).toBeDefined();
  const shown = (await accesses(own)).items as unknown as { agency: { code: string }; at: string }[];
  const ofProsecutor = shown.filter(({ agency }) => agency.code === 'kejari-kp');
  expect(ofProsecutor.map(({ at }) => at < recordedAt)).toEqual([true]);
});
