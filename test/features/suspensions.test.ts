import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { startApp, type TestApp } from '#test/setup/app.ts';
import { declareMonth, pay, recordEmployer } from '#test/setup/employers.ts';
import { agree, post } from '#test/setup/suspensions.ts';

const NOW = '2026-11-20T03:00:00Z';

let service: TestApp;
let employer: { id: string; npp: string };
/** What it owes for October 2026, and has not paid. */
let bill: number;

beforeAll(async () => {
  service = await startApp(NOW);
});
beforeEach(async () => {
  service.setNow(NOW);
  employer = await recordEmployer(service);
  bill = await declareMonth(service, employer.id, '2026-10');
});
afterAll(() => service.close());

async function read(path: string, headers: Record<string, string> = {}) {
  const answer = await service.send({ url: path, headers });
  expect(answer.statusCode, answer.body).toBe(200);
  return answer.json();
}

async function status(query = ''): Promise<string> {
  return (await read(`/v1/employers/${employer.id}/verdict${query}`)).status;
}

/** What a check for the purpose says should be done. */
async function action(purpose: string): Promise<string> {
  const body = { subject: { npp: employer.npp }, purpose, reference: 'R-1' };
  const checked = await service.send({ url: '/v1/checks', body });
  return checked.json().action;
}

/** Whether the list of those who are not in order names the employer today. */
async function isListed(query = ''): Promise<boolean> {
  const { items } = await read(`/v1/non-compliant-employers?limit=200${query}`);
  return items.some((item: { employer: { id: string } }) => item.employer.id === employer.id);
}

