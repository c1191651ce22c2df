import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { AGENCY_KINDS } from '#src/http/actor.ts';
import { startApp, type TestApp } from '#test/setup/app.ts';
import { recordEmployer } from '#test/setup/employers.ts';
import { declareContract, recordParties, terms } from '#test/setup/placements.ts';

const NOW = '2026-11-20T03:00:00Z';
let service: TestApp;
let parties: Awaited<ReturnType<typeof recordParties>>;

beforeAll(async () => {
  service = await startApp(NOW);
});
beforeEach(async () => {
  service.setNow(NOW);
  parties = await recordParties(service);
});
afterAll(() => service.close());

const declare = (body: object, token?: string, vendor = parties.vendor.id) =>
  service.send({ url: `/v1/vendors/${vendor}/placements`, body, ...(token && { token }) });
const respond = (id: string, body: object, token: string) =>
  service.send({ url: `/v1/placements/${id}/responses`, body, token });
const get = (id: string, token?: string) =>
  service.send({ url: `/v1/placements/${id}`, ...(token && { token }) });

describe('a declaration', () => {
  test('by the vendor is there for both sides and the agencies of either region', async () => {
    const { vendor, principal, vendorClient, principalClient } = parties;
    const body = terms({
      principal: { employerId: principal.id },
      procurementReference: 'RUP-7',
      billedMonthlyWage: 4_500_000,
    });
    const answer = await declare(body, vendorClient);
    expect(answer.statusCode, answer.body).toBe(201);
    const placement = answer.json();
    expect(answer.headers.location).toBe(`/v1/placements/${placement.id}`);
    const { principal: _, ...plain } = body;
    expect(placement).toMatchObject({
      ...plain,
      vendor: { id: vendor.id, npp: vendor.npp },
      principal: { employerId: principal.id, name: expect.any(String) },
      declaredBy: 'vendor',
      state: 'declared',
      mismatches: [],
      confirmedByPrincipal: false,
      statements: [{ kind: 'declaration', side: 'vendor', terms: plain }],
    });
    expect(placement).not.toHaveProperty('unlicensed');
    const region = (code: string) => service.token({ agency: `disnaker-${code}`, regions: [code] });
    for (const token of [vendorClient, principalClient, await region('34.01'), await region('34.02')])
      expect((await get(placement.id, token)).json().id).toBe(placement.id);
    const stranger = (await recordParties(service)).principalClient;
    for (const token of [await region('34.03'), stranger, parties.buyer])
      expect((await get(placement.id, token)).statusCode).toBe(404);
  });

  test.each(['vendor', 'principal', 'procurement_unit', 'agency'] as const)('by the %s', async (side) => {
    const { principal, vendorClient, principalClient, buyer } = parties;
    const token = {
      vendor: vendorClient,
      principal: principalClient,
      procurement_unit: buyer,
      agency: undefined,
    }[side];
    const body = terms({ principal: { employerId: principal.id } });
    const first = await declare(body, token);
    expect(first.statusCode, first.body).toBe(201);
    const isBuyer = side === 'principal' || side === 'procurement_unit';
    expect(first.json()).toMatchObject({ declaredBy: side, confirmedByPrincipal: isBuyer });
    const again = await declare({ ...body, contractNumber: body.contractNumber.toLowerCase() }, token);
    expect(again.statusCode).toBe(200);
    expect(again.json()).toEqual(first.json());
    const other = await declare({ ...body, workersContracted: 41 }, token);
    expect(other.json()).toMatchObject({ status: 409, code: 'contract_declared' });
    expect((await get(first.json().id, token)).json()).toEqual(first.json());
  });

  test('of a company that has no licence is a finding, and no error', async () => {
    const { id } = await recordEmployer(service);
    const placement = await declareContract(service, id, terms());
    expect(placement.unlicensed).toBe(true);
  });

  test('names a vendor by its npp', async () => {
    const { vendor, principal, principalClient } = parties;
    const body = terms({ principal: { employerId: principal.id } });
    const answer = await declare(body, principalClient, `npp:${vendor.npp}`);
    expect(answer.json()).toMatchObject({ vendor: { id: vendor.id }, declaredBy: 'principal' });
    expect((await declare(body, principalClient, 'npp:NOBODY00')).statusCode).toBe(404);
  });

  test('finds the principal on record by its NPWP, without telling the vendor', async () => {
    const { principal, vendorClient, principalClient } = parties;
    const { npwp } = (await service.send({ url: `/v1/employers/${principal.id}` })).json();
    const placement = await declareContract(
      service,
      parties.vendor.id,
      terms({ principal: { name: 'Pabrik Gula', npwp } }),
      vendorClient,
    );
    expect(placement.principal).toEqual({ name: 'Pabrik Gula', npwp });
    const seen = (await get(placement.id, principalClient)).json();
    expect(seen.principal).toEqual({ employerId: principal.id, name: 'Pabrik Gula', npwp });
    const confirmed = await respond(placement.id, { confirmed: true }, principalClient);
    expect(confirmed.json()).toMatchObject({ state: 'confirmed', confirmedByPrincipal: true });
  });

  test('of a principal that was only named is confirmed by the company of that name', async () => {
    const { vendor, principal, vendorClient, principalClient } = parties;
    const { legalName } = (await service.send({ url: `/v1/employers/${principal.id}` })).json();
    const body = terms({ principal: { name: legalName.toUpperCase() } });
    const { id } = await declareContract(service, vendor.id, body, vendorClient);
    expect((await get(id, principalClient)).statusCode).toBe(404);
    const own = { ...body, principal: { employerId: principal.id } };
    const confirmed = await declareContract(service, vendor.id, own, principalClient);
    expect(confirmed).toMatchObject({ id, state: 'confirmed', mismatches: [] });
    expect((await get(id, principalClient)).statusCode).toBe(200);
  });

  test('under the number of a contract with somebody else shows nothing of it', async () => {
    const { vendor, principal, vendorClient, principalClient } = parties;
    const body = terms({ principal: { name: 'RSUD Wates' }, workersContracted: 77 });
    await declareContract(service, vendor.id, body, vendorClient);
    const answer = await declare({ ...body, principal: { employerId: principal.id } }, principalClient);
    expect(answer.json()).toMatchObject({ status: 409, code: 'contract_declared' });
    expect(answer.body).not.toContain('RSUD');
  });

  const refused: [what: string, more: object, pointer: string, code: string][] = [
    ['ends before it starts', { endsOn: '2026-07-31' }, '/endsOn', 'before_start'],
    ['has nobody', { workersContracted: 0 }, '/workersContracted', 'too_small'],
    ['has too many', { workersContracted: 1_000_001 }, '/workersContracted', 'too_big'],
    ['names no principal', { principal: { npwp: '0123456789012345' } }, '/principal', 'principal_missing'],
    [
      'names nobody on record',
      { principal: { employerId: crypto.randomUUID() } },
      '/principal/employerId',
      'unknown_employer',
    ],
  ];
  test.each(refused)('that %s is refused', async (_what, more, pointer, code) => {
    const answer = await declare(terms(more));
    expect(answer.json()).toMatchObject({ status: 422, errors: [{ pointer, code }] });
  });

  test('of a contract with itself is refused, however the vendor is named', async () => {
    const { vendor, vendorClient } = parties;
    const { legalName } = (await service.send({ url: `/v1/employers/${vendor.id}` })).json();
    for (const principal of [{ employerId: vendor.id }, { name: legalName }]) {
      const answer = await declare(terms({ principal }), vendorClient);
      expect(answer.json()).toMatchObject({ errors: [{ pointer: '/principal', code: 'vendor_itself' }] });
    }
  });

  test('by a company is of a contract of its own', async () => {
    const { principalClient } = parties;
    for (const principal of [{ name: 'RSUD Wates' }, { employerId: (await recordEmployer(service)).id }]) {
      const answer = await declare(terms({ principal }), principalClient);
      expect(answer.json()).toMatchObject({ errors: [{ pointer: '/principal', code: 'not_yourself' }] });
    }
  });

  test('of an id that its name contradicts is refused', async () => {
    const principal = { employerId: parties.principal.id, name: 'PT Lain Sekali' };
    const answer = await declare(terms({ principal }));
    expect(answer.json()).toMatchObject({
      errors: [{ pointer: '/principal/name', code: 'not_of_employer' }],
    });
  });
});

