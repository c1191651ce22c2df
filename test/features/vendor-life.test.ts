import { afterAll, describe, expect, test } from 'vitest';
import { startApp } from '#test/setup/app.ts';
import { enterAgency } from '#test/setup/sanctions.ts';

/**
 * The life of a vendor of guards among four agencies and its own client: what it promised, what it declared, what was
 * found, the ladder of PP 86/2013 day by day across a holiday, and how it came out of it.
 */
const service = await startApp('2026-08-03T03:00:00Z');
afterAll(() => service.close());

const CONTRACT = 'SPK/2026/014';
const labour = await service.token({
  agency: 'disnaker-kp',
  kind: 'labour_office',
  regions: ['34.01'],
  sub: 'siti',
});
const branch = await service.token({
  agency: 'bpjstk-yogya',
  kind: 'social_security_branch',
  regions: ['34'],
  sub: 'agus',
});
const procurement = await service.token({
  agency: 'ukpbj-kp',
  kind: 'procurement_unit',
  regions: ['34.01'],
  sub: 'rini',
});
const licensing = await service.token({
  agency: 'dpmptsp-kp',
  kind: 'licensing_office',
  regions: ['34.01'],
  sub: 'dewi',
});

type Sent = { url: string; body?: unknown; token: string; expected?: number };

async function send({ url, body, token, expected }: Sent) {
  const answer = await service.send({ url, token, ...(body !== undefined && { body }) });
  expect(answer.statusCode, `${url} ${answer.body}`).toBe(expected ?? (body === undefined ? 200 : 201));
  return answer.json();
}

function guards(count: number, wage: number) {
  return Array.from({ length: count }, (_, index) => ({
    nik: `340101${String(10 + (index % 19))}0190${String(index + 1).padStart(4, '0')}`,
    name: `Penjaga ${index + 1}`,
    birthDate: `1990-01-${String(10 + (index % 19))}`,
    sex: 'M',
    wage,
    programmes: ['JKK', 'JKM', 'JHT', 'JP'],
    employmentType: 'outsourced',
    placementContract: CONTRACT,
  }));
}

await enterAgency(service, 'dpmptsp-kp', 'licensing_office');

const noon = (day: string) => service.setNow(`${day}T05:00:00Z`);
let vendor: string;
let own: string;
let placement: string;
let sanction: string;

const check = async (expected: string, purpose = 'tender_award') => {
  const answer = await send({
    url: '/v1/checks',
    body: { subject: { npp: 'JM000001' }, purpose, reference: 'TENDER-2026-9', placementId: placement },
    token: procurement,
    expected: 200,
  });
  expect(answer.action, JSON.stringify(answer)).toBe(expected);
  return answer;
};
const step = (body: object, token = branch, expected = 201) =>
  send({ url: `/v1/sanctions/${sanction}/steps`, body, token, expected });

