import { afterAll, beforeAll, expect, test } from 'vitest';
import { startApp, type TestApp } from '#test/setup/app.ts';

const WORKER = {
  nik: '3401012306903421',
  name: 'Ratnawulan Kusumaningtyas',
  birthDate: '1990-06-23',
  wage: 3_000_001,
  programmes: ['JKK', 'JKM', 'JHT'],
};
const COLLEAGUE = { ...WORKER, nik: '3404075201900001', name: 'Bagaskara Wirjodiredjo', wage: 2_999_999 };

/** 0.24 % JKK, 0.30 % JKM, 5.7 % JHT of each wage, rounded worker by worker. */
const BILL = 374_400;

let service: TestApp;
let url: string;
let ids: { declaration: string; payment: string; flag: string };
beforeAll(async () => {
  service = await startApp();
  const employer = await post('/v1/employers', {
    legalName: 'PT Kayu & "Jati" <Sentolo>',
    npp: 'EX000001',
    nib: '9120301234567',
    kind: 'private',
    scale: 'small',
    regionCode: '34.01',
    registeredOn: '2026-01-05',
    jkkClass: 'I',
    jkkClassOrigin: 'bpjs_decision',
  });
  url = `/v1/employers/${employer.id}/verdict/explanation`;
  const workers = [WORKER, COLLEAGUE];
  await post(`/v1/employers/${employer.id}/declarations`, { period: '2026-08', workers });
  const declaration = await post(`/v1/employers/${employer.id}/declarations`, { period: '2026-09', workers });
  const paid = { employer: employer.id, paidOn: '2026-09-10' };
  await post('/v1/payments', { ...paid, amount: BILL, reference: 'EX-1', period: '2026-08' });
  const payment = await post('/v1/payments', {
    ...paid,
    amount: 74_400,
    reference: 'EX-2',
    period: '2026-09',
  });
  const flag = await post('/v1/flags', {
    employer: employer.id,
    kind: 'procurement_block',
    ground: 'tunggakan',
    startsOn: '2026-11-20',
  });
  const second = await service.token({ sub: 'inspector-2' });
  await post(`/v1/flags/${flag.id}/approvals`, { reason: 'sudah diperiksa' }, second);
  ids = { declaration: declaration.id, payment: payment.id, flag: flag.id };
});
afterAll(() => service.close());

async function post(to: string, body: object, token?: string) {
  const answer = await service.send({ url: to, body, ...(token && { token }) });
  expect(answer.statusCode, answer.body).toBeLessThan(300);
  return answer.json();
}

const get = (query = '', headers: Record<string, string> = {}) =>
  service.send({ url: `${url}${query}`, headers });

test.each([
  ['id', 'text/html', 'Rp 300.000', 'Penjelasan status kepatuhan', 'Status: Tidak patuh'],
  ['en', 'text/html', 'Rp 300,000', 'Explanation of the compliance status', 'Status: Not compliant'],
  ['id', 'text/plain', 'Rp 300.000', 'Penjelasan status kepatuhan', 'Status: Tidak patuh'],
  ['en', 'text/plain', 'Rp 300,000', 'Explanation of the compliance status', 'Status: Not compliant'],
])(
  'in %s as %s it tells who, what, why and on what it rests',
  async (language, type, owed, title, status) => {
    const answer = await get('', { accept: type, 'accept-language': language });
    expect(answer.statusCode, answer.body).toBe(200);
    expect(answer.headers).toMatchObject({
      'content-type': `${type}; charset=utf-8`,
      'content-language': language,
      vary: expect.stringMatching(/accept, accept-language/),
      'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'",
    });
    const verdict = (await service.send({ url: url.replace('/explanation', '') })).json();
    const { knownAt, dataCutoff, rulesetVersion } = verdict;
    for (const said of [
      title,
      status,
      'EX000001',
      '9120301234567',
      owed,
      ...Object.values(ids),
      'pp-44-2015/jkk/class-i',
      'pp-46-2015/jht/worker',
      'pp-44-2015/payment/due-day',
      'pp-44-2015/payment/late-charge',
      knownAt,
      dataCutoff,
      `/v1/rulesets/${rulesetVersion}`,
    ]) {
      expect(answer.body).toContain(said);
    }
    expect(answer.body).toContain(
      type === 'text/html' ? 'PT Kayu &amp; &quot;Jati&quot; &lt;Sentolo&gt;' : 'PT Kayu & "Jati" <Sentolo>',
    );
    if (type === 'text/html') expect(answer.body).toContain(`<html lang="${language}">`);
  },
);

test('no worker appears in it', async () => {
  for (const accept of ['text/html', 'text/plain']) {
    const { body } = await get('', { accept });
    for (const secret of [WORKER.nik, COLLEAGUE.nik, 'Ratnawulan', 'Bagaskara', '3,000,001', '2,999,999']) {
      expect(body).not.toContain(secret);
    }
    expect(body).toContain('6,000,000');
  }
});

test.each([
  [undefined, 'text/html; charset=utf-8'],
  ['*/*', 'text/html; charset=utf-8'],
  ['text/*;q=0.5, application/json', 'text/html; charset=utf-8'],
  ['text/html;q=0.2, text/plain', 'text/plain; charset=utf-8'],
])('who accepts %s gets %s', async (accept, type) => {
  const answer = await get('', accept === undefined ? {} : { accept });
  expect(answer.headers['content-type']).toBe(type);
});

test('who accepts neither gets 406, as a problem', async () => {
  for (const accept of ['application/json', 'application/pdf', 'text/csv']) {
    const answer = await get('', { accept });
    expect(answer.json()).toMatchObject({ status: 406, code: 'not_acceptable' });
  }
});

test('the same day and knowledge give the same bytes, whatever comes later', async () => {
  const { asOf, knownAt } = (await service.send({ url: url.replace('/explanation', '') })).json();
  const first = await get();
  await post('/v1/payments', {
    employer: url.split('/')[3],
    amount: 300_000,
    paidOn: '2026-11-20',
    reference: 'EX-3',
  });
  const later = await get();
  expect(later.body).not.toBe(first.body);
  const again = await get(`?asOf=${asOf}&knownAt=${knownAt}`);
  expect(again.body).toBe(first.body);
});

test('it can be asked of another day, and not of what will be known', async () => {
  const before = await get('?asOf=2026-10-15', { accept: 'text/plain' });
  expect(before.body).toMatch(/How it stood on +15 October 2026/);
  expect(before.body).toContain('Status: Compliant');
  const future = await get('?knownAt=2027-01-01T00:00:00Z');
  expect(future.json()).toMatchObject({ status: 422, errors: [{ pointer: '/knownAt', code: 'in_future' }] });
  expect((await get('?knownAt=2026-11-01T00:00:00Z')).json()).toMatchObject({ status: 404 });
});

test('it is for those who may read verdicts of the employer', async () => {
  const send = async (caller: object) =>
    (await service.send({ url, token: await service.token(caller) })).json();
  expect(await send({ scopes: ['registry:read', 'checks:create'] })).toMatchObject({
    status: 403,
    code: 'insufficient_scope',
  });
  expect(await send({ agency: 'disnaker-bali', regions: ['51'] })).toMatchObject({ status: 404 });
  const unknown = await service.send({ url: '/v1/employers/npp:ZZ999999/verdict/explanation' });
  expect(unknown.json()).toMatchObject({ status: 404, code: 'not_found' });
  const employerId = url.split('/')[3]!;
  const own = await service.token({ agency: 'perusahaan', kind: 'employer', sub: 'hrd', employerId });
  expect((await service.send({ url, token: own })).statusCode).toBe(200);
});