describe('a payment plan', () => {
  test('goes out as it was agreed, its instalments in order', async () => {
    const answer = await service.send({
      url: '/v1/plans',
      body: {
        employer: `npp:${employer.npp}`,
        periods: ['2026-10'],
        instalments: [
          { dueOn: '2027-01-15', amount: bill - 100_000 },
          { dueOn: '2026-12-15', amount: 100_000 },
        ],
        agreedOn: '2026-11-18',
        note: 'Berita acara 7',
      },
    });
    expect(answer.statusCode).toBe(201);
    const { id } = answer.json();
    expect(answer.headers.location).toBe(`/v1/plans/${id}`);
    expect(answer.json()).toEqual({
      id,
      employerId: employer.id,
      kind: 'plan',
      agency: 'disnaker-kulon-progo',
      recordedBy: 'inspector-1',
      recordedAt: expect.stringMatching(/^2026-11-20T03:00:\d\d\.\d{3}Z$/),
      codes: ['ARREARS'],
      periods: ['2026-10'],
      agreedOn: '2026-11-18',
      instalments: [
        { dueOn: '2026-12-15', amount: 100_000, paid: 0, state: 'awaited' },
        { dueOn: '2027-01-15', amount: bill - 100_000, paid: 0, state: 'awaited' },
      ],
      state: 'kept',
      note: 'Berita acara 7',
    });
    expect(await read(`/v1/plans/${id}`)).toEqual(answer.json());
  });

  test('that is kept leaves conditions, at once and everywhere', async () => {
    expect([await status(), await isListed()]).toEqual(['non_compliant', true]);
    expect(await action('business_licence')).toBe('hold');
    await agree(service, employer.id, [['2026-12-15', bill]]);
    expect([await status(), await isListed()]).toEqual(['compliant_with_conditions', false]);
    expect(await isListed('&status=compliant_with_conditions')).toBe(true);
    expect(await action('business_licence')).toBe('proceed_with_conditions');
    expect(await action('tender_award')).toBe('hold');
  });

  test('is broken for good by an instalment that is missed, though nothing runs', async () => {
    const { id } = await agree(service, employer.id, [
      ['2026-12-01', 50_000],
      ['2026-12-10', bill],
    ]);
    service.setNow('2026-12-01T16:00:00Z');
    expect([await status(), (await read(`/v1/plans/${id}`)).state]).toEqual([
      'compliant_with_conditions',
      'kept',
    ]);
    service.setNow('2026-12-02T03:00:00Z');
    expect([await status(), await isListed()]).toEqual(['non_compliant', true]);
    expect(await read(`/v1/plans/${id}`)).toMatchObject({
      state: 'broken',
      brokenOn: '2026-12-02',
      instalments: [{ state: 'missed' }, { state: 'awaited' }],
    });
    await pay(service, employer.id, 50_000, '2026-12-02');
    expect([await status(), (await read(`/v1/plans/${id}`)).state]).toEqual(['non_compliant', 'broken']);
  });

  test('that is paid is kept, then fulfilled, and still shown when its months are settled', async () => {
    const { id } = await agree(service, employer.id, [['2026-12-01', bill]]);
    await pay(service, employer.id, bill, '2026-11-20', { period: '2026-10' });
    const { lateCharge } = (await read(`/v1/employers/${employer.id}/ledger`)).totals;
    await pay(service, employer.id, lateCharge, '2026-11-20', { penalty: true });
    expect(await read(`/v1/plans/${id}`)).toMatchObject({
      state: 'kept',
      instalments: [{ paid: bill + lateCharge, state: 'met' }],
    });
    expect(await status()).toBe('compliant');
    service.setNow('2026-12-02T03:00:00Z');
    expect((await read(`/v1/plans/${id}`)).state).toBe('fulfilled');
  });

  test('is broken where the payment that kept it is taken back', async () => {
    const { id } = await agree(service, employer.id, [
      ['2026-11-19', 50_000],
      ['2026-12-10', bill],
    ]);
    expect((await read(`/v1/plans/${id}`)).state).toBe('broken');
    const paid = await pay(service, employer.id, 50_000, '2026-11-19');
    expect([await status(), (await read(`/v1/plans/${id}`)).state]).toEqual([
      'compliant_with_conditions',
      'kept',
    ]);
    const reversal = { reason: 'tidak ada dana', reference: `V-${employer.npp}` };
    await post(service, `/v1/payments/${paid.id}/reversals`, reversal);
    expect([await status(), (await read(`/v1/plans/${id}`)).state]).toEqual(['non_compliant', 'broken']);
  });

  test('that is withdrawn covers nothing from that day on', async () => {
    const { id } = await agree(service, employer.id, [['2026-12-15', bill]]);
    const withdrawn = await post(service, `/v1/plans/${id}/withdrawals`, { reason: 'dibatalkan' });
    expect(withdrawn).toMatchObject({
      state: 'withdrawn',
      ending: {
        kind: 'withdrawal',
        on: '2026-11-20',
        reason: 'dibatalkan',
        by: 'inspector-1',
        agency: 'disnaker-kulon-progo',
      },
    });
    expect([await status(), await status('?asOf=2026-11-19')]).toEqual([
      'non_compliant',
      'compliant_with_conditions',
    ]);
    const again = await service.send({ url: `/v1/plans/${id}/withdrawals`, body: { reason: 'dibatalkan' } });
    expect(again.json()).toMatchObject({ status: 409, code: 'suspension_ended' });
  });

  test('covers no breach but its own', async () => {
    await agree(service, employer.id, [['2027-01-15', bill]]);
    service.setNow('2026-12-16T03:00:00Z');
    expect(await status()).toBe('non_compliant');
    const codes = ['ARREARS', 'NOT_DECLARED'];
    const periods = ['2026-10', '2026-11'];
    await agree(service, employer.id, [['2027-01-15', 2 * bill]], { codes, periods, agreedOn: '2026-12-16' });
    expect(await status()).toBe('compliant_with_conditions');
  });

  test('is seen by neither clock before its time', async () => {
    const before = (await read(`/v1/employers/${employer.id}/verdict`)).knownAt;
    await agree(service, employer.id, [['2026-12-15', bill]]);
    expect(await status(`?knownAt=${before}`)).toBe('non_compliant');
    expect(await status('?asOf=2026-11-17')).toBe('non_compliant');
    expect(await status('?asOf=2026-11-18')).toBe('compliant_with_conditions');
  });

  test('twice is two plans, and once with a key', async () => {
    const instalments: [string, number][] = [['2026-12-15', bill]];
    const first = await agree(service, employer.id, instalments);
    expect((await agree(service, employer.id, instalments)).id).not.toBe(first.id);
    const headers = { 'idempotency-key': `plan-${employer.npp}` };
    const body = {
      employer: employer.id,
      periods: ['2026-10'],
      instalments: [{ dueOn: '2026-12-15', amount: 1 }],
      agreedOn: '2026-11-20',
    };
    const sent = await service.send({ url: '/v1/plans', body, headers });
    const replayed = await service.send({ url: '/v1/plans', body, headers });
    expect([replayed.headers['idempotency-replayed'], replayed.body]).toEqual(['true', sent.body]);
    expect((await read(`/v1/plans?employer=${employer.id}`)).items).toHaveLength(3);
  });
});

