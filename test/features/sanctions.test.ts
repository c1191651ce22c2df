import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startApp, type TestApp } from '#test/setup/app.ts';
import { pay, recordEmployer } from '#test/setup/employers.ts';
import {
  enterAgency,
  LICENSING,
  openSanction,
  recordDebtor,
  request,
  step,
  take,
  takeUpToFine,
} from '#test/setup/sanctions.ts';
import { post } from '#test/setup/suspensions.ts';

let service: TestApp;
let licensing: string;

beforeAll(async () => {
  service = await startApp();
  await enterAgency(service, LICENSING, 'licensing_office');
  licensing = await service.token({ agency: LICENSING, kind: 'licensing_office', sub: 'petugas-izin' });
});
afterAll(() => service.close());

const get = async (url: string, token?: string) => {
  const answer = await service.send({ url, ...(token !== undefined && { token }) });
  expect(answer.statusCode, answer.body).toBe(200);
  return answer.json();
};

async function check(employerId: string, purpose: string) {
  const { npp } = await get(`/v1/employers/${employerId}`);
  const body = { subject: { npp }, purpose, reference: 'R-1' };
  const answer = await service.send({ url: '/v1/checks', body });
  expect(answer.statusCode, answer.body).toBe(200);
  return answer.json();
}

test('a procedure from its opening to the lift', async () => {
  const { id, bill } = await recordDebtor(service);
  const sanctionId = await openSanction(service, id, { note: 'rahasia' });
  const first = await take(service, sanctionId, { step: 'first_warning', on: '2026-09-21' });
  expect(first.nextSteps[0]).toEqual({ step: 'second_warning', notBefore: '2026-10-06' });

  const early = await step(service, sanctionId, { step: 'second_warning', on: '2026-10-05' });
  expect(early.json()).toMatchObject({
    status: 409,
    code: 'sanction_step_too_early',
    notBefore: '2026-10-06',
    detail: 'On 2026-10-06 at the earliest.',
  });

  const second = await take(service, sanctionId, { step: 'second_warning', on: '2026-10-07' });
  expect(second.nextSteps).toEqual([
    { step: 'administrative_fine', notBefore: '2026-10-22', notAfter: '2026-11-20' },
    { step: 'tmp2t_request', notBefore: '2026-11-21', services: expect.any(Array) },
    { step: 'referred_to_prosecutor', notBefore: '2026-10-22' },
    { step: 'closed', notBefore: '2026-10-07' },
  ]);
  const fined = await take(service, sanctionId, { step: 'administrative_fine', on: '2026-10-22' });
  const amount = 2 * Math.round(bill / 1000);
  const fine = { total: amount, months: [{ period: '2026-08', contribution: bill, months: 2, amount }] };
  expect(fined).toMatchObject({ fine, steps: [{}, {}, { fine }] });

  const services = ['business_licence', 'tender_permit'];
  const asked = { step: 'tmp2t_request', on: '2026-11-06', services, decidedBy: LICENSING };
  await take(service, sanctionId, asked);
  const requested = await get(`/v1/sanctions/${sanctionId}`);
  expect(requested.requests).toEqual([
    {
      id: requested.steps.at(-1).id,
      services,
      unit: LICENSING,
      state: 'open',
      requestedOn: '2026-11-06',
      dueOn: '2026-11-20',
    },
  ]);
  const declined = { step: 'tmp2t_decision', on: '2026-11-12', accepted: false, note: 'berkas kurang' };
  await take(service, sanctionId, declined, licensing);
  await take(service, sanctionId, { ...asked, on: '2026-11-13' });
  expect((await check(id, 'outsourcing_licence')).verdict.restrictions).toEqual([]);
  const accepted = { step: 'tmp2t_decision', on: '2026-11-18', accepted: true };
  await take(service, sanctionId, accepted, licensing);

  const restriction = { kind: 'tmp2t', by: LICENSING, since: '2026-11-18', reference: sanctionId, services };
  const held = await check(id, 'tender_opening');
  expect(held.verdict.restrictions).toEqual([restriction]);
  const listed = await get('/v1/non-compliant-employers?flagged=true');
  expect(listed.items).toMatchObject([{ employer: { id }, restrictions: [restriction] }]);

  await pay(service, id, bill, '2026-11-20');
  // In order, and held all the same: the unit has not lifted it.
  expect(await check(id, 'business_licence')).toMatchObject({ action: 'hold' });
  expect(await check(id, 'building_permit')).not.toMatchObject({ action: 'hold' });
  const mended = await get(`/v1/sanctions/${sanctionId}`);
  expect(mended).toMatchObject({ state: 'mended', mendedOn: '2026-11-20' });
  expect(mended.nextSteps).toMatchObject([
    { step: 'tmp2t_lift_request', notBefore: '2026-11-20', notAfter: '2026-11-25' },
  ]);
  const refused = await step(service, sanctionId, {
    ...asked,
    on: '2026-11-20',
    services: ['building_permit'],
  });
  expect(refused.json().code).toBe('sanction_mended');
  await take(service, sanctionId, { step: 'tmp2t_lift_request', on: '2026-11-20' });
  const knownAt = service.deps.clock().toISOString();
  await take(service, sanctionId, { step: 'tmp2t_lifted', on: '2026-11-20' }, licensing);
  expect(await check(id, 'business_licence')).not.toMatchObject({ action: 'hold' });
  const before = await get(`/v1/employers/${id}/verdict?knownAt=${knownAt}`);
  expect(before.restrictions).toEqual([restriction]);
  const closed = await take(service, sanctionId, { step: 'closed', on: '2026-11-20', note: 'lunas' });
  expect(closed).toMatchObject({ state: 'closed', nextSteps: [] });
  expect(closed.steps.map((each: { step: string; by: string }) => [each.step, each.by])).toEqual([
    ['first_warning', 'inspector-1'],
    ['second_warning', 'inspector-1'],
    ['administrative_fine', 'inspector-1'],
    ['tmp2t_request', 'inspector-1'],
    ['tmp2t_decision', 'petugas-izin'],
    ['tmp2t_request', 'inspector-1'],
    ['tmp2t_decision', 'petugas-izin'],
    ['tmp2t_lift_request', 'inspector-1'],
    ['tmp2t_lifted', 'petugas-izin'],
    ['closed', 'inspector-1'],
  ]);
});

