import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startApp, type TestApp } from '#test/setup/app.ts';
import { declareMonth, flagEmployer, pay, recordEmployer } from '#test/setup/employers.ts';
import { enterAgency, LICENSING, request } from '#test/setup/sanctions.ts';
import { agree, post } from '#test/setup/suspensions.ts';
import { ended, imported, ROSTER_HEADER, rejectionsOf, rosterLine, upload } from './imports.ts';

/** What the client of a company holds at most: every scope. */
let service: TestApp;
let own: string;
let employer: { id: string; npp: string };
let other: { id: string; npp: string };
let flagId: string;
let otherFlagId: string;
let sanctionId: string;
let otherSanctionId: string;
let planId: string;
let evidenceId: string;
let paymentId: string;
let checkId: string;

const NOTE = 'catatan-dinas-rahasia';

beforeAll(async () => {
  service = await startApp();
  await enterAgency(service, LICENSING, 'licensing_office');
  const owes = { registeredOn: '2026-08-01', closedOn: '2026-10-31' };
  employer = await recordEmployer(service, owes);
  other = await recordEmployer(service, owes);
  own = await service.token({
    agency: 'pt-contoh',
    kind: 'employer',
    regions: ['34'],
    sub: 'hrd',
    employerId: employer.id,
  });
  for (const { id } of [employer, other]) {
    await declareMonth(service, id, '2026-08');
    await declareMonth(service, id, '2026-09');
  }
  paymentId = (await pay(service, employer.id, 50_000, '2026-11-10')).id;
  ({ sanctionId } = await request(service, employer.id, { note: NOTE }));
  ({ sanctionId: otherSanctionId } = await request(service, other.id));
  flagId = await flagEmployer(service, employer.id, 'watch', { note: NOTE });
  otherFlagId = await flagEmployer(service, other.id, 'watch');
  planId = (await agree(service, employer.id, [['2026-12-15', 50_000]], { periods: ['2026-08'], note: NOTE }))
    .id;
  evidenceId = (
    await post(service, '/v1/evidence', {
      employer: employer.id,
      kind: 'worker_complaint',
      observedOn: '2026-09-20',
      headcount: 3,
      workers: [{ nik: '3401011205900077' }],
      note: NOTE,
    })
  ).id;
  const unit = await service.token({ agency: 'ulp-kp', kind: 'procurement_unit', sub: 'panitia' });
  const asked = { subject: { npp: employer.npp }, purpose: 'tender_award', reference: 'TENDER-1' };
  checkId = (await service.send({ url: '/v1/checks', body: asked, token: unit })).json().id;
});
afterAll(() => service.close());

async function get(path: string, token = own, headers: Record<string, string> = {}) {
  const answer = await service.send({ url: path, token, headers });
  return { status: answer.statusCode, text: answer.body, json: () => answer.json() };
}

async function tell(url: string, body: object, method: 'POST' | 'PATCH' | 'PUT' = 'POST', headers = {}) {
  const answer = await service.send({ method, url, body, token: own, headers });
  return { status: answer.statusCode, text: answer.body, ...answer.json() };
}