describe('a dispute', () => {
  const open = (more: object = {}) => post(service, '/v1/disputes', { employer: employer.id, ...more });

  test('suspends only where it says so', async () => {
    const { state, suspensive } = await open({ ground: 'Sudah dibayar' });
    expect([state, suspensive, await status()]).toEqual(['open', false, 'non_compliant']);
    await open({ suspensive: true });
    expect([await status(), await isListed()]).toEqual(['compliant_with_conditions', false]);
    expect(await action('business_licence')).toBe('proceed_with_conditions');
    expect(await action('contract_payment')).toBe('hold');
  });

  test('that is rejected leaves the breach as it was', async () => {
    const { id } = await open({ suspensive: true });
    const decision = { upheld: false, reason: 'bukti tidak cukup' };
    const decided = await post(service, `/v1/disputes/${id}/decisions`, decision);
    expect(decided).toMatchObject({ state: 'rejected', ending: { kind: 'decision', ...decision } });
    expect([await status(), await isListed()]).toEqual(['non_compliant', true]);
  });

  test('that is upheld makes the breach an info, from the day of the decision on', async () => {
    const { id } = await open({ openedOn: '2026-11-18', periods: ['2026-10'] });
    const decision = { upheld: true, reason: 'setoran salah bulan', decidedOn: '2026-11-19' };
    const decided = await post(service, `/v1/disputes/${id}/decisions`, decision);
    expect(decided).toMatchObject({ state: 'upheld', ending: { on: '2026-11-19', upheld: true } });
    const { reasons, status: found } = await read(`/v1/employers/${employer.id}/verdict`);
    expect([found, await isListed()]).toEqual(['compliant', false]);
    const arrears = reasons.find(({ code }: { code: string }) => code === 'ARREARS');
    expect(arrears).toMatchObject({ severity: 'info', amount: bill });
    expect(await status('?asOf=2026-11-18')).toBe('non_compliant');
    const other = await service.send({ url: `/v1/disputes/${id}/decisions`, body: decision });
    expect(other.json()).toMatchObject({ status: 409, code: 'suspension_ended' });
  });

  test('that is withdrawn suspends no more', async () => {
    const { id } = await open({ suspensive: true });
    const withdrawn = await post(service, `/v1/disputes/${id}/withdrawals`, { reason: 'berdamai' });
    expect([withdrawn.state, await status()]).toEqual(['withdrawn', 'non_compliant']);
  });
});