describe('opening', () => {
  test('is refused for what is no breach on the day, naming it', async () => {
    const { id } = await recordDebtor(service);
    const body = { employer: id, codes: ['ARREARS', 'NOT_DECLARED'], openedOn: '2026-09-21' };
    const answer = await service.send({ url: '/v1/sanctions', body });
    expect(answer.json()).toMatchObject({ status: 409, code: 'sanction_without_breach' });
    expect(answer.json().detail).toContain('NOT_DECLARED');
    expect(answer.json().detail).not.toContain('ARREARS');
    const before = { employer: id, codes: ['ARREARS'], openedOn: '2026-09-15' };
    const early = await service.send({ url: '/v1/sanctions', body: before });
    expect(early.json().code).toBe('sanction_without_breach');
  });

  test.each(['government', 'village'])('is refused against an employer of kind %s', async (kind) => {
    const { id } = await recordEmployer(service, { kind, registeredOn: undefined });
    const body = { employer: id, codes: ['NOT_REGISTERED'], openedOn: '2026-11-20' };
    const answer = await service.send({ url: '/v1/sanctions', body });
    expect(answer.json()).toMatchObject({ status: 409, code: 'sanction_of_state_organ' });
  });

  test('is refused while another procedure about the same goes on; the same again gives what is there', async () => {
    const { id } = await recordDebtor(service);
    const body = { employer: id, codes: ['ARREARS'], openedOn: '2026-09-21' };
    const sanctionId = await openSanction(service, id);
    const again = await service.send({ url: '/v1/sanctions', body });
    expect([again.statusCode, again.json().id]).toEqual([200, sanctionId]);
    const other = await service.send({ url: '/v1/sanctions', body: { ...body, openedOn: '2026-09-22' } });
    expect(other.json()).toMatchObject({ status: 409, code: 'sanction_already_open' });
    expect(other.json().detail).toContain(sanctionId);
    await take(service, sanctionId, { step: 'closed', on: '2026-11-20', note: 'keliru' });
    expect((await service.send({ url: '/v1/sanctions', body })).statusCode).toBe(201);
  });

  test.each([
    ['2026-11-21', 'in_future'],
    ['2025-11-19', 'too_long_ago'],
    ['1990-01-01', 'too_long_ago'],
  ])('is refused on %s', async (openedOn, code) => {
    const { id } = await recordDebtor(service);
    const body = { employer: id, codes: ['ARREARS'], openedOn };
    const answer = await service.send({ url: '/v1/sanctions', body });
    expect(answer.json()).toMatchObject({ status: 422, errors: [{ pointer: '/openedOn', code }] });
  });

  test.each(['licensing_office', 'prosecutor', 'auditor', 'regional_government'] as const)(
    'is not for a %s',
    async (kind) => {
      const { id } = await recordDebtor(service);
      const body = { employer: id, codes: ['ARREARS'], openedOn: '2026-09-21' };
      const token = await service.token({ agency: `a-${kind}`, kind });
      const answer = await service.send({ url: '/v1/sanctions', body, token });
      expect(answer.json()).toMatchObject({ status: 403, code: 'kind_not_allowed' });
    },
  );
});

