import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Action, PURPOSES, type Purpose } from '#src/domain/check-policy.ts';
import { startApp, type TestApp } from '#test/setup/app.ts';
import { pay, recordEmployer } from '#test/setup/employers.ts';
import { declareContract, declarePlaced, type Placed, recordParties, terms } from '#test/setup/placements.ts';

const NOW = '2026-11-20T03:00:00Z';
const HELD: readonly Purpose[] = ['tender_award', 'contract_payment'];
let service: TestApp;
beforeAll(async () => {
  service = await startApp(NOW);
});
beforeEach(() => service.setNow(NOW));
afterAll(() => service.close());

async function check(npp: string, placementId: string, more: object = {}, token?: string) {
  const body = { subject: { npp }, purpose: 'tender_award', reference: 'TENDER-7', placementId, ...more };
  return service.send({ url: '/v1/checks', body, ...(token && { token }) });
}

type Case = { period?: string; placed?: Placed[]; paid?: boolean };

/** A vendor with one contract and one roster, whose months before are no matter. */
async function contract(
  body: object,
  { period = '2026-10', placed = [], paid = true }: Case,
  vendorMore: object = {},
) {
  const parties = await recordParties(service, vendorMore);
  const { vendor } = parties;
  const placement = await declareContract(service, vendor.id, terms(body));
  const bill = await declarePlaced(service, vendor.id, period, [
    { workers: 2 },
    ...placed.map((each) => ({ contract: placement.contractNumber, ...each })),
  ]);
  if (paid) await pay(service, vendor.id, bill, '2026-11-10', { period });
  return { ...parties, id: placement.id as string, placement, bill };
}