describe('the other side', () => {
  test('confirms by the same terms, whoever counts as its buyer', async () => {
    const { vendor, principal, vendorClient, principalClient, buyer } = parties;
    for (const token of [principalClient, buyer]) {
      const body = terms({ principal: { employerId: principal.id } });
      const { id } = await declareContract(service, vendor.id, body, vendorClient);
      const answer = await declare({ ...body, confirmedByPrincipal: true }, token);
      expect(answer.statusCode).toBe(201);
      expect(answer.json()).toMatchObject({ id, state: 'confirmed', confirmedByPrincipal: true });
      expect((await declare(body, token)).statusCode).toBe(200);
    }
  });

  test('disputes by other terms, and both stand side by side', async () => {
    const { vendor, principal, vendorClient, principalClient, buyer } = parties;
    const body = terms({ principal: { employerId: principal.id }, workersContracted: 25 });
    const { id } = await declareContract(service, vendor.id, body, vendorClient);
    const other = { ...body, workersContracted: 40, billedMonthlyWage: 4_500_000 };
    const disputed = await declareContract(service, vendor.id, other, principalClient);
    expect(disputed).toMatchObject({
      id,
      state: 'disputed',
      workersContracted: 25,
      confirmedByPrincipal: false,
      mismatches: [
        { field: 'workersContracted', vendor: 25, principal: 40 },
        { field: 'billedMonthlyWage', vendor: null, principal: 4_500_000 },
      ],
    });
    const third = await declareContract(service, vendor.id, { ...body, startsOn: '2026-09-01' }, buyer);
    expect(third.mismatches).toEqual([
      { field: 'startsOn', vendor: '2026-08-01', principal: '2026-08-01', procurementUnit: '2026-09-01' },
      { field: 'workersContracted', vendor: 25, principal: 40, procurementUnit: 25 },
      { field: 'billedMonthlyWage', vendor: null, principal: 4_500_000, procurementUnit: null },
    ]);
    const agreed = await declareContract(service, vendor.id, body, principalClient);
    expect(agreed).toMatchObject({ state: 'disputed', confirmedByPrincipal: true });
    expect((await declareContract(service, vendor.id, body, buyer)).state).toBe('confirmed');
  });

  test('responds: confirms, denies with a reason, says what is right', async () => {
    const { vendor, principal, vendorClient, principalClient } = parties;
    const body = terms({ principal: { employerId: principal.id } });
    const { id } = await declareContract(service, vendor.id, body, principalClient);
    const denial = { confirmed: false, reason: 'Tidak ada kontrak ini' };
    const denied = await respond(id, denial, vendorClient);
    expect(denied.statusCode, denied.body).toBe(201);
    expect(denied.json()).toMatchObject({ state: 'disputed', mismatches: [] });
    expect((await respond(id, denial, vendorClient)).statusCode).toBe(200);
    const better = { confirmed: false, reason: 'Hanya 25', terms: { workersContracted: 25 } };
    expect((await respond(id, better, vendorClient)).json().mismatches).toEqual([
      { field: 'workersContracted', vendor: 25, principal: 40 },
    ]);
    expect((await respond(id, { confirmed: true }, vendorClient)).json()).toMatchObject({
      state: 'confirmed',
      mismatches: [],
    });
    expect((await get(id)).json().statements.map((each: { kind: string }) => each.kind)).toEqual([
      'declaration',
      'response',
      'response',
      'response',
    ]);
  });

  test('is not the side that declared, nor one that does not see it', async () => {
    const { vendor, principal, vendorClient, buyer } = parties;
    const body = terms({ principal: { employerId: principal.id } });
    const { id } = await declareContract(service, vendor.id, body, vendorClient);
    const own = await respond(id, { confirmed: true }, vendorClient);
    expect(own.json()).toMatchObject({ status: 409, code: 'placement_own_declaration' });
    expect((await respond(id, { confirmed: true }, buyer)).statusCode).toBe(404);
    const auditor = await service.token({ kind: 'auditor', agency: 'bpk' });
    expect((await respond(id, { confirmed: true }, auditor)).json().code).toBe('kind_not_allowed');
  });

  test.each([
    [{ confirmed: false }, '/reason', 'required'],
    [{ confirmed: true, terms: { workersContracted: 3 } }, '/terms', 'confirmed_terms'],
    [{ confirmed: false, reason: 'x', terms: { workersContracted: 40 } }, '/terms', 'same_terms'],
    [{ confirmed: false, reason: 'x', terms: { endsOn: '2026-01-01' } }, '/terms/endsOn', 'before_start'],
    [{ confirmed: false, reason: 'x', terms: { startsOn: null } }, '/terms/startsOn', 'required'],
  ])('does not respond with %j', async (body, pointer, code) => {
    const { vendor, vendorClient } = parties;
    const { id } = await declareContract(service, vendor.id, terms());
    const answer = await respond(id, body, vendorClient);
    expect(answer.json()).toMatchObject({ status: 422, errors: [{ pointer, code }] });
  });

  test('of a principal that names another one is told of as such', async () => {
    const { vendor, principal, vendorClient, principalClient } = parties;
    const body = terms({ principal: { employerId: principal.id } });
    const { id } = await declareContract(service, vendor.id, body, vendorClient);
    const denied = await respond(
      id,
      {
        confirmed: false,
        reason: 'Bukan kami',
        terms: { principal: { employerId: null, name: 'PT Induk' } },
      },
      principalClient,
    );
    expect(denied.json().mismatches).toEqual([
      {
        field: 'principal',
        vendor: { employerId: principal.id, name: expect.any(String) },
        principal: { name: 'PT Induk' },
      },
    ]);
  });
});