describe('a step', () => {
  test.each([
    [{ step: 'first_warning', on: '2026-11-21' }, '/on', 'in_future'],
    [
      { step: 'first_warning', on: '2026-11-01', services: ['building_permit'] },
      '/services',
      'not_of_this_step',
    ],
    [{ step: 'administrative_fine', on: '2026-11-01', accepted: true }, '/accepted', 'not_of_this_step'],
    [{ step: 'tmp2t_request', on: '2026-11-01' }, '/services', 'required'],
    [{ step: 'tmp2t_decision', on: '2026-11-01' }, '/accepted', 'required'],
    [{ step: 'tmp2t_decision', on: '2026-11-01', accepted: false }, '/note', 'required'],
    [{ step: 'closed', on: '2026-11-01' }, '/note', 'required'],
    [{ step: 'pardoned', on: '2026-11-01' }, '/step', 'invalid_value'],
  ])('with wrong content is refused: %j', async (body, pointer, code) => {
    const sanctionId = await openSanction(service, (await recordDebtor(service)).id);
    const answer = await step(service, sanctionId, body);
    expect(answer.json()).toMatchObject({ status: 422, errors: [{ pointer, code }] });
  });

  test('that repeats exactly gives the procedure as it stands', async () => {
    const sanctionId = await openSanction(service, (await recordDebtor(service)).id);
    const warning = { step: 'first_warning', on: '2026-09-21', note: 'tercatat' };
    await take(service, sanctionId, warning);
    const again = await step(service, sanctionId, warning);
    expect(again.statusCode).toBe(200);
    expect(again.json().steps).toHaveLength(1);
    const other = await step(service, sanctionId, { ...warning, on: '2026-09-22' });
    expect(other.json()).toMatchObject({ status: 409, code: 'sanction_step_not_open' });
    expect(other.json().detail).toContain('second_warning (2026-10-06)');
  });

  test('is for the agency that opened the procedure', async () => {
    const sanctionId = await openSanction(service, (await recordDebtor(service)).id);
    const warning = { step: 'first_warning', on: '2026-09-21' };
    for (const [kind, code] of [
      ['labour_office', 'sanction_of_other_agency'],
      ['prosecutor', 'kind_not_allowed'],
    ] as const) {
      const token = await service.token({ agency: `lain-${kind}`, kind });
      expect((await step(service, sanctionId, warning, token)).json()).toMatchObject({ status: 403, code });
    }
  });

  test('of a unit that Patuh knows is for nobody else', async () => {
    const { sanctionId } = await request(service, (await recordDebtor(service)).id);
    const decision = { step: 'tmp2t_decision', on: '2026-11-10', accepted: true };
    for (const body of [decision, { ...decision, decidedBy: LICENSING }]) {
      expect((await step(service, sanctionId, body)).json().code).toBe('sanction_of_other_unit');
    }
    const elsewhere = await service.token({ agency: 'dpmptsp-lain', kind: 'licensing_office' });
    expect((await step(service, sanctionId, decision, elsewhere)).statusCode).toBe(404);
    const company = await service.token({
      agency: LICENSING,
      kind: 'employer',
      employerId: (await get(`/v1/sanctions/${sanctionId}`)).employerId,
    });
    expect((await step(service, sanctionId, decision, company)).json().code).toBe('kind_not_allowed');
    await take(service, sanctionId, decision, licensing);
  });

  test('of an office that Patuh does not know is recorded by the agency of the procedure', async () => {
    const decision = { step: 'tmp2t_decision', on: '2026-11-10', accepted: true };
    const named = await request(service, (await recordDebtor(service)).id, { decidedBy: 'Dinas Perizinan' });
    const { requests } = await take(service, named.sanctionId, decision);
    expect(requests).toMatchObject([{ unit: 'Dinas Perizinan', state: 'accepted' }]);

    const open = await request(service, (await recordDebtor(service)).id, { decidedBy: undefined });
    const unstated = await step(service, open.sanctionId, decision);
    expect(unstated.json()).toMatchObject({
      status: 422,
      errors: [{ pointer: '/decidedBy', code: 'required' }],
    });
    const forged = await step(service, open.sanctionId, { ...decision, decidedBy: LICENSING });
    expect(forged.json().code).toBe('sanction_of_other_unit');
    const stated = await take(service, open.sanctionId, { ...decision, decidedBy: 'Dinas Perizinan' });
    expect(stated.requests).toMatchObject([{ unit: 'Dinas Perizinan' }]);
  });

  test('cannot ask an agency that provides no service', async () => {
    await enterAgency(service, 'kejaksaan', 'prosecutor');
    const sanctionId = await openSanction(service, (await recordDebtor(service)).id);
    await takeUpToFine(service, sanctionId);
    const asked = {
      step: 'tmp2t_request',
      on: '2026-11-05',
      services: ['building_permit'],
      decidedBy: 'kejaksaan',
    };
    expect((await step(service, sanctionId, asked)).json()).toMatchObject({
      status: 422,
      errors: [{ pointer: '/decidedBy', code: 'no_service_unit' }],
    });
  });

  test('is not possible while an invitation runs, but it is recorded of a day before', async () => {
    const { id } = await recordDebtor(service);
    const sanctionId = await openSanction(service, id);
    await post(service, '/v1/regularisations', {
      employer: id,
      invitedOn: '2026-11-10',
      deadline: '2026-11-25',
    });
    const paused = await step(service, sanctionId, { step: 'first_warning', on: '2026-11-12' });
    expect(paused.json()).toMatchObject({ status: 409, code: 'sanction_paused' });
    expect((await get(`/v1/sanctions/${sanctionId}`)).state).toBe('paused');
    await take(service, sanctionId, { step: 'first_warning', on: '2026-11-09' });
  });
});

