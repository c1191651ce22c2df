import { createLocalJWKSet, jwtVerify } from 'jose';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { PURPOSES } from '#src/domain/check-policy.ts';
import { startApp, type TestApp } from '#test/setup/app.ts';
import { declareMonth, flagEmployer, pay, recordEmployer } from '#test/setup/employers.ts';

const NOW = '2026-11-20T03:00:00Z';
let service: TestApp;
const who: Record<string, { id: string; npp: string }> = {};

beforeAll(async () => {
  service = await startApp(NOW);
  const add = async (name: string, more: object = {}) => (who[name] = await recordEmployer(service, more));
  await add('compliant');
  await add('not_in_scope', { closedOn: '2026-11-10' });
  await add('compliant_with_conditions', { jkkClass: 'III', jkkClassOrigin: 'declared' });
  await declareMonth(service, (await add('non_compliant')).id, '2026-10');
  await add('not_registered', { registeredOn: undefined });
  await flagEmployer(service, (await add('under_review')).id, 'review');
});
beforeEach(() => service.setNow(NOW));
afterAll(() => service.close());

const ASKED = { purpose: 'inspection', reference: 'SPT-17' };

async function check(subject: object, more: object = {}, token?: string) {
  const answer = await service.send({
    url: '/v1/checks',
    body: { ...ASKED, subject, ...more },
    ...(token && { token }),
  });
  expect(answer.statusCode, answer.body).toBe(200);
  return answer.json();
}

/** The payload of a receipt, verified with the published keys and nothing of ours. */
async function opened(receipt: string) {
  const published = await service.app.inject('/.well-known/jwks.json');
  const { payload } = await jwtVerify(receipt, createLocalJWKSet(published.json()), {
    typ: 'patuh-receipt+jwt',
    algorithms: ['EdDSA'],
    issuer: 'https://patuh.localhost',
  });
  return payload;
}

describe('outcomes', () => {
  test('a resolved subject has a verdict, the same that the employer has', async () => {
    const { id, npp } = who.non_compliant!;
    const answer = await check({ npp });
    expect(Object.keys(answer)).toEqual(['id', 'checkedAt', 'outcome', 'action', 'verdict', 'receipt']);
    expect(answer).toMatchObject({
      outcome: 'resolved',
      action: 'hold',
      verdict: { status: 'non_compliant' },
    });
    expect(answer.checkedAt).toMatch(/^2026-11-20T03:00:0\d\.\d{3}Z$/);
    const verdict = await service.send({ url: `/v1/employers/${id}/verdict` });
    expect(answer.verdict).toEqual(verdict.json());
  });

  test('a name alone is to be confirmed', async () => {
    await recordEmployer(service, { legalName: 'PT Gula Madukismo', npp: 'GULA01' });
    const answer = await check({ name: 'Gula Madukismo' });
    expect(answer).toMatchObject({
      outcome: 'candidates',
      action: 'confirm_subject',
      candidates: [{ employer: { npp: 'GULA01' }, score: 1, reasons: ['name_equal'] }],
    });
    expect(answer).not.toHaveProperty('verdict');
  });

  test('identifiers of two employers are a conflict, and unknown ones nobody', async () => {
    await recordEmployer(service, { npp: 'NIBX01', nib: '1234567890123' });
    const conflict = await check({ npp: who.compliant!.npp, nib: '1234567890123' });
    expect(conflict).toMatchObject({ outcome: 'conflict', action: 'confirm_subject' });
    expect(conflict.candidates).toHaveLength(2);
    const none = await check({ npp: 'NOBODY' });
    expect(none).toMatchObject({ outcome: 'none', action: 'confirm_subject' });
    expect(Object.keys(none)).toEqual(['id', 'checkedAt', 'outcome', 'action', 'receipt']);
  });

  test('sentences come in the language asked for', async () => {
    const answer = await service.send({
      url: '/v1/checks',
      body: { ...ASKED, subject: { npp: who.not_registered!.npp } },
      headers: { 'accept-language': 'id' },
    });
    expect(answer.headers['content-language']).toBe('id');
    expect(answer.json().verdict.reasons[0].detail).toMatch(/belum terdaftar/);
  });
});

