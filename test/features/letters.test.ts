import { createHash } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { rupiahText } from '#src/domain/language.ts';
import { startApp, type TestApp } from '#test/setup/app.ts';
import { post } from '#test/setup/suspensions.ts';

const NAME = 'PT Kayu & "Jati" <script>alert(1)</script>';
const ESCAPED = 'PT Kayu &amp; &quot;Jati&quot; &lt;script&gt;';
const WORKERS = [
  { nik: '3401012306903421', name: 'Ratnawulan Kusumaningtyas', birthDate: '1990-06-23', wage: 3_000_001 },
  { nik: '3404075201900001', name: 'Bagaskara Wirjodiredjo', birthDate: '1990-01-12', wage: 2_999_999 },
].map((worker) => ({ ...worker, programmes: ['JKK', 'JKM', 'JHT'] }));
/** 0.24 % JKK, 0.30 % JKM, 5.7 % JHT of each wage, rounded worker by worker. */
const BILL = 374_400;

let service: TestApp;
let employerId: string;
let sanctionId: string;
let company: string;
let office: string;
const pages = new Map<string, string>();

const page = (path: string, token?: string) => service.send({ url: `/v1/${path}`, ...(token && { token }) });
const letter = (step: string, token?: string) => page(`sanctions/${sanctionId}/letters/${step}`, token);
const step = async (body: object, token?: string) => {
  await post(service, `/v1/sanctions/${sanctionId}/steps`, body, token);
};

/** Takes a step on its day, in the morning. */
async function stepOn(on: string, body: object, token?: string): Promise<void> {
  service.setNow(`${on}T03:00:00Z`);
  await step({ on, ...body }, token);
}

beforeAll(async () => {
  service = await startApp('2026-08-20T03:00:00Z');
  await service.deps.database.pool.query(
    `insert into agencies (code, name, kind, regions, created_at)
     values ('disnaker-kulon-progo', 'Dinas Tenaga Kerja Kulon Progo', 'labour_office', '{34.01}', now()),
            ('dpmptsp', 'DPMPTSP Kulon Progo', 'licensing_office', '{34.01}', now())`,
  );
  const employer = await post(service, '/v1/employers', {
    legalName: NAME,
    npp: 'LT000001',
    nib: '9120301234567',
    kind: 'private',
    scale: 'small',
    regionCode: '34.01',
    address: 'Jalan Wates 5',
    registeredOn: '2026-01-05',
    jkkClass: 'I',
    jkkClassOrigin: 'bpjs_decision',
  });
  employerId = employer.id;
  await post(service, `/v1/employers/${employerId}/declarations`, { period: '2026-06', workers: WORKERS });
  await post(service, `/v1/employers/${employerId}/declarations`, { period: '2026-07', workers: WORKERS });
  const opened = await post(service, '/v1/sanctions', {
    employer: employerId,
    codes: ['ARREARS'],
    openedOn: '2026-08-20',
  });
  sanctionId = opened.id;
  company = await service.token({
    agency: 'perusahaan',
    kind: 'employer',
    regions: [],
    sub: 'hrd',
    employerId,
  });
  office = await service.token({
    agency: 'dpmptsp',
    kind: 'licensing_office',
    regions: ['34.01'],
    sub: 'loket',
  });
});
afterAll(() => service.close());

/** The clocks that a letter says its numbers can be asked for again by. */
function clocksOf(html: string): string {
  return /asOf=[\d-]{10}&amp;knownAt=[\dTZ:.-]+/.exec(html)![0].replace('&amp;', '&');
}