describe('a change', () => {
  const patch = (id: string, body: object, etag: unknown, token?: string) =>
    service.send({
      method: 'PATCH',
      url: `/v1/placements/${id}`,
      body,
      headers: etag === undefined ? {} : { 'if-match': String(etag) },
      ...(token && { token }),
    });

  test('puts what was confirmed back, and leaves what was said readable', async () => {
    const { vendor, principal, vendorClient, principalClient } = parties;
    const body = terms({ principal: { employerId: principal.id } });
    const { id } = await declareContract(service, vendor.id, body, vendorClient);
    const confirmed = await respond(id, { confirmed: true }, principalClient);
    const changed = await patch(
      id,
      { workersContracted: 30, endsOn: null },
      confirmed.headers.etag,
      vendorClient,
    );
    expect(changed.statusCode, changed.body).toBe(200);
    expect(changed.json()).toMatchObject({
      workersContracted: 30,
      state: 'declared',
      confirmedByPrincipal: false,
      statements: [{}, { confirmed: true, terms: { workersContracted: 40 } }, { kind: 'change' }],
    });
    expect(changed.json()).not.toHaveProperty('endsOn');
    expect((await patch(id, {}, confirmed.headers.etag, vendorClient)).statusCode).toBe(412);
    const same = await patch(id, { workersContracted: 30 }, changed.headers.etag, vendorClient);
    expect(same.json()).toEqual(changed.json());
    expect(same.headers.etag).toBe(changed.headers.etag);
    const back = await patch(
      id,
      { workersContracted: 40, endsOn: body.endsOn },
      same.headers.etag,
      vendorClient,
    );
    expect(back.json().state).toBe('confirmed');
  });

  test('to the terms that the other side stated settles the dispute', async () => {
    const { vendor, principal, vendorClient, principalClient } = parties;
    const body = terms({ principal: { employerId: principal.id } });
    await declareContract(service, vendor.id, body, vendorClient);
    const other = { ...body, workersContracted: 50 };
    const { id } = await declareContract(service, vendor.id, other, principalClient);
    const { etag } = (await get(id, vendorClient)).headers;
    expect((await patch(id, { workersContracted: 50 }, etag, vendorClient)).json()).toMatchObject({
      state: 'confirmed',
      mismatches: [],
    });
  });

  test('is for who declared it, who has seen it', async () => {
    const { vendor, principal, principalClient, vendorClient } = parties;
    const body = terms({ principal: { employerId: principal.id } });
    const { id } = await declareContract(service, vendor.id, body);
    const { etag } = (await get(id)).headers;
    const other = await service.token({ agency: 'disnaker-diy', sub: 'x' });
    for (const token of [vendorClient, principalClient, other])
      expect((await patch(id, { endsOn: null }, etag, token)).json().code).toBe('placement_of_other_party');
    expect((await patch(id, { endsOn: null }, undefined)).statusCode).toBe(428);
    expect((await patch(id, { endsOn: null }, '"x"')).statusCode).toBe(412);
    expect((await patch(id, { workersContracted: null }, etag)).json().errors[0].pointer).toBe(
      '/workersContracted',
    );
    expect((await patch(id, { endsOn: '2026-01-01' }, etag)).json().errors[0].code).toBe('before_start');
  });

  test('can correct a number, but not to that of another contract', async () => {
    const { vendor, vendorClient } = parties;
    const [a, b] = [terms(), terms()];
    const { id } = await declareContract(service, vendor.id, a, vendorClient);
    await declareContract(service, vendor.id, b, vendorClient);
    const { etag } = (await get(id)).headers;
    const taken = await patch(
      id,
      { contractNumber: ` ${b.contractNumber.replace('/', ' / ')}` },
      etag,
      vendorClient,
    );
    expect(taken.json().code).toBe('contract_declared');
    const corrected = await patch(id, { contractNumber: 'PKS-0001/2026' }, etag, vendorClient);
    expect(corrected.json()).toMatchObject({ id, contractNumber: 'PKS-0001/2026' });
  });

  test('replaces a principal by its id, or by a name where the id is taken out', async () => {
    const { vendor, principal, vendorClient, principalClient } = parties;
    const { id } = await declareContract(service, vendor.id, terms(), vendorClient);
    const tag = async () => (await get(id)).headers.etag;
    const byName = await patch(id, { principal: { name: 'PT Lain' } }, await tag(), vendorClient);
    expect(byName.json().principal).toEqual({ name: 'PT Lain' });
    const byId = await patch(
      id,
      { principal: { employerId: principal.id, name: null } },
      await tag(),
      vendorClient,
    );
    expect(byId.json().principal).toMatchObject({ employerId: principal.id });
    expect((await get(id, principalClient)).statusCode).toBe(200);
    const off = await patch(
      id,
      { principal: { employerId: null, name: 'PT Lain' } },
      await tag(),
      vendorClient,
    );
    expect(off.json().principal).toEqual({ name: 'PT Lain' });
    expect((await get(id, principalClient)).statusCode).toBe(404);
  });
});

test('agencies that have no part in contracts say nothing of them, and read them', async () => {
  const { id } = await declareContract(service, parties.vendor.id, terms());
  const parts = ['employer', 'procurement_unit', 'labour_office', 'social_security_branch'];
  const speaking = [...parts, 'regional_government', 'operator'];
  for (const kind of AGENCY_KINDS.filter((each) => each !== 'employer')) {
    const token = await service.token({ kind, agency: `agency-${kind}` });
    expect((await get(id, token)).statusCode).toBe(200);
    const url = `/v1/placements/${id}`;
    const answers = [
      await declare(terms(), token),
      await respond(id, { confirmed: true }, token),
      await service.send({ method: 'PATCH', url, body: {}, token }),
    ];
    for (const answer of answers)
      expect([kind, answer.json().code === 'kind_not_allowed']).toEqual([kind, !speaking.includes(kind)]);
  }
});

describe('an ETag', () => {
  test('answers 304 to who has seen it', async () => {
    const { id } = await declareContract(service, parties.vendor.id, terms());
    const { etag } = (await get(id)).headers;
    const again = await service.send({
      url: `/v1/placements/${id}`,
      headers: { 'if-none-match': String(etag) },
    });
    expect(again.statusCode).toBe(304);
  });
});