describe('actions', () => {
  const expected: Record<string, string> = {
    compliant: 'proceed',
    not_in_scope: 'proceed',
    compliant_with_conditions: 'proceed_with_conditions',
    non_compliant: 'hold',
    not_registered: 'hold',
    under_review: 'ask_review',
  };
  test.each(Object.keys(expected))('of every purpose on an employer that is %s', async (status) => {
    for (const purpose of PURPOSES) {
      const { verdict, action } = await check({ npp: who[status]!.npp }, { purpose });
      expect([purpose, verdict.status, action]).toEqual([purpose, status, expected[status]]);
    }
  });

  test.each([
    ['procurement_block', ['tender_opening', 'tender_award', 'contract_payment']],
    ['licence_hold', ['business_licence', 'foreign_worker_permit', 'outsourcing_licence', 'building_permit']],
    ['watch', []],
    ['referral', []],
  ] as const)('a %s in force holds its purposes, and shows', async (kind, held: readonly string[]) => {
    const { id, npp } = await recordEmployer(service);
    const reference = await flagEmployer(service, id, kind);
    for (const purpose of PURPOSES) {
      const { verdict, action } = await check({ npp }, { purpose });
      expect(verdict.status).toBe('compliant');
      expect(verdict.restrictions).toEqual([
        { kind, by: 'disnaker-kulon-progo', since: '2026-11-20', reference },
      ]);
      expect([purpose, action]).toEqual([purpose, held.includes(purpose) ? 'hold' : 'proceed']);
    }
  });

  test('a flag that ends stops to hold on its day', async () => {
    const { id, npp } = await recordEmployer(service);
    await flagEmployer(service, id, 'procurement_block', { endsOn: '2026-11-30' });
    const on = async (asOf: string) => (await check({ npp }, { purpose: 'tender_award', asOf })).action;
    expect([await on('2026-11-30'), await on('2026-12-01')]).toEqual(['hold', 'proceed']);
  });
});

describe('clocks', () => {
  test('a payment changes what is answered from its recording on, and not what was known before', async () => {
    const { id, npp } = await recordEmployer(service);
    const bill = await declareMonth(service, id, '2026-10');
    const before = await check({ npp });
    expect(before.verdict.arrears).toMatchObject({ months: 1, contributions: bill, oldestPeriod: '2026-10' });
    await pay(service, id, bill, '2026-11-12');
    expect((await check({ npp })).verdict.status).toBe('compliant');
    const { asOf, knownAt } = before.verdict;
    const again = await check({ npp }, { asOf, knownAt });
    expect(again.verdict).toEqual(before.verdict);
    expect(again.action).toBe('hold');
  });

  test('a day to come tells what will be if nothing more comes', async () => {
    const { npp } = who.compliant!;
    expect((await check({ npp }, { asOf: '2026-12-15' })).verdict.status).toBe('compliant');
    expect((await check({ npp }, { asOf: '2026-12-16' })).verdict).toMatchObject({
      asOf: '2026-12-16',
      status: 'non_compliant',
    });
    service.setNow('2026-12-16T03:00:00Z');
    expect((await check({ npp })).verdict.status).toBe('non_compliant');
  });

  test('a day gone by is answered with what is known of it now', async () => {
    const { npp } = who.non_compliant!;
    expect((await check({ npp }, { asOf: '2026-11-16' })).verdict.status).toBe('compliant');
    expect((await check({ npp }, { asOf: '2026-11-17' })).verdict.status).toBe('non_compliant');
  });

  test('who was not recorded by then is nobody', async () => {
    const answer = await check({ npp: who.compliant!.npp }, { knownAt: '2026-11-01T00:00:00Z' });
    expect(answer).toMatchObject({ outcome: 'none', action: 'confirm_subject' });
  });
});