test('a fine of nothing can be imposed, and says so', async () => {
  const { id } = await recordEmployer(service, { registeredOn: undefined });
  const sanctionId = await openSanction(service, id, { codes: ['NOT_REGISTERED'], openedOn: '2026-11-20' });
  service.setNow('2026-12-30T03:00:00Z');
  await take(service, sanctionId, { step: 'first_warning', on: '2026-11-20' });
  await take(service, sanctionId, { step: 'second_warning', on: '2026-12-05' });
  const fined = await take(service, sanctionId, { step: 'administrative_fine', on: '2026-12-21' });
  expect(fined.fine).toEqual({ total: 0, months: [] });
  service.setNow('2026-11-20T03:00:00Z');
});

describe('lists', () => {
  test('pick by employer, region, state, code and newest step', async () => {
    const { id } = await recordDebtor(service, { regionCode: '34.04' });
    const sanctionId = await openSanction(service, id);
    await take(service, sanctionId, { step: 'first_warning', on: '2026-09-21' });
    const found = async (query: string) =>
      (await get(`/v1/sanctions?limit=200&${query}`)).items.map((each: { id: string }) => each.id);
    for (const query of [
      'region=34.04',
      `employer=${id}`,
      'region=34.04&state=open&code=ARREARS&step=first_warning',
    ]) {
      expect(await found(query)).toEqual([sanctionId]);
    }
    for (const query of ['region=51', 'state=closed', 'code=PARTIAL_WAGES', 'step=second_warning']) {
      expect(await found(query)).not.toContain(sanctionId);
    }
    const own = await get(`/v1/employers/${id}/sanctions`);
    expect(own.items).toMatchObject([{ id: sanctionId, state: 'open' }]);
  });

  test('page and stream every procedure once', async () => {
    const whole = (await get('/v1/sanctions?limit=200')).items.map((each: { id: string }) => each.id);
    const seen: string[] = [];
    for (let cursor = ''; seen.length <= whole.length; ) {
      const { items, nextCursor } = await get(`/v1/sanctions?limit=3${cursor}`);
      seen.push(...items.map((each: { id: string }) => each.id));
      if (nextCursor === null) break;
      cursor = `&cursor=${nextCursor}`;
    }
    expect(seen).toEqual(whole);
    const csv = await service.send({ url: '/v1/sanctions', headers: { accept: 'text/csv' } });
    expect(csv.body.trim().split('\r\n')).toHaveLength(whole.length + 1);
  });

  test('of deadlines name what begins and ends in the days asked for', async () => {
    const { id } = await recordDebtor(service, { regionCode: '34.03' });
    const sanctionId = await openSanction(service, id);
    await take(service, sanctionId, { step: 'first_warning', on: '2026-11-06' });
    const deadlines = async (query: string) =>
      (await get(`/v1/sanctions/deadlines?region=34.03&${query}`)).items.map(
        ({ day, event, kind, step: name }: Record<string, string>) => `${day} ${event} ${kind} ${name}`,
      );
    expect(await deadlines('')).toEqual(['2026-11-20 ends given first_warning']);
    expect(await deadlines('on=2026-11-20&until=2026-11-21')).toEqual([
      '2026-11-20 ends given first_warning',
      '2026-11-21 begins step second_warning',
    ]);
    expect(await deadlines('on=2026-11-22&until=2026-12-31')).toEqual([]);
    const wrong = await service.send({ url: '/v1/sanctions/deadlines?on=2026-11-20&until=2026-11-19' });
    expect(wrong.json()).toMatchObject({ status: 422, errors: [{ pointer: '/until' }] });
    const ndjson = await service.send({
      url: '/v1/sanctions/deadlines?region=34.03&on=2026-01-01&until=2027-12-31',
      headers: { accept: 'application/x-ndjson' },
    });
    expect(
      ndjson.body
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line).sanctionId),
    ).toEqual([sanctionId, sanctionId]);
  });
});