describe('the life of a vendor', () => {
  test('it promises 40 guards to the region and declares 25', async () => {
    const created = await send({
      url: '/v1/employers',
      body: {
        legalName: 'PT Jaga Malam Sentosa',
        npp: 'JM000001',
        nib: '9120309876543',
        kind: 'private',
        scale: 'medium',
        regionCode: '34.01',
        registeredOn: '2026-06-01',
        jkkClass: 'I',
        jkkClassOrigin: 'bpjs_decision',
        location: { latitude: -7.8586, longitude: 110.1591 },
        outsourcing: { licenceNumber: 'OS-17', licensedOn: '2026-05-04' },
      },
      token: branch,
    });
    vendor = created.id;
    own = await service.token({
      agency: 'pt-jaga-malam',
      kind: 'employer',
      regions: [],
      sub: 'hrd',
      employerId: vendor,
    });
    placement = (
      await send({
        url: `/v1/vendors/${vendor}/placements`,
        body: {
          principal: { name: 'Pemerintah Kabupaten Kulon Progo' },
          contractNumber: CONTRACT,
          procurementReference: 'RUP-2026-9',
          startsOn: '2026-06-01',
          endsOn: '2026-12-31',
          workersContracted: 40,
          billedMonthlyWage: 2_600_000,
        },
        token: procurement,
      })
    ).id;
    await send({ url: `/v1/placements/${placement}/responses`, body: { confirmed: true }, token: own });
    await send({
      url: `/v1/employers/${vendor}/declarations`,
      body: { period: '2026-06', workers: guards(25, 2_700_000) },
      token: own,
    });
    const answer = await check('hold');
    expect(answer.placement).toMatchObject({ contracted: 40, declared: 25, missing: 15 });
  });

  test('an inspector goes, and finds them', async () => {
    noon('2026-08-04');
    const queue = await send({
      url: '/v1/inspections/queue?region=34.01&near=-7.86,110.16&radiusMetres=5000',
      token: labour,
    });
    expect(queue.items.map((item: { employer: { id: string } }) => item.employer.id)).toEqual([vendor]);
    const { id } = await send({
      url: '/v1/inspections',
      body: { employer: vendor, plannedOn: '2026-08-05' },
      token: labour,
    });
    noon('2026-08-05');
    await send({
      url: `/v1/inspections/${id}/outcomes`,
      body: {
        kind: 'visited',
        on: '2026-08-05',
        found: ['ARREARS', 'PARTIAL_WORKERS'],
        evidence: { headcount: 40 },
      },
      token: labour,
    });
    const verdict = await send({ url: `/v1/employers/${vendor}/verdict`, token: branch });
    expect(verdict.status).toBe('non_compliant');
    const found = verdict.reasons.find(({ code }: { code: string }) => code === 'PARTIAL_WORKERS');
    expect(found).toMatchObject({ severity: 'breach', workers: 15, periods: ['2026-06'] });
  });

  test('it is warned twice, not a day before the term has run out', async () => {
    noon('2026-08-06');
    const opened = await send({
      url: '/v1/sanctions',
      body: { employer: vendor, codes: ['ARREARS', 'PARTIAL_WORKERS'], openedOn: '2026-08-06' },
      token: branch,
    });
    sanction = opened.id;
    await step({ step: 'second_warning', on: '2026-08-06' }, branch, 409);
    const first = await step({ step: 'first_warning', on: '2026-08-06' });
    // Ten working days after 6 August, over Independence Day on the 17th.
    expect(next(first, 'second_warning').notBefore).toBe('2026-08-22');
    noon('2026-08-21');
    await step({ step: 'second_warning', on: '2026-08-21' }, branch, 409);
    noon('2026-08-24');
    await step({ step: 'second_warning', on: '2026-08-21' }, branch, 409);
    const second = await step({ step: 'second_warning', on: '2026-08-24' });
    // Over the Prophet's birthday on 25 August.
    expect(next(second, 'administrative_fine')).toMatchObject({
      notBefore: '2026-09-09',
      notAfter: '2026-10-08',
    });
    noon('2026-09-08');
    await step({ step: 'administrative_fine', on: '2026-09-08' }, branch, 409);
  });

  let fine: number;
  test('it is fined 0.1 % a month of what it owes', async () => {
    noon('2026-09-09');
    const ledger = await send({ url: `/v1/employers/${vendor}/ledger`, token: branch });
    fine = ledger.months
      .filter(
        ({ dueOn, outstanding }: { dueOn: string; outstanding: number }) =>
          outstanding > 0 && dueOn < '2026-09-09',
      )
      .reduce(
        (sum: number, { outstanding, monthsLate }: { outstanding: number; monthsLate: number }) =>
          sum + Math.floor((outstanding * monthsLate + 500) / 1000),
        0,
      );
    expect(fine).toBeGreaterThan(0);
    const fined = await step({ step: 'administrative_fine', on: '2026-09-09' });
    expect(fined.fine.total).toBe(fine);
    // Ten working days for paying it.
    expect(next(fined, 'tmp2t_request').notBefore).toBe('2026-09-24');
  });

  test('the licensing office declines once, and accepts once', async () => {
    noon('2026-09-23');
    const request = {
      step: 'tmp2t_request',
      services: ['outsourcing_licence', 'tender_permit'],
      decidedBy: 'dpmptsp-kp',
    };
    await step({ ...request, on: '2026-09-23' }, branch, 409);
    expect((await send({ url: '/v1/sanctions', token: licensing })).items).toEqual([]);
    noon('2026-09-24');
    await step({ ...request, on: '2026-09-24' });
    const [seen] = (await send({ url: '/v1/sanctions', token: licensing })).items;
    expect(seen.id).toBe(sanction);
    noon('2026-09-28');
    await step(
      { step: 'tmp2t_decision', on: '2026-09-28', accepted: true, decidedBy: 'dpmptsp-kp' },
      branch,
      403,
    );
    await step(
      {
        step: 'tmp2t_decision',
        on: '2026-09-28',
        accepted: false,
        decidedBy: 'dpmptsp-kp',
        note: 'Berkas belum lengkap',
      },
      licensing,
    );
    await step({ ...request, on: '2026-09-28' });
    noon('2026-10-01');
    await step(
      { step: 'tmp2t_decision', on: '2026-10-01', accepted: true, decidedBy: 'dpmptsp-kp' },
      licensing,
    );
    const answer = await check('hold', 'outsourcing_licence');
    expect(answer.verdict.restrictions).toContainEqual(
      expect.objectContaining({ kind: 'tmp2t', by: 'dpmptsp-kp', since: '2026-10-01', reference: sanction }),
    );
  });

  test('it sees all of it, objects to nothing, declares everybody and pays what the remedy says', async () => {
    noon('2026-10-12');
    for (const period of ['2026-06', '2026-07', '2026-08'])
      await send({
        url: `/v1/employers/${vendor}/declarations`,
        body: { period, workers: guards(40, 2_700_000) },
        token: own,
      });
    const remedy = await send({ url: `/v1/employers/${vendor}/remedy`, token: own });
    for (const [index, payment] of remedy.payments.entries())
      await send({
        url: '/v1/payments',
        body: { employer: vendor, ...payment, reference: `BANK-${index}` },
        token: branch,
      });
    const paid = await send({ url: `/v1/employers/${vendor}/remedy`, token: own });
    expect(paid.total).toBe(0);
    const proposed = await send({ url: `/v1/sanctions/${sanction}`, token: branch });
    expect(proposed.mendedOn).toBe('2026-10-12');
    expect(next(proposed, 'tmp2t_lift_request')).toMatchObject({
      notBefore: '2026-10-12',
      notAfter: '2026-10-15',
    });
    await step({ step: 'referred_to_prosecutor', on: '2026-10-12' }, branch, 409);
    await check('hold', 'outsourcing_licence');
  });

  test('the denial is lifted, and the next check proceeds', async () => {
    const deadlines = await send({ url: '/v1/sanctions/deadlines?on=2026-10-15', token: branch });
    expect(JSON.stringify(deadlines.items)).toContain(sanction);
    await step({ step: 'tmp2t_lift_request', on: '2026-10-12' });
    noon('2026-10-13');
    await step({ step: 'tmp2t_lifted', on: '2026-10-13' }, licensing);
    await step({ step: 'closed', on: '2026-10-13', note: 'Kewajiban dipenuhi' });
    await check('proceed');
    await check('proceed', 'outsourcing_licence');
  });

  test('every step stands in the history, and in the mirror', async () => {
    const steps = [
      'first_warning',
      'second_warning',
      'administrative_fine',
      'tmp2t_request',
      'tmp2t_decision',
      'tmp2t_request',
      'tmp2t_decision',
      'tmp2t_lift_request',
      'tmp2t_lifted',
      'closed',
    ];
    for (const token of [branch, own]) {
      const seen = await send({ url: `/v1/sanctions/${sanction}`, token });
      expect(seen.steps.map((each: { step: string }) => each.step)).toEqual(steps);
      expect(seen.nextSteps).toEqual([]);
    }
    const accesses = await send({ url: `/v1/employers/${vendor}/accesses`, token: own });
    const asked = accesses.items.filter(
      ({ agency }: { agency: { code: string } }) => agency.code === 'ukpbj-kp',
    );
    expect(asked.map(({ action }: { action: string }) => action)).toEqual([
      'proceed',
      'proceed',
      'hold',
      'hold',
      'hold',
    ]);
    const report = await send({ url: '/v1/reports/inspections', token: labour });
    expect(report).toMatchObject({ visits: 1 });
    for (const letter of ['first_warning', 'second_warning', 'tmp2t_lift']) {
      const page = await service.send({ url: `/v1/sanctions/${sanction}/letters/${letter}`, token: own });
      expect(page.statusCode, letter).toBe(200);
      expect(page.body).toContain('PT Jaga Malam Sentosa');
    }
  });
});

function next(
  answer: { nextSteps: { step: string; notBefore: string; notAfter?: string }[] },
  wanted: string,
) {
  const found = answer.nextSteps.find((each) => each.step === wanted);
  expect(found, JSON.stringify(answer.nextSteps)).toBeDefined();
  return found!;
}