describe('who asks', () => {
  test('an agency elsewhere may check any employer of the nation', async () => {
    const token = await service.token({ agency: 'lpse-papua', kind: 'procurement_unit', regions: ['91'] });
    expect(await check({ npp: who.compliant!.npp }, {}, token)).toMatchObject({ outcome: 'resolved' });
  });

  test('an employer gets to know of itself only', async () => {
    const { id, npp } = who.compliant!;
    const token = await service.token({ kind: 'employer', agency: 'employers', employerId: id, sub: 'hrd' });
    expect(await check({ npp }, { purpose: 'self' }, token)).toMatchObject({ outcome: 'resolved' });
    for (const subject of [{ npp: who.non_compliant!.npp }, { name: 'Gula Madukismo' }])
      expect(await check(subject, {}, token)).toMatchObject({ outcome: 'none', action: 'confirm_subject' });
  });
});

describe('receipts', () => {
  test('verify with the published keys and say what was asked and answered', async () => {
    const subject = { npp: who.non_compliant!.npp };
    const answer = await check(subject, { purpose: 'tender_award', onBehalfOf: 'LPSE DIY' });
    const payload = await opened(answer.receipt);
    expect(payload).toMatchObject({
      iss: 'https://patuh.localhost',
      jti: answer.id,
      iat: Math.floor(Date.parse(answer.checkedAt) / 1000),
      agency: 'disnaker-kulon-progo',
      purpose: 'tender_award',
      reference: 'SPT-17',
      onBehalfOf: 'LPSE DIY',
      outcome: 'resolved',
      action: 'hold',
      rulesetVersion: service.deps.law.version,
      dataCutoff: answer.verdict.dataCutoff,
      checkedAt: answer.checkedAt,
      subject,
    });
    expect(payload.verdict).toEqual(answer.verdict);
  });

  test('are verified for anyone, without a token', async () => {
    const { receipt, id } = await check({ npp: who.compliant!.npp });
    const verify = async (given: unknown) => {
      const answer = await service.app.inject({
        method: 'POST',
        url: '/v1/receipts/verify',
        payload: { receipt: given },
      });
      return { status: answer.statusCode, ...answer.json() };
    };
    expect(await verify(receipt)).toMatchObject({ status: 200, valid: true, payload: { jti: id } });

    const [header, payload, signature] = receipt.split('.');
    const claims = JSON.parse(Buffer.from(payload, 'base64url').toString());
    const forged = Buffer.from(JSON.stringify({ ...claims, action: 'proceed' })).toString('base64url');
    const tampered = `${header}.${forged.replace(/.$/, 'A')}.${signature}`;
    expect(await verify(tampered)).toMatchObject({ status: 200, valid: false });
    expect(await verify(`${header}.${payload}.${'A'.repeat(86)}`)).toEqual({
      status: 200,
      valid: false,
      reason: 'bad_signature',
    });
    expect(await verify('not a receipt')).toEqual({ status: 200, valid: false, reason: 'malformed' });
    expect(await verify(await service.token())).toEqual({ status: 200, valid: false, reason: 'wrong_type' });
    expect(await verify(17)).toMatchObject({ status: 422, code: 'invalid_content' });
  });
});