describe('a company sees of itself', () => {
  test.each([
    'ledger',
    'verdict',
    'verdict/explanation',
    'remedy',
    'standing?from=2026-08-01&to=2026-11-20',
    'flags',
    'suspensions',
    'declarations',
    'payments',
    'evidence',
    'sanctions',
    'workers',
    'accesses',
    'access-delays',
  ])('its %s, as under each of its names, and no note of an office', async (path) => {
    const byId = await get(`/v1/employers/${employer.id}/${path}`);
    expect(byId.status, byId.text).toBe(200);
    expect(byId.text).not.toContain(NOTE);
    expect((await get(`/v1/employers/npp:${employer.npp}/${path}`)).status).toBe(200);
    expect((await get(`/v1/employers/${other.id}/${path}`)).json()).toMatchObject({ status: 404 });
  });

  test('why it does not comply, what mends it, and what if it paid', async () => {
    const { status, reasons } = (await get(`/v1/employers/${employer.id}/verdict`)).json();
    expect([status, reasons[0].code]).toEqual(['non_compliant', 'ARREARS']);
    const { payments, total } = (await get(`/v1/employers/${employer.id}/remedy`)).json();
    expect(total).toBeGreaterThan(0);
    const simulated = await tell(`/v1/employers/${employer.id}/remedy/simulations`, {
      payments,
      on: '2026-11-20',
    });
    expect(simulated.status).toBe(200);
    expect(simulated.verdict.reasons.map(({ code }: { code: string }) => code)).not.toContain('ARREARS');
    const letter = await get(`/v1/employers/${employer.id}/verdict/explanation`, own, {
      accept: 'text/html',
    });
    expect(letter.text).toContain('<html');
  });

  test('its flags, each alone and as lists', async () => {
    expect((await get(`/v1/flags/${flagId}`)).json()).toMatchObject({ id: flagId, state: 'in_force' });
    for (const path of ['/v1/flags', `/v1/employers/${employer.id}/flags`]) {
      const { items } = (await get(path)).json();
      expect(items.map(({ id }: { id: string }) => id)).toEqual([flagId]);
      expect(items[0]).not.toHaveProperty('note');
    }
  });

  test('the procedure against it, with its steps, and the letters that it was sent', async () => {
    const procedure = (await get(`/v1/sanctions/${sanctionId}`)).json();
    expect(procedure.steps.map(({ step }: { step: string }) => step)).toContain('administrative_fine');
    const { items } = (await get('/v1/sanctions')).json();
    expect(items.map(({ id }: { id: string }) => id)).toEqual([sanctionId]);
    for (const step of ['first_warning', 'second_warning', 'administrative_fine']) {
      const letter = await get(`/v1/sanctions/${sanctionId}/letters/${step}`);
      expect(letter.status, letter.text).toBe(200);
      expect(letter.text).not.toContain(NOTE);
    }
    expect((await get(`/v1/sanctions/${sanctionId}/case-file`)).json()).toMatchObject({ status: 404 });
  });

  test('what evidence there is about it, and not whom it saw', async () => {
    expect((await get(`/v1/evidence/${evidenceId}`)).json()).toMatchObject({ id: evidenceId, headcount: 3 });
    expect((await get('/v1/evidence')).json().items).toHaveLength(1);
    expect((await get(`/v1/evidence/${evidenceId}/workers?purpose=mau%20tahu`)).json()).toMatchObject({
      status: 403,
      code: 'kind_not_allowed',
    });
  });

  test('who asked about it', async () => {
    const { items } = (await get(`/v1/employers/${employer.id}/accesses`)).json();
    expect(items.find(({ id }: { id: string }) => id === checkId)).toMatchObject({
      agency: { code: 'ulp-kp' },
      purpose: 'tender_award',
      action: 'hold',
      status: 'non_compliant',
    });
    expect((await get(`/v1/checks/${checkId}`)).json()).toMatchObject({ status: 404 });
  });

  test('itself alone in every list over employers', async () => {
    expect((await get('/v1/employers')).json().items).toMatchObject([{ id: employer.id }]);
    expect((await get('/v1/non-compliant-employers')).json().items).toMatchObject([
      { employer: { id: employer.id } },
    ]);
    for (const list of ['plans', 'disputes', 'regularisations', 'evidence', 'flags', 'sanctions']) {
      const answer = await get(`/v1/${list}?limit=200`);
      expect(answer.status, answer.text).toBe(200);
      expect(answer.text).not.toContain(other.id);
    }
    expect((await get('/v1/vendors')).json().items).toEqual([]);
    expect((await get('/v1/placements')).json().items).toEqual([]);
    const found = await tell('/v1/employers/resolve', { npp: other.npp });
    expect(found.outcome).toBe('none');
    const checked = await tell('/v1/checks', {
      subject: { npp: other.npp },
      purpose: 'self',
      reference: 'ingin tahu',
    });
    expect(checked).toMatchObject({ outcome: 'none', action: 'confirm_subject' });
  });
});

