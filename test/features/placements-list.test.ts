import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startApp, type TestApp } from '#test/setup/app.ts';
import { declareContract, recordParties, terms } from '#test/setup/placements.ts';

let service: TestApp;
let parties: Awaited<ReturnType<typeof recordParties>>;
const ids: Record<string, string> = {};

beforeAll(async () => {
  service = await startApp();
  parties = await recordParties(service);
  const { vendor, principal, vendorClient, principalClient, buyer } = parties;
  const own = { principal: { employerId: principal.id } };
  ids.named = (await declareContract(service, vendor.id, terms(), vendorClient)).id;
  ids.declared = (await declareContract(service, vendor.id, terms(own), vendorClient)).id;
  const disputed = terms(own);
  ids.disputed = (await declareContract(service, vendor.id, disputed, vendorClient)).id;
  await declareContract(service, vendor.id, { ...disputed, workersContracted: 50 }, principalClient);
  const denied = await declareContract(service, vendor.id, terms(own), vendorClient);
  ids.denied = denied.id;
  await service.send({
    url: `/v1/placements/${denied.id}/responses`,
    body: { confirmed: false, reason: 'Tidak kenal' },
    token: principalClient,
  });
  ids.bought = (await declareContract(service, vendor.id, terms(), buyer)).id;
});
afterAll(() => service.close());

async function names(query = '', token?: string, path = '/v1/placements') {
  const answer = await service.send({ url: `${path}${query}`, ...(token && { token }) });
  expect(answer.statusCode, answer.body).toBe(200);
  const found = answer.json().items.map(({ id }: { id: string }) => id);
  return Object.keys(ids).filter((name) => found.includes(ids[name]));
}

describe('placements', () => {
  test('are listed to whom they concern', async () => {
    const { vendorClient, principalClient, buyer } = parties;
    const all = ['named', 'declared', 'disputed', 'denied', 'bought'];
    expect(await names()).toEqual(all);
    expect(await names('', vendorClient)).toEqual(all);
    expect(await names('', principalClient)).toEqual(['declared', 'disputed', 'denied']);
    expect(await names('', buyer)).toEqual(['bought']);
    const bantul = await service.token({ agency: 'disnaker-bantul', regions: ['34.02'] });
    expect(await names('', bantul)).toEqual(['declared', 'disputed', 'denied']);
    const bali = await service.token({ agency: 'disnaker-bali', regions: ['51'] });
    expect(await names('', bali)).toEqual([]);
  });

  test('are listed by vendor to who sees the vendor or a placement of it', async () => {
    const { vendor, principalClient, buyer } = parties;
    const path = `/v1/vendors/npp:${vendor.npp}/placements`;
    expect(await names('', undefined, path)).toHaveLength(5);
    expect(await names('', principalClient, path)).toEqual(['declared', 'disputed', 'denied']);
    expect(await names('?state=disputed', principalClient, path)).toEqual(['disputed', 'denied']);
    expect(await names('', buyer, path)).toEqual(['bought']);
    const stranger = (await recordParties(service)).principalClient;
    for (const token of [stranger, await service.token({ agency: 'disnaker-bali', regions: ['51'] })])
      expect((await service.send({ url: path, token })).statusCode).toBe(404);
    expect((await service.send({ url: '/v1/vendors/npp:NOBODY/placements' })).statusCode).toBe(404);
  });

  test('are filtered', async () => {
    const { vendor, principal } = parties;
    expect(await names('?state=disputed')).toEqual(['disputed', 'denied']);
    expect(await names('?mismatch=true')).toEqual(['disputed']);
    expect(await names('?mismatch=false&state=disputed')).toEqual(['denied']);
    expect(await names(`?principal=${principal.id}`)).toEqual(['declared', 'disputed', 'denied']);
    expect(await names(`?vendor=npp:${vendor.npp}`)).toHaveLength(5);
    expect(await names(`?vendor=${principal.id}`)).toEqual([]);
    expect(await names('?vendor=npp:NOBODY')).toEqual([]);
    expect(await names('?region=34.01')).toHaveLength(5);
    expect(await names('?region=34.02')).toEqual([]);
  });

  test('are not filtered by region for a company, which does not see the region of its vendor', async () => {
    const answer = await service.send({
      url: '/v1/placements?region=34.01',
      token: parties.principalClient,
    });
    expect(answer.json().errors).toMatchObject([{ pointer: '/region', code: 'for_agencies_only' }]);
  });

  test('come as CSV, a line each', async () => {
    const answer = await service.send({ url: '/v1/placements', headers: { accept: 'text/csv' } });
    const [heading, ...lines] = answer.body.trimEnd().split('\r\n');
    expect(heading).toMatch(/^id,vendor\.id,vendor\.legalName/);
    expect(lines).toHaveLength(5);
    expect(lines.find((line) => line.startsWith(ids.disputed!))).toContain(',disputed,');
  });

  test('show people and licences to agencies alone', async () => {
    const { vendor, vendorClient, principalClient } = await recordParties(service, {
      outsourcing: undefined,
    });
    const { legalName } = (await service.send({ url: '/v1/employers?limit=200' }))
      .json()
      .items.findLast(({ id }: { id: string }) => id !== vendor.id);
    const body = terms({ principal: { name: legalName } });
    const { id } = await declareContract(service, vendor.id, body, principalClient);
    const seenBy = async (token?: string) =>
      (await service.send({ url: `/v1/placements/${id}`, ...(token && { token }) })).json();
    expect(await seenBy()).toMatchObject({
      unlicensed: true,
      statements: [{ by: expect.stringMatching(/^hrd-/) }],
    });
    expect((await seenBy(vendorClient)).unlicensed).toBe(true);
    const ofPrincipal = await seenBy(principalClient);
    expect(ofPrincipal).not.toHaveProperty('unlicensed');
    expect(ofPrincipal.statements[0]).not.toHaveProperty('by');
    expect(Object.keys(ofPrincipal.vendor)).toEqual(['id', 'legalName', 'npp']);
  });
});