describe('what is stored', () => {
  test('is what was answered, byte for byte, and its receipt', async () => {
    for (const subject of [{ npp: who.non_compliant!.npp }, { name: 'Gula Madukismo' }, { npp: 'NOBODY' }]) {
      const answer = await service.send({ url: '/v1/checks', body: { ...ASKED, subject } });
      const { id, receipt } = answer.json();
      const stored = await service.send({ url: `/v1/checks/${id}` });
      expect(stored.body).toBe(answer.body);
      expect(stored.headers['content-type']).toBe(answer.headers['content-type']);
      const alone = await service.send({ url: `/v1/checks/${id}/receipt` });
      expect(alone.body).toBe(receipt);
      expect(alone.headers['content-type']).toMatch(/^application\/jose/);
    }
  });

  test('does not change when facts come', async () => {
    const { id: employer, npp } = await recordEmployer(service);
    const answer = await service.send({ url: '/v1/checks', body: { ...ASKED, subject: { npp } } });
    await declareMonth(service, employer, '2026-10');
    expect((await service.send({ url: `/v1/checks/${answer.json().id}` })).body).toBe(answer.body);
  });

  test('is there for the agency that asked, and for nobody else', async () => {
    const { id } = await check({ npp: who.compliant!.npp });
    const other = await service.token({ agency: 'kejari-kulon-progo', kind: 'prosecutor' });
    for (const path of ['', '/receipt']) {
      const answer = await service.send({ url: `/v1/checks/${id}${path}`, token: other });
      expect(answer.statusCode).toBe(404);
    }
    const absent = '01936b2e-0000-7000-8000-000000000000';
    expect((await service.send({ url: `/v1/checks/${absent}` })).statusCode).toBe(404);
    expect((await service.send({ url: '/v1/checks/17' })).statusCode).toBe(422);
  });

  test('is not shared among employers of one agency', async () => {
    const client = (name: string) =>
      service.token({ kind: 'employer', agency: 'employers', employerId: who[name]!.id, sub: `hrd-${name}` });
    const [own, other] = [await client('compliant'), await client('not_registered')];
    const checks = [
      await check({ npp: who.compliant!.npp }, {}, own),
      await check({ npp: 'NOBODY' }, {}, own),
    ];
    for (const { id } of checks) {
      expect((await service.send({ url: `/v1/checks/${id}`, token: own })).statusCode).toBe(200);
      expect((await service.send({ url: `/v1/checks/${id}`, token: other })).statusCode).toBe(404);
    }
  });

  test('is one check for one Idempotency-Key', async () => {
    const body = { ...ASKED, subject: { npp: who.non_compliant!.npp } };
    const send = (more: object = {}) =>
      service.send({
        url: '/v1/checks',
        body: { ...body, ...more },
        headers: { 'idempotency-key': 'check-1' },
      });
    const first = await send();
    const again = await send();
    expect(again.headers['idempotency-replayed']).toBe('true');
    expect(again.body).toBe(first.body);
    expect(again.headers['content-type']).toBe(first.headers['content-type']);
    expect((await service.send({ url: `/v1/checks/${first.json().id}` })).body).toBe(first.body);
    expect((await send({ purpose: 'prosecution' })).json().code).toBe('idempotency_key_reused');
  });
});

describe('what cannot be asked', () => {
  test.each([
    [{ subject: {} }, '/subject', 'subject_missing'],
    [{ subject: { nib: '1' } }, '/subject/nib', 'nib_format'],
    [{ purpose: 'curiosity' }, '/purpose', 'invalid_value'],
    [{ reference: undefined }, '/reference', 'required'],
    [{ placementId: 'x' }, '/placementId', 'invalid_id'],
    [{ asOf: '2015-06-30' }, '/asOf', 'before_programmes'],
    [{ asOf: '2026-02-30' }, '/asOf', 'invalid_day'],
    [{ knownAt: '2026-11-20T04:00:00Z' }, '/knownAt', 'in_future'],
  ])('%j is refused at %s', async (more, pointer, code) => {
    const body = { ...ASKED, subject: { npp: 'AB12' }, ...more };
    const answer = await service.send({ url: '/v1/checks', body });
    expect(answer.statusCode).toBe(422);
    expect(answer.json().errors).toEqual([expect.objectContaining({ pointer, code })]);
  });

  test('without checks:create', async () => {
    const token = await service.token({ scopes: ['compliance:read'] });
    const answer = await service.send({
      url: '/v1/checks',
      body: { ...ASKED, subject: { npp: 'AB12' } },
      token,
    });
    expect(answer.statusCode).toBe(403);
  });
});