describe('what a check finds of a contract', () => {
  test('is in order where all are declared, whatever the spelling of its number', async () => {
    const { vendor, id, placement } = await contract(
      { contractNumber: 'PKS-7/2026', workersContracted: 3, billedMonthlyWage: 4_000_000 },
      {
        placed: [
          { workers: 1 },
          { contract: ' pks – 7 / 2026', workers: 1 },
          { workers: 1, wage: 5_000_000 },
        ],
      },
    );
    const answer = (await check(vendor.npp, id)).json();
    expect(answer).toMatchObject({ action: 'proceed', verdict: { status: 'compliant' } });
    expect(answer.placement).toEqual({
      id,
      contractNumber: placement.contractNumber,
      state: 'declared',
      period: '2026-10',
      contracted: 3,
      declared: 3,
      missing: 0,
      unpaidMonths: [],
      unpaid: 0,
      billedMonthlyWage: 4_000_000,
      underMinimum: 0,
      underBilled: 0,
      findings: [],
      detail: `Contract ${placement.contractNumber}: 3 workers contracted, 3 declared for October 2026.`,
      sentences: {
        id: `Kontrak ${placement.contractNumber}: 3 pekerja diperjanjikan, 3 dilaporkan untuk Oktober 2026.`,
        en: `Contract ${placement.contractNumber}: 3 workers contracted, 3 declared for October 2026.`,
      },
    });
  });

  test('counts workers that are missing, and holds awards and payments', async () => {
    const { vendor, id } = await contract({}, { placed: [{ workers: 25 }] });
    for (const purpose of PURPOSES) {
      const answer = (await check(vendor.npp, id, { purpose })).json();
      expect(answer.placement).toMatchObject({ contracted: 40, declared: 25, missing: 15 });
      const action: Action = HELD.includes(purpose) ? 'hold' : 'proceed_with_conditions';
      expect([purpose, answer.action]).toEqual([purpose, action]);
    }
    const { placement } = (await check(vendor.npp, id)).json();
    expect(placement.findings).toEqual(['workers_missing']);
    expect(placement.detail).toContain('15 workers are not declared (PP 35/2021 art. 18(3)).');
    expect(placement.sentences.id).toContain('15 pekerja belum dilaporkan (PP 35/2021 Pasal 18 ayat (3)).');
  });

  test('counts months of the contract that are unpaid', async () => {
    const { vendor, id, bill } = await contract(
      { workersContracted: 1, startsOn: '2026-10-05' },
      { placed: [{ workers: 1 }], paid: false },
    );
    const { placement, action } = (await check(vendor.npp, id, { purpose: 'inspection' })).json();
    expect(placement).toMatchObject({ unpaidMonths: ['2026-10'], unpaid: bill, findings: ['months_unpaid'] });
    // The vendor is in arrears, which holds every purpose by itself.
    expect(action).toBe('hold');
    const later = await declareContract(
      service,
      vendor.id,
      terms({ workersContracted: 1, startsOn: '2026-11-01' }),
    );
    const other = (await check(vendor.npp, later.id)).json();
    expect(other.placement).toMatchObject({ unpaidMonths: [], missing: 0, findings: [] });
    expect(other.placement).not.toHaveProperty('period');
    expect(other.placement.detail).toContain('no roster of its months yet');
  });

  test('counts wages under what is billed, but not of those who work by the day', async () => {
    const { vendor, id } = await contract(
      { workersContracted: 4, billedMonthlyWage: 4_500_000 },
      {
        placed: [
          { workers: 1, wage: 4_499_999 },
          { workers: 1, wage: 1_000_000, employmentType: 'daily' },
          { workers: 2, wage: 4_500_000 },
        ],
      },
    );
    for (const purpose of PURPOSES) {
      const answer = (await check(vendor.npp, id, { purpose })).json();
      expect(answer.placement).toMatchObject({ underBilled: 1, findings: ['wages_under_billed'] });
      expect([purpose, answer.action]).toEqual([purpose, 'proceed_with_conditions']);
    }
  });

  test('counts wages under the minimum that binds the vendor, for this contract alone', async () => {
    const stated = await service.send({
      method: 'PUT',
      url: '/v1/minimum-wages/34.04/2026',
      body: { monthly: 2_600_000 },
    });
    expect(stated.statusCode, stated.body).toBeLessThan(300);
    const low = { workers: 2, wage: 2_599_999 };
    const roster = { placed: [low, { workers: 1 }, { ...low, contract: 'PKS-LAIN' }] };
    const body = { workersContracted: 3 };
    const { vendor, id } = await contract(body, roster, { regionCode: '34.04' });
    const answer = (await check(vendor.npp, id)).json();
    expect(answer).toMatchObject({
      action: 'proceed_with_conditions',
      placement: { minimumWage: 2_600_000, underMinimum: 2, findings: ['wages_under_minimum'] },
    });
    expect(answer.placement.detail).toContain('2 workers are declared with wages under the minimum wage');
    const small = await contract(body, roster, { regionCode: '34.04', scale: 'small' });
    const exempt = (await check(small.vendor.npp, small.id)).json().placement;
    expect(exempt).toMatchObject({ underMinimum: 0, findings: [] });
    expect(exempt).not.toHaveProperty('minimumWage');
  });

  test('says that the vendor has no licence, and that the sides differ', async () => {
    const { vendor, principal, principalClient, id, placement } = await contract(
      { workersContracted: 1 },
      { placed: [{ workers: 1 }] },
      { outsourcing: { licenceNumber: 'AD-9', licensedOn: '2026-11-20' } },
    );
    expect((await check(vendor.npp, id)).json().placement.findings).toEqual([]);
    const yesterday = (await check(vendor.npp, id, { asOf: '2026-11-19' })).json();
    expect(yesterday.placement.findings).toEqual(['vendor_unlicensed']);
    expect(yesterday.placement.detail).toContain('(PP 35/2021 art. 20(1))');
    const { contractNumber, startsOn } = placement;
    const stated = { contractNumber, startsOn, workersContracted: 9 };
    const refused = await service.send({
      url: `/v1/vendors/${vendor.id}/placements`,
      body: { ...stated, principal: { employerId: principal.id } },
      token: principalClient,
    });
    expect(refused.json().code).toBe('contract_declared');
    await declareContract(
      service,
      vendor.id,
      { ...stated, principal: { name: 'RSUD Wates' } },
      await service.token({ kind: 'procurement_unit', agency: 'ulp', regions: [] }),
    );
    const disputed = (await check(vendor.npp, id)).json();
    expect(disputed).toMatchObject({
      action: 'proceed_with_conditions',
      placement: { state: 'disputed', contracted: 1, findings: ['terms_disputed'] },
    });
  });

  test('takes the newest roster of the contract, and says when none was declared in time', async () => {
    const parties = await recordParties(service, { registeredOn: '2026-01-05' });
    const { vendor } = parties;
    const body = terms({ startsOn: '2026-08-20', endsOn: '2026-09-10', workersContracted: 2 });
    const { id } = await declareContract(service, vendor.id, body);
    const on = async (asOf: string) => (await check(vendor.npp, id, { asOf })).json().placement;
    expect(await on('2026-09-15')).toMatchObject({ declared: 0, missing: 0 });
    expect(await on('2026-09-16')).toMatchObject({ declared: 0, missing: 2 });
    const number = body.contractNumber;
    await declarePlaced(service, vendor.id, '2026-07', [{ contract: number, workers: 9 }]);
    await declarePlaced(service, vendor.id, '2026-08', [{ contract: number, workers: 1 }]);
    await declarePlaced(service, vendor.id, '2026-09', [{ contract: number, workers: 2 }]);
    await declarePlaced(service, vendor.id, '2026-10', [{ workers: 1 }]);
    for (const before of ['2026-07-31', '2026-08-19'])
      expect(await on(before)).toMatchObject({ declared: 0, missing: 0 });
    expect(await on('2026-08-20')).toMatchObject({ period: '2026-08', declared: 1, missing: 1 });
    expect(await on('2026-08-31')).toMatchObject({ period: '2026-08', declared: 1, missing: 1 });
    expect(await on('2026-09-01')).toMatchObject({ period: '2026-09', declared: 2, missing: 0 });
    expect(await on('2026-11-20')).toMatchObject({
      period: '2026-09',
      declared: 2,
      unpaidMonths: ['2026-08', '2026-09'],
    });
  });

  test('never lightens what the verdict says', async () => {
    const { vendor, id } = await contract(
      { workersContracted: 1 },
      { placed: [{ workers: 1 }] },
      { registeredOn: undefined },
    );
    for (const purpose of PURPOSES) {
      const answer = (await check(vendor.npp, id, { purpose })).json();
      expect(answer).toMatchObject({ action: 'hold', verdict: { status: 'not_registered' } });
    }
  });
});