test('a letter is there once its step is taken, and says what the verdict of that instant says', async () => {
  expect((await letter('first_warning')).json()).toMatchObject({ status: 404, code: 'not_found' });
  await step({ step: 'first_warning', on: '2026-08-20' });
  const answer = await letter('first_warning');
  expect(answer.statusCode, answer.body).toBe(200);
  expect(answer.headers).toMatchObject({
    'content-type': 'text/html; charset=utf-8',
    'content-language': 'id',
    'content-disposition': `inline; filename="first-warning-${sanctionId}.html"`,
    'content-security-policy': expect.stringMatching(/^default-src 'none'; style-src 'unsafe-inline'/),
  });
  expect(answer.headers['content-security-policy']).not.toContain('script');
  const verdict = (await page(`employers/${employerId}/verdict?${clocksOf(answer.body)}`)).json();
  expect(verdict.asOf).toBe('2026-08-20');
  const { contributions, lateCharge, total } = verdict.arrears;
  expect(contributions).toBe(2 * BILL);
  for (const amount of [contributions, lateCharge, total])
    expect(answer.body).toContain(rupiahText(amount, 'id'));
  for (const said of [
    ESCAPED,
    'LT000001',
    '9120301234567',
    'Jalan Wates 5',
    'Kabupaten Kulon Progo',
    'Kulon Progo, 20 Agustus 2026',
    'Dinas Tenaga Kerja Kulon Progo',
    'inspector-1',
    `${sanctionId}/first_warning`,
    '10 hari kerja',
    'Juni 2026',
    verdict.rulesetVersion,
    // 25 August is the Prophet's birthday: ten working days after 20 August end a day later.
    '4 September 2026',
    'Surat Teguran Tertulis Kedua, paling cepat 5 September 2026',
  ]) {
    expect(answer.body).toContain(said);
  }
  pages.set('first_warning', answer.body);
});

test('each later step has its letter, with its own term', async () => {
  await stepOn('2026-09-07', { step: 'second_warning' });
  const second = await letter('second_warning');
  expect(second.body).toContain('20 Agustus 2026');
  expect(second.body).toContain('21 September 2026');
  pages.set('second_warning', second.body);
  await stepOn('2026-09-22', { step: 'administrative_fine' });
  const { fine } = (await page(`sanctions/${sanctionId}`)).json();
  const notice = await letter('administrative_fine');
  expect(fine.total).toBeGreaterThan(0);
  expect(notice.body).toContain(`<strong>${rupiahText(fine.total, 'id')}</strong>`);
  for (const { amount } of fine.months) expect(notice.body).toContain(rupiahText(amount, 'id'));
  expect(notice.body).toContain('0,1 %');
  pages.set('administrative_fine', notice.body);
  expect((await letter('tmp2t_lift')).statusCode).toBe(404);
  expect((await letter('closed')).statusCode).toBe(422);
});

test('the lift is asked for and done by letter', async () => {
  await stepOn('2026-10-07', { step: 'tmp2t_request', services: ['business_licence'], decidedBy: 'dpmptsp' });
  await step({ step: 'tmp2t_decision', on: '2026-10-07', accepted: true }, office);
  await stepOn('2026-10-08', { step: 'referred_to_prosecutor' });
  const { payments } = (await page(`employers/${employerId}/remedy`)).json();
  for (const [index, payment] of payments.entries()) {
    await post(service, '/v1/payments', { ...payment, employer: employerId, reference: `LT-${index}` });
  }
  await stepOn('2026-10-09', { step: 'tmp2t_lift_request' });
  const asked = await letter('tmp2t_lift', office);
  expect(asked.body).toContain('DPMPTSP Kulon Progo');
  expect(asked.body).toContain('perizinan terkait usaha');
  expect(asked.body).toContain('8 Oktober 2026');
  expect(asked.headers['content-disposition']).toContain('tmp2t-lift-request');
  await step({ step: 'tmp2t_lifted', on: '2026-10-09' }, office);
  const lifted = await letter('tmp2t_lift');
  expect(lifted.headers['content-disposition']).toContain('tmp2t-lifted');
  expect(lifted.body).toContain('Kulon Progo, 9 Oktober 2026');
  const { steps } = (await page(`sanctions/${sanctionId}`)).json();
  const idOf = (kind: string) => steps.find((each: { step: string }) => each.step === kind).id;
  const again = await letter(`tmp2t_lift?stepId=${idOf('tmp2t_lift_request')}`);
  expect(again.body).toBe(asked.body);
  expect((await letter(`tmp2t_lift?stepId=${idOf('first_warning')}`)).statusCode).toBe(404);
});

test('a letter that was sent prints the same bytes, whatever came later', async () => {
  expect(pages.size).toBe(3);
  for (const [name, body] of pages) expect((await letter(name)).body).toBe(body);
});