describe('a company does for itself:', () => {
  test('it checks itself and shows the receipt', async () => {
    const asked = { subject: { npp: employer.npp }, purpose: 'self', reference: 'laporan direksi' };
    const { id, outcome, receipt } = await tell('/v1/checks', asked);
    expect(outcome).toBe('resolved');
    expect((await get(`/v1/checks/${id}/receipt`)).text).toBe(receipt);
  });

  test('it objects to a flag, and an official decides', async () => {
    const objected = await tell(`/v1/flags/${flagId}/objections`, {
      reason: 'sudah lunas',
      suspensive: true,
    });
    expect(objected.status, objected.text).toBe(201);
    expect(objected.state).toBe('suspended');
    const objectionId = objected.history.at(-1).id;
    const decision = { upheld: true, reason: 'kami benar' };
    expect(await tell(`/v1/flags/${flagId}/objections/${objectionId}/decisions`, decision)).toMatchObject({
      status: 403,
      code: 'flag_acts_need_agency',
    });
  });

  test('it contests a breach, and takes that back', async () => {
    const opened = await tell('/v1/disputes', { employer: employer.id, ground: 'salah hitung' });
    expect(opened.status, opened.text).toBe(201);
    expect((await get('/v1/disputes')).json().items).toMatchObject([{ id: opened.id }]);
    expect(await tell(`/v1/disputes/${opened.id}/decisions`, { upheld: true, reason: 'x' })).toMatchObject({
      status: 403,
      code: 'suspension_needs_agency',
    });
    expect((await tell(`/v1/disputes/${opened.id}/withdrawals`, { reason: 'keliru' })).status).toBe(201);
  });

  test('it declares a roster', async () => {
    const worker = {
      nik: '3401014107900001',
      name: 'Siti Aminah',
      birthDate: '1990-07-01',
      wage: 4_100_000,
      programmes: ['JKK', 'JKM', 'JHT', 'JP'],
    };
    const body = { period: '2026-10', workers: [worker] };
    const declared = await tell(`/v1/employers/npp:${employer.npp}/declarations`, body);
    expect(declared.status, declared.text).toBe(201);
    expect(
      (
        await get(declared.employerId ? `/v1/employers/${employer.id}/declarations/${declared.id}` : '')
      ).json(),
    ).toMatchObject({ period: '2026-10', headcount: 1 });
    expect(await tell(`/v1/employers/${other.id}/declarations`, body)).toMatchObject({ status: 404 });
  });

  test("it uploads its roster; another company's lines are rejected like those of an unknown one", async () => {
    const file = (npps: string[]) =>
      [ROSTER_HEADER, ...npps.flatMap((npp) => [rosterLine(npp, 1), rosterLine(npp, 2)])].join('\n');
    const run = await imported(service, 'rosters', file([employer.npp, other.npp, 'ZZ000001']), {
      token: own,
    });
    expect(run).toMatchObject({
      state: 'succeeded',
      linesAccepted: 2,
      linesRejected: 4,
      groupsAccepted: 1,
      groupsRejected: 2,
    });
    const { items } = (await get(`/v1/imports/${run.id}/rejections`)).json();
    const told = items.map(({ line, column, code, detail }: Record<string, unknown>) => ({
      line,
      column,
      code,
      detail,
    }));
    expect(told.map(({ line }: { line: number }) => line)).toEqual([4, 5, 6, 7]);
    expect(new Set(told.map(({ code }: { code: string }) => code))).toEqual(new Set(['employer_not_found']));
    expect(new Set(told.map(({ detail }: { detail: string }) => detail)).size).toBe(1);
    expect((await get('/v1/imports')).json().items.map(({ id }: { id: string }) => id)).toEqual([run.id]);
    expect((await ended(service, run, own)).state).toBe('succeeded');
    // The office does not see the company's file, nor the company the office's.
    expect(await rejectionsOf(service, run)).toBeUndefined();
    const ofOffice = await upload(service, 'rosters', file([employer.npp]));
    for (const path of ['', '/rejections', '/events'])
      expect((await get(`/v1/imports/${ofOffice.id}${path}`)).status).toBe(404);
    const cancelled = await service.send({ method: 'DELETE', url: `/v1/imports/${ofOffice.id}`, token: own });
    expect(cancelled.statusCode).toBe(404);
    await ended(service, ofOffice);
  });

  test('a file of nothing but others declares nothing', async () => {
    const before = (await get(`/v1/employers/${other.id}/declarations`, await service.token())).json().items;
    const lines = [ROSTER_HEADER, rosterLine(other.npp, 1)];
    const run = await imported(service, 'rosters', lines.join('\n'), { token: own });
    expect(run).toMatchObject({ linesAccepted: 0, linesRejected: 1 });
    const after = (await get(`/v1/employers/${other.id}/declarations`, await service.token())).json().items;
    expect(after).toEqual(before);
  });
});