test('pages of many show each once, while others come', async () => {
  const { vendor, vendorClient } = await recordParties(service);
  const made: string[] = [];
  for (let each = 0; each < 7; each += 1)
    made.push((await declareContract(service, vendor.id, terms(), vendorClient)).id);
  const seen: string[] = [];
  for (let cursor: string | null = ''; cursor !== null && seen.length < 20; ) {
    const answer = await service.send({
      url: `/v1/vendors/${vendor.id}/placements?limit=2${cursor && `&cursor=${cursor}`}`,
      token: vendorClient,
    });
    const { items, nextCursor } = answer.json();
    seen.push(...items.map(({ id }: { id: string }) => id));
    cursor = nextCursor;
    if (seen.length === 2) made.push((await declareContract(service, vendor.id, terms(), vendorClient)).id);
  }
  expect(seen).toEqual(made);
});

describe('at once', () => {
  test('two sides declare one contract: one declares it, the other confirms it', async () => {
    const { vendor, principal, vendorClient, principalClient, buyer } = await recordParties(service);
    const body = terms({ principal: { employerId: principal.id } });
    const answers = await Promise.all(
      [vendorClient, principalClient, buyer, vendorClient].map((token) =>
        service.send({ url: `/v1/vendors/${vendor.id}/placements`, body, token }),
      ),
    );
    expect(answers.map(({ statusCode }) => statusCode).sort()).toEqual([200, 201, 201, 201]);
    expect(new Set(answers.map((answer) => answer.json().id)).size).toBe(1);
    const { id } = answers[0]!.json();
    const placement = (await service.send({ url: `/v1/placements/${id}` })).json();
    expect(placement).toMatchObject({ state: 'confirmed', confirmedByPrincipal: true });
    expect(placement.statements.map(({ side }: { side: string }) => side).sort()).toEqual([
      'principal',
      'procurement_unit',
      'vendor',
    ]);
    const times = placement.statements.map(({ recordedAt }: { recordedAt: string }) => recordedAt);
    expect(new Set(times).size).toBe(3);
  });

  test('a change and a confirmation: what was confirmed is what was seen', async () => {
    const { vendor, principal, vendorClient, principalClient } = await recordParties(service);
    const body = terms({ principal: { employerId: principal.id } });
    const { id } = await declareContract(service, vendor.id, body, vendorClient);
    const url = `/v1/placements/${id}`;
    const { etag } = (await service.send({ url })).headers;
    const [changed] = await Promise.all([
      service.send({
        method: 'PATCH',
        url,
        body: { workersContracted: 10 },
        headers: { 'if-match': String(etag) },
        token: vendorClient,
      }),
      service.send({ url: `${url}/responses`, body: { confirmed: true }, token: principalClient }),
    ]);
    const placement = (await service.send({ url })).json();
    const { confirmed, terms: stated } = placement.statements.find(
      ({ side }: { side: string }) => side === 'principal',
    );
    expect(confirmed).toBe(true);
    // Either the change came first and was confirmed, or it came after and was refused as stale.
    const won = changed!.statusCode === 200;
    expect(changed!.statusCode).toBe(won ? 200 : 412);
    expect(placement).toMatchObject({ state: 'confirmed', workersContracted: won ? 10 : 40 });
    expect(stated.workersContracted).toBe(won ? 10 : 40);
  });
});