test('who may read which letter', async () => {
  const other = await service.token({
    agency: 'lain',
    kind: 'employer',
    regions: [],
    sub: 'x',
    employerId: sanctionId,
  });
  const unit = await service.token({
    agency: 'dpmptsp-2',
    kind: 'licensing_office',
    regions: ['34.01'],
    sub: 'x',
  });
  const elsewhere = await service.token({ agency: 'disnaker-bali', regions: ['51'], sub: 'x' });
  for (const name of ['first_warning', 'second_warning', 'administrative_fine', 'tmp2t_lift']) {
    expect((await letter(name, company)).statusCode).toBe(200);
    expect((await letter(name, office)).statusCode).toBe(name === 'tmp2t_lift' ? 200 : 404);
    for (const token of [other, unit, elsewhere]) expect((await letter(name, token)).statusCode).toBe(404);
  }
});

test('the case file ties the page to the JSON, and names no worker', async () => {
  service.setNow('2026-10-12T03:00:00Z');
  const check = { subject: { npp: 'LT000001' }, reference: 'TENDER-1' };
  await service.send({ url: '/v1/checks', body: { ...check, purpose: 'tender_award' } });
  await service.send({ url: '/v1/checks', body: { ...check, purpose: 'business_licence' } });
  await post(service, '/v1/evidence', {
    employer: employerId,
    kind: 'inspection',
    observedOn: '2026-10-01',
    headcount: 9,
    workers: [{ nik: WORKERS[0]!.nik, wage: 4_000_000 }],
    documentHash: 'sha256:9f86d081884c7d659a2feaa0c55ad015',
  });
  const url = `sanctions/${sanctionId}/case-file`;
  const json = await page(url);
  expect(json.statusCode, json.body).toBe(200);
  const sha256 = createHash('sha256').update(json.body).digest('hex');
  expect(json.headers).toMatchObject({
    'content-type': 'application/json; charset=utf-8',
    'x-case-file-sha256': sha256,
  });
  const file = json.json();
  expect(file).toMatchObject({
    sanctionId,
    asOf: '2026-10-12',
    state: 'mended',
    parties: {
      employer: { id: employerId, legalName: NAME, npp: 'LT000001', address: 'Jalan Wates 5' },
      agency: { code: 'disnaker-kulon-progo', name: 'Dinas Tenaga Kerja Kulon Progo' },
      units: [{ code: 'dpmptsp', name: 'DPMPTSP Kulon Progo' }],
    },
    legalBasis: {
      breaches: [{ code: 'ARREARS', article: expect.stringContaining('UU 24/2011 art. 19') }],
      criminal: {
        article: 'UU 24/2011 art. 55',
        alternatives: [
          { kind: 'prison', mostYears: 8 },
          { kind: 'fine', most: 1_000_000_000 },
        ],
      },
    },
    arrears: { months: [], total: 0 },
    evidence: [
      { kind: 'inspection', headcount: 9, workersSeen: 1, documentHash: expect.stringContaining('9f86') },
    ],
    checks: [{ purpose: 'tender_award', agency: 'disnaker-kulon-progo' }],
  });
  expect(file.steps.map((each: { step: string }) => each.step)).toEqual([
    'first_warning',
    'second_warning',
    'administrative_fine',
    'tmp2t_request',
    'tmp2t_decision',
    'referred_to_prosecutor',
    'tmp2t_lift_request',
    'tmp2t_lifted',
  ]);
  expect(file.steps[0]).toMatchObject({ on: '2026-08-20', until: '2026-09-04', by: 'inspector-1' });

  const clocks = `asOf=${file.asOf}&knownAt=${file.knownAt}`;
  const accept = { accept: 'text/html' };
  const html = await service.send({ url: `/v1/${url}?${clocks}`, headers: accept });
  expect(html.headers).toMatchObject({
    'content-type': 'text/html; charset=utf-8',
    'x-case-file-sha256': sha256,
    vary: expect.stringContaining('accept'),
  });
  expect(html.body).toContain(sha256);
  expect(html.body).toContain(ESCAPED);
  for (const secret of WORKERS.flatMap(({ nik, name }) => [nik, name])) {
    for (const { body } of [json, html]) expect(body).not.toContain(secret);
    for (const body of pages.values()) expect(body).not.toContain(secret);
  }
  await service.send({ url: '/v1/checks', body: { ...check, purpose: 'tender_award' } });
  expect((await page(`${url}?${clocks}`)).body).toBe(json.body);
  expect((await page(url)).json().checks).toHaveLength(2);
});