describe('an invitation to regularise', () => {
  const invite = (more: object = {}) =>
    post(service, '/v1/regularisations', { employer: employer.id, ...more });

  test('holds until its deadline, which the policy sets, and not a day longer', async () => {
    const { id, deadline, state } = await invite();
    expect([deadline, state, await status(), await isListed()]).toEqual([
      '2026-12-05',
      'open',
      'regularising',
      true,
    ]);
    expect(await action('business_licence')).toBe('proceed_with_conditions');
    service.setNow('2026-12-05T16:00:00Z');
    expect([await status(), (await read(`/v1/regularisations/${id}`)).state]).toEqual([
      'regularising',
      'open',
    ]);
    service.setNow('2026-12-06T03:00:00Z');
    expect([await status(), (await read(`/v1/regularisations/${id}`)).state]).toEqual([
      'non_compliant',
      'expired',
    ]);
  });

  test('says exactly what is missing on the day of the answer, in the language asked for', async () => {
    service.setNow('2026-12-17T03:00:00Z');
    const invitation = await invite({ deadline: '2026-12-31' });
    const { items, total } = await read(`/v1/employers/${employer.id}/remedy`);
    const charge = items[0].lateCharge + items[1].lateCharge;
    expect(invitation.remedy).toMatchObject({ on: '2026-12-17', total });
    expect(items).toMatchObject(invitation.remedy.items);
    expect(invitation.missing).toEqual([
      {
        code: 'ARREARS',
        since: '2026-11-17',
        periods: ['2026-10', '2026-11'],
        amount: 2 * bill,
        article: expect.stringContaining('PP 44/2015'),
        whatToDo: `Pay contributions of Rp ${(2 * bill).toLocaleString('en')} and a late charge of Rp ${charge.toLocaleString('en')}.`,
      },
      {
        code: 'NOT_DECLARED',
        since: '2026-12-16',
        periods: ['2026-11'],
        article: expect.any(String),
        whatToDo: 'Declare workers and wages for each month that was not declared.',
      },
    ]);
    expect(2 * bill + charge).toBe(total);

    await pay(service, employer.id, 2 * bill, '2026-12-17');
    const url = `/v1/regularisations/${invitation.id}`;
    const later = await read(url, { 'accept-language': 'id' });
    expect(later.missing).toMatchObject([
      {
        code: 'NOT_DECLARED',
        whatToDo: 'Laporkan pekerja dan upah untuk setiap bulan yang belum dilaporkan.',
      },
    ]);
    expect(later.remedy.total).toBe(charge);
  });

  test('asks no late charge of who owes none', async () => {
    const office = await recordEmployer(service, { kind: 'government' });
    const owed = await declareMonth(service, office.id, '2026-10');
    const { missing } = await post(service, '/v1/regularisations', { employer: office.id });
    expect(missing[0].whatToDo).toBe(`Pay contributions of Rp ${owed.toLocaleString('en')}.`);
  });

  test('that is withdrawn ends before its deadline', async () => {
    const { id } = await invite({ invitedOn: '2026-11-18', note: 'Surat 12' });
    expect(await status()).toBe('regularising');
    const withdrawal = { reason: 'keliru', on: '2026-11-19' };
    const withdrawn = await post(service, `/v1/regularisations/${id}/withdrawals`, withdrawal);
    expect(withdrawn).toMatchObject({ state: 'withdrawn', deadline: '2026-12-03', note: 'Surat 12' });
    expect([await status('?asOf=2026-11-18'), await status('?asOf=2026-11-19')]).toEqual([
      'regularising',
      'non_compliant',
    ]);
  });
});

test('of two endings at once one counts', async () => {
  for (let round = 0; round < 10; round += 1) {
    const { id } = await post(service, '/v1/disputes', { employer: employer.id, suspensive: true });
    const [decided, withdrawn] = await Promise.all([
      service.send({ url: `/v1/disputes/${id}/decisions`, body: { upheld: true, reason: 'benar' } }),
      service.send({ url: `/v1/disputes/${id}/withdrawals`, body: { reason: 'batal' } }),
    ]);
    const codes = [decided.statusCode, withdrawn.statusCode];
    expect(codes.toSorted()).toEqual([201, 409]);
    const { state } = await read(`/v1/disputes/${id}`);
    expect(state).toBe(codes[0] === 201 ? 'upheld' : 'withdrawn');
  }
});