describe('a check of a placement', () => {
  test('is answered again with the same bytes, whatever was said and declared since', async () => {
    const { vendor, id, placement, vendorClient } = await contract({}, { placed: [{ workers: 25 }] });
    const first = (await check(vendor.npp, id)).json();
    await service.send({
      url: `/v1/placements/${id}/responses`,
      body: { confirmed: false, reason: 'Hanya 25', terms: { workersContracted: 25 } },
      token: vendorClient,
    });
    await declarePlaced(service, vendor.id, '2026-10', [{ contract: placement.contractNumber, workers: 40 }]);
    const now = (await check(vendor.npp, id)).json();
    expect(now.placement).toMatchObject({ declared: 40, missing: 0, state: 'disputed' });
    const { asOf, knownAt } = first.verdict;
    const again = (await check(vendor.npp, id, { asOf, knownAt })).json();
    for (const part of ['placement', 'verdict', 'action'])
      expect(JSON.stringify(again[part])).toBe(JSON.stringify(first[part]));
    const stored = await service.send({ url: `/v1/checks/${first.id}` });
    expect(stored.json()).toEqual(first);
  });

  test('stands in the receipt', async () => {
    const { vendor, id } = await contract({}, { placed: [{ workers: 25 }] });
    const answer = (await check(vendor.npp, id)).json();
    const verified = await service.send({ url: '/v1/receipts/verify', body: { receipt: answer.receipt } });
    expect(verified.json()).toMatchObject({
      valid: true,
      payload: { placement: answer.placement, action: 'hold' },
    });
  });

  test('was not known before it was declared', async () => {
    const { vendor } = await recordParties(service);
    const knownAt = service.deps.clock().toISOString();
    service.setNow('2026-11-20T04:00:00Z');
    const { id } = await declareContract(service, vendor.id, terms());
    const answer = await check(vendor.npp, id, { knownAt });
    expect(answer.json()).toMatchObject({ status: 404, code: 'not_found' });
  });

  test('is of its vendor', async () => {
    const { id } = await contract({}, {});
    const other = await recordEmployer(service);
    const answer = await check(other.npp, id);
    expect(answer.json()).toMatchObject({
      status: 422,
      errors: [{ pointer: '/placementId', code: 'not_of_subject' }],
    });
    expect((await check(other.npp, crypto.randomUUID())).statusCode).toBe(404);
  });

  test('is for who may see the placement; a subject that is not resolved has none', async () => {
    const { vendor, id, principalClient, vendorClient, buyer } = await contract({}, {});
    expect((await check(vendor.npp, id, {}, buyer)).statusCode).toBe(404);
    const ours = await declareContract(service, vendor.id, terms(), buyer);
    expect((await check(vendor.npp, ours.id, {}, buyer)).json().placement).toMatchObject({ id: ours.id });
    expect((await check(vendor.npp, id, { purpose: 'self' }, vendorClient)).json()).toMatchObject({
      placement: { id },
    });
    const principals = (await check(vendor.npp, id, {}, principalClient)).json();
    expect(principals).toMatchObject({ outcome: 'none', action: 'confirm_subject' });
    expect(principals).not.toHaveProperty('placement');
    expect((await check('NOBODY', id)).json()).toMatchObject({ outcome: 'none' });
  });
});