test('the case file of a day before the payment has the arrears of that day', async () => {
  const file = (await page(`sanctions/${sanctionId}/case-file?asOf=2026-10-07`)).json();
  const ledger = (await page(`employers/${employerId}/ledger?asOf=2026-10-07`)).json();
  expect(file.state).toBe('open');
  expect(file.breaches[0]).toMatchObject({ code: 'ARREARS', amount: file.arrears.contributions });
  const open = ledger.months.filter(
    (month: { outstanding: number; dueOn: string }) => month.dueOn < '2026-10-07',
  );
  expect(file.arrears.months).toEqual(
    open.map((month: Record<string, unknown>) =>
      expect.objectContaining({
        period: month.period,
        contributions: month.outstanding,
        monthsLate: month.monthsLate,
        lateCharge: month.lateCharge,
      }),
    ),
  );
  expect(file.steps.at(-1).step).toBe('tmp2t_decision');
  const early = await page(`sanctions/${sanctionId}/case-file?knownAt=2026-08-20T02:59:00Z`);
  expect(early.statusCode).toBe(404);
  const future = await page(`sanctions/${sanctionId}/case-file?knownAt=2030-01-01T00:00:00Z`);
  expect(future.json()).toMatchObject({ status: 422, errors: [{ pointer: '/knownAt' }] });
});

test('who may read a case file', async () => {
  const status = async (caller: Parameters<TestApp['token']>[0], id = sanctionId) =>
    (await page(`sanctions/${id}/case-file`, await service.token({ sub: 'x', ...caller }))).statusCode;
  expect(await status({ agency: 'kejari', kind: 'prosecutor', regions: ['34.01'] })).toBe(200);
  expect(await status({ agency: 'bpk', kind: 'auditor', regions: ['34'] })).toBe(200);
  expect(await status({ agency: 'operator', kind: 'operator', regions: ['34'] })).toBe(200);
  expect(await status({ agency: 'disnaker-diy', kind: 'labour_office', regions: ['34'] })).toBe(404);
  expect(await status({ agency: 'dpmptsp', kind: 'licensing_office', regions: ['34'] })).toBe(404);
  expect(await status({ agency: 'ulp', kind: 'procurement_unit', regions: ['34'] })).toBe(404);
  expect(await status({ agency: 'kejari-bali', kind: 'prosecutor', regions: ['51'] })).toBe(404);
  expect(await status({ agency: 'pt', kind: 'employer', regions: [], employerId })).toBe(404);
  await post(service, `/v1/employers/${employerId}/declarations`, { period: '2026-08', workers: WORKERS });
  service.setNow('2026-11-20T03:00:00Z');
  const fresh = await post(service, '/v1/sanctions', {
    employer: employerId,
    codes: ['ARREARS'],
    openedOn: '2026-11-20',
  });
  expect(await status({ agency: 'disnaker-kulon-progo', regions: ['34'] }, fresh.id)).toBe(200);
  expect(await status({ agency: 'kejari', kind: 'prosecutor', regions: ['34'] }, fresh.id)).toBe(404);
});

test('an invitation has a letter too, which stays as it was', async () => {
  const invited = await post(service, '/v1/regularisations', {
    employer: employerId,
    deadline: '2026-12-04',
  });
  const url = `regularisations/${invited.id}/letter`;
  const first = await page(url);
  expect(first.statusCode, first.body).toBe(200);
  expect(first.headers['content-disposition']).toBe(
    `inline; filename="undangan-perbaikan-${invited.id}.html"`,
  );
  const { missing, remedy } = invited;
  expect(missing.length).toBeGreaterThan(0);
  for (const amount of [
    remedy.total,
    ...remedy.items.map((item: { lateCharge: number }) => item.lateCharge),
  ]) {
    expect(first.body).toContain(rupiahText(amount, 'id'));
  }
  expect(first.body).toContain('4 Desember 2026');
  expect(first.body).toContain(ESCAPED);
  expect((await page(url, company)).body).toBe(first.body);
  await post(service, `/v1/regularisations/${invited.id}/withdrawals`, { reason: 'keliru' });
  const { total } = remedy;
  await post(service, '/v1/payments', {
    employer: employerId,
    amount: total,
    paidOn: '2026-11-20',
    reference: 'LT-X',
  });
  expect((await page(url)).body).toBe(first.body);
  expect((await page(url, await service.token({ agency: 'bali', regions: ['51'] }))).statusCode).toBe(404);
  expect((await page(url, office)).statusCode).toBe(
    (await page(`regularisations/${invited.id}`, office)).statusCode,
  );
});