describe('a company does not', () => {
  const refused = (status: number, code: string) => ({ status, code });
  const NOT_ITS = refused(403, 'kind_not_allowed');

  test('say that it paid: payments are what was received', async () => {
    const payment = { employer: employer.id, amount: 900_000, paidOn: '2026-11-19', reference: 'SENDIRI-1' };
    expect(await tell('/v1/payments', payment)).toMatchObject(NOT_ITS);
    expect(await tell('/v1/payments', { ...payment, employer: other.id })).toMatchObject({ status: 404 });
    const reversal = { reason: 'x', reference: 'y' };
    expect(await tell(`/v1/payments/${paymentId}/reversals`, reversal)).toMatchObject(NOT_ITS);
    expect((await get(`/v1/employers/${employer.id}/payments`)).json().items).toMatchObject([
      { id: paymentId, amount: 50_000 },
    ]);
  });

  test.each(['employers', 'payments', 'evidence'])('send a file of %s', async (kind) => {
    const answer = await service.send({
      url: `/v1/imports?kind=${kind}`,
      body: `npp;jumlah\n${employer.npp};1\n`,
      headers: { 'content-type': 'text/csv' },
      token: own,
    });
    expect(answer.json()).toMatchObject(NOT_ITS);
  });

  test('change what the registry says of it, or of others, nor enter a company', async () => {
    const url = `/v1/employers/${employer.id}`;
    const tag = String((await service.send({ url, token: own })).headers.etag);
    const change = (address: string, body: object) => tell(address, body, 'PATCH', { 'if-match': tag });
    for (const body of [{ closedOn: '2026-08-01' }, { scale: 'micro' }, { kind: 'government' }])
      expect(await change(url, body)).toMatchObject(NOT_ITS);
    expect(await change(`/v1/employers/${other.id}`, { scale: 'micro' })).toMatchObject({ status: 404 });
    const company = { legalName: 'PT Baru', kind: 'private', scale: 'micro', regionCode: '34.01' };
    expect(await tell('/v1/employers', company)).toMatchObject(refused(403, 'outside_jurisdiction'));
  });

  test.each([
    [
      'raise a flag',
      '/v1/flags',
      { kind: 'watch', ground: 'x', startsOn: '2026-11-20' },
      'flag_acts_need_agency',
    ],
    [
      'agree a plan with itself',
      '/v1/plans',
      { periods: ['2026-08'], instalments: [{ dueOn: '2026-12-15', amount: 1 }], agreedOn: '2026-11-20' },
      'suspension_needs_agency',
    ],
    ['suspend its breaches by a dispute', '/v1/disputes', { suspensive: true }, 'suspension_needs_agency'],
    ['invite itself to regularise', '/v1/regularisations', {}, 'suspension_needs_agency'],
    [
      'record evidence',
      '/v1/evidence',
      { kind: 'inspection', observedOn: '2026-11-01', headcount: 1 },
      'kind_not_allowed',
    ],
    ['open a procedure', '/v1/sanctions', { codes: ['ARREARS'], openedOn: '2026-11-20' }, 'kind_not_allowed'],
    ['send an inspector', '/v1/inspections', { inspector: 'a' }, 'kind_not_allowed'],
    [
      'declare a conflict of an inspector',
      '/v1/inspections/conflicts',
      { reason: 'kerabat' },
      'kind_not_allowed',
    ],
  ] as const)('%s', async (_what, url, body, code) => {
    expect(await tell(url, { employer: employer.id, ...body })).toMatchObject(refused(403, code));
  });

  test('decide, or end, what an office has put on record', async () => {
    const reason = { reason: 'tidak setuju' };
    for (const act of ['approvals', 'rejections', 'lifts'])
      expect(await tell(`/v1/flags/${flagId}/${act}`, reason)).toMatchObject(
        refused(403, 'flag_acts_need_agency'),
      );
    expect(await tell(`/v1/plans/${planId}/withdrawals`, reason)).toMatchObject(
      refused(403, 'suspension_of_other_party'),
    );
    const invitation = await post(service, '/v1/regularisations', { employer: employer.id, note: NOTE });
    expect(await tell(`/v1/regularisations/${invitation.id}/withdrawals`, reason)).toMatchObject(
      refused(403, 'suspension_of_other_party'),
    );
    const letter = await get(`/v1/regularisations/${invitation.id}/letter`);
    expect([letter.status, letter.text.includes(NOTE)]).toEqual([200, false]);
    await post(service, `/v1/regularisations/${invitation.id}/withdrawals`, reason);
    for (const step of [
      { step: 'closed', note: 'selesai' },
      { step: 'tmp2t_decision', accepted: false, note: 'ditolak' },
      { step: 'tmp2t_lifted' },
    ]) {
      const url = `/v1/sanctions/${sanctionId}/steps`;
      expect(await tell(url, { ...step, on: '2026-11-20' })).toMatchObject(NOT_ITS);
    }
  });

  test.each([
    '/v1/inspections/queue',
    '/v1/inspections',
    '/v1/inspections/conflicts',
    '/v1/reports/inspections',
  ])('read %s', async (path) => {
    expect((await get(path)).json()).toMatchObject(NOT_ITS);
  });

  test('see anything of another company, under whatever address', async () => {
    const paths = [
      `/v1/employers/${other.id}`,
      `/v1/employers/npp:${other.npp}`,
      `/v1/flags/${otherFlagId}`,
      `/v1/sanctions/${otherSanctionId}`,
      `/v1/sanctions/${otherSanctionId}/letters/first_warning`,
    ];
    for (const path of paths) expect((await get(path)).json()).toMatchObject(refused(404, 'not_found'));
    const objection = await tell(`/v1/flags/${otherFlagId}/objections`, { reason: 'x' });
    expect(objection).toMatchObject(refused(404, 'not_found'));
    expect(await tell('/v1/disputes', { employer: other.id })).toMatchObject(refused(404, 'not_found'));
    const simulation = { payments: [], on: '2026-11-20' };
    expect(await tell(`/v1/employers/${other.id}/remedy/simulations`, simulation)).toMatchObject(
      refused(404, 'not_found'),
    );
  });
});
