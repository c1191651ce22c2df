import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { MOST_EVIDENCE_A_YEAR } from '#src/domain/evidence.ts';
import type { TestApp } from '#test/setup/app.ts';
import { startApp } from '#test/setup/app.ts';
import { pay, recordEmployer } from '#test/setup/employers.ts';

const NIKS = ['3401014107900001', '3401014107900002', '3401014107900003', '3401014107900004'] as const;
const PROGRAMMES = ['JKK', 'JKM', 'JHT'];

let service: TestApp;
beforeAll(async () => {
  service = await startApp();
});
afterAll(() => service.close());

async function declare(employerId: string, period: string, wages: readonly number[]): Promise<void> {
  const workers = wages.map((wage, index) => ({
    nik: NIKS[index],
    name: `Pekerja ${index}`,
    birthDate: '1990-07-01',
    wage,
    programmes: PROGRAMMES,
  }));
  const answer = await service.send({
    url: `/v1/employers/${employerId}/declarations`,
    body: { period, workers },
  });
  expect(answer.statusCode, answer.body).toBe(201);
}

async function record(employer: string, more: object, token?: string) {
  const body = { employer, kind: 'inspection', observedOn: '2026-11-16', ...more };
  return service.send({ url: '/v1/evidence', body, ...(token && { token }) });
}

async function verdict(id: string, query = '') {
  const answer = await service.send({ url: `/v1/employers/${id}/verdict${query}` });
  expect(answer.statusCode, answer.body).toBe(200);
  return answer.json();
}

/** The reasons that rest on evidence. */
async function found(id: string, query = '') {
  const { reasons } = await verdict(id, query);
  return reasons
    .filter(({ evidence }: { evidence?: string }) => evidence)
    .map(({ code, severity, periods, workers, amount, reference }: Record<string, unknown>) => ({
      code,
      severity,
      periods,
      workers,
      amount,
      reference,
    }));
}

describe('evidence', () => {
  test('is held against the newest roster by its month, and says what that hides', async () => {
    const { id } = await recordEmployer(service);
    await declare(id, '2026-11', [4_000_000, 3_000_000]);
    const answer = await record(id, {
      headcount: 4,
      workers: [{ nik: NIKS[0], wage: 4_500_000 }, { nik: NIKS[2] }],
      lowestWage: 3_200_000,
      note: 'rahasia',
    });
    expect(answer.statusCode, answer.body).toBe(201);
    const evidence = answer.json();
    expect(answer.headers.location).toBe(`/v1/evidence/${evidence.id}`);
    expect(evidence).toEqual({
      id: evidence.id,
      employerId: id,
      kind: 'inspection',
      agency: 'disnaker-kulon-progo',
      observedOn: '2026-11-16',
      countsThrough: '2027-11-15',
      headcount: 4,
      lowestWage: 3_200_000,
      workersSeen: 2,
      note: 'rahasia',
      recordedAt: evidence.recordedAt,
      recordedBy: 'inspector-1',
      finding: {
        period: '2026-11',
        declaredHeadcount: 2,
        declaredWageBill: 7_000_000,
        codes: ['PARTIAL_WORKERS', 'PARTIAL_WAGES'],
        severity: 'breach',
        missingWorkers: 2,
        underpaidWorkers: 2,
      },
    });
    expect((await service.send({ url: `/v1/evidence/${evidence.id}` })).json()).toEqual(evidence);
    const base = { severity: 'breach', periods: ['2026-11'], reference: evidence.id };
    expect(await found(id)).toEqual([
      { ...base, code: 'PARTIAL_WORKERS', workers: 2, amount: undefined },
      { ...base, code: 'PARTIAL_WAGES', workers: 2, amount: undefined },
    ]);
    const all = JSON.stringify([await verdict(id), answer.body]);
    for (const nik of NIKS) expect(all).not.toContain(nik);
    const stored = await service.deps.database.pool.query(
      'select facts::text || (select string_agg(result::text, $2) from comparisons) as all from summaries where employer_id = $1',
      [id, ' '],
    );
    for (const nik of NIKS) expect(stored.rows[0].all).not.toContain(nik);

    // A corrected roster answers it; what was known before stays known.
    const before = (await verdict(id)).knownAt;
    await declare(id, '2026-11', [4_500_000, 3_200_000, 3_500_000, 3_200_000]);
    expect(await found(id)).toEqual([]);
    expect(await found(id, `?knownAt=${before}`)).toHaveLength(2);
    expect(await found(id, `?knownAt=${before}&asOf=2026-11-15`)).toEqual([]);
  });

  test('without a roster shows nothing, and starts to with the first that is declared of its month or before', async () => {
    const { id } = await recordEmployer(service, { registeredOn: '2026-08-03' });
    const { id: evidenceId, finding } = (await record(id, { headcount: 3, observedOn: '2026-09-30' })).json();
    expect(finding).toBeUndefined();
    expect(await found(id)).toEqual([]);
    await declare(id, '2026-10', [4_000_000]);
    expect(await found(id)).toEqual([]);
    await declare(id, '2026-08', [4_000_000]);
    expect(await found(id)).toMatchObject([{ periods: ['2026-08'], workers: 2, reference: evidenceId }]);
    await declare(id, '2026-09', [4_000_000, 4_000_000]);
    expect(await found(id)).toMatchObject([{ periods: ['2026-09'], workers: 1 }]);
  });

  test('that is only a signal warns; the same of an inspection is a breach, with its own word', async () => {
    const { id } = await recordEmployer(service);
    await declare(id, '2026-11', [4_000_000]);
    await record(id, { kind: 'tax_withholding', wageBill: 5_000_000, observedOn: '2026-11-18' });
    expect(await verdict(id)).toMatchObject({
      status: 'compliant_with_conditions',
      reasons: [
        {
          code: 'PARTIAL_WAGES',
          severity: 'warning',
          amount: 1_000_000,
          sentences: {
            id: 'Upah November 2026 dilaporkan sedikitnya Rp 1.000.000 lebih rendah daripada yang dibayar menurut data pemotongan pajak (PPh 21) tanggal 18 November 2026, yang diperhitungkan sampai dengan 17 November 2027 (UU 24/2011 Pasal 15 ayat (2); PP 86/2013 Pasal 3 ayat (2) huruf b).',
            en: expect.stringContaining('tax withheld from wages (PPh 21) of 18 November 2026'),
          },
        },
      ],
    });
    const list = await service.send({
      url: '/v1/non-compliant-employers?code=PARTIAL_WAGES&status=compliant_with_conditions&limit=200',
    });
    expect(list.json().items.map((item: { employer: { id: string } }) => item.employer.id)).toContain(id);
    const remedy = (await service.send({ url: `/v1/employers/${id}/remedy` })).json();
    expect(remedy.other.map(({ code }: { code: string }) => code)).toEqual(['PARTIAL_WAGES']);
    const letter = await service.send({
      url: `/v1/employers/${id}/verdict/explanation`,
      headers: { accept: 'text/plain', 'accept-language': 'en' },
    });
    expect(letter.body).toContain('Evidence that was used');
    expect(letter.body).toContain('policy/evidence-term');
  });

  test('says of who is not registered that there is nobody to register', async () => {
    const { id } = await recordEmployer(service, { registeredOn: undefined });
    expect((await verdict(id)).status).toBe('not_registered');
    await record(id, { kind: 'wlkp_report', headcount: 0 });
    expect(await verdict(id)).toMatchObject({
      status: 'not_in_scope',
      reasons: [{ code: 'NOT_REGISTERED', severity: 'info', evidence: 'wlkp_report' }],
      validUntil: '2027-11-16',
    });
    const check = {
      subject: { npp: (await service.send({ url: `/v1/employers/${id}` })).json().npp },
      purpose: 'tender_opening',
      reference: 'T-1',
    };
    expect((await service.send({ url: '/v1/checks', body: check })).json()).toMatchObject({
      action: 'proceed',
    });
    await record(id, { kind: 'worker_complaint', headcount: 2, observedOn: '2026-11-17' });
    expect((await verdict(id)).status).toBe('not_registered');
  });

  test('the same again by the same agency is the first; another agency has its own', async () => {
    const { id } = await recordEmployer(service);
    const content = { headcount: 4, workers: [{ nik: NIKS[0] }, { nik: NIKS[1], wage: 5 }] };
    const first = await record(id, content);
    const again = await record(id, { ...content, workers: content.workers.toReversed() });
    expect([first.statusCode, again.statusCode]).toEqual([201, 200]);
    expect(again.json()).toEqual(first.json());
    const branch = await service.token({ agency: 'bpjs-yogya', kind: 'social_security_branch' });
    expect((await record(id, content, branch)).statusCode).toBe(201);
    expect((await record(id, { ...content, headcount: 5 })).statusCode).toBe(201);
    const twins = await Promise.all([1, 2, 3, 4].map(() => record(id, { wageBill: 7 })));
    expect(twins.map(({ statusCode }) => statusCode).sort()).toEqual([200, 200, 200, 201]);
    expect(new Set(twins.map((twin) => twin.json().id)).size).toBe(1);
    const { items } = (await service.send({ url: `/v1/employers/${id}/evidence` })).json();
    expect(items).toHaveLength(4);
  });

  test.each([
    ['of tomorrow', { headcount: 1, observedOn: '2026-11-21' }, '/observedOn', 'in_future'],
    ['of before the law', { headcount: 1, observedOn: '2015-06-30' }, '/observedOn', 'before_programmes'],
    ['of no day', { headcount: 1, observedOn: '2026-02-30' }, '/observedOn', 'invalid_day'],
    ['that says nothing', {}, '', 'nothing_stated'],
    ['that names nobody', { workers: [] }, '/workers', 'too_small'],
    [
      'of fewer workers than it names',
      { headcount: 0, workers: [{ nik: NIKS[0] }] },
      '/headcount',
      'fewer_than_seen',
    ],
    [
      'that names somebody twice',
      { workers: [{ nik: NIKS[0] }, { nik: NIKS[1] }, { nik: NIKS[0] }] },
      '/workers/2/nik',
      'duplicate_nik',
    ],
    ['of a number that is none', { headcount: -1 }, '/headcount', 'too_small'],
    ['of another kind', { headcount: 1, kind: 'rumour' }, '/kind', 'invalid_value'],
  ])('%s is refused', async (_, more, pointer, code) => {
    const { id } = await recordEmployer(service);
    const answer = await record(id, more);
    expect(answer.statusCode, answer.body).toBe(422);
    expect(answer.json().errors).toMatchObject([{ pointer, code }]);
    expect(answer.body).not.toMatch(/\d{16}/);
  });
});

test('a mass of what are no workers is refused with the first of its faults', async () => {
  const { id } = await recordEmployer(service);
  const answer = await record(id, { workers: Array.from({ length: 200_000 }, () => ({})) });
  expect(answer.statusCode).toBe(422);
  expect(answer.json().errors.length).toBeLessThanOrEqual(20);
});

test('a roster is opened once for a piece of evidence, and again only where another takes its place', async () => {
  const { id } = await recordEmployer(service);
  await declare(id, '2026-11', [4_000_000]);
  await record(id, { headcount: 2, workers: [{ nik: NIKS[1] }] });
  const kept = async () =>
    (await service.deps.database.pool.query('select result from comparisons where employer_id = $1', [id]))
      .rows;
  const first = await kept();
  expect(first).toHaveLength(1);
  await pay(service, id, 1_000, '2026-11-19');
  await verdict(id, '?asOf=2026-11-17');
  expect(await kept()).toEqual(first);
  await declare(id, '2026-11', [4_000_000, 4_000_000]);
  expect(await kept()).toHaveLength(2);
  expect(await found(id)).toEqual([]);
});

describe('who may', () => {
  const KINDS = [
    ['social_security_branch', 201, 201],
    ['labour_office', 201, 201],
    ['operator', 201, 201],
    ['licensing_office', 201, 403],
    ['procurement_unit', 201, 403],
    ['prosecutor', 201, 403],
    ['regional_government', 201, 403],
    ['village_government', 201, 403],
    ['auditor', 403, 403],
    ['employer', 403, 403],
  ] as const;

  test.each(KINDS)('record: %s', async (kind, reported, inspected) => {
    const { id } = await recordEmployer(service);
    const token = await service.token({
      kind,
      agency: `a-${kind}`,
      ...(kind === 'employer' && { employerId: id }),
    });
    const statuses = [];
    for (const each of ['wlkp_report', 'inspection'])
      statuses.push((await record(id, { kind: each, headcount: 3 }, token)).statusCode);
    expect(statuses).toEqual([reported, inspected]);
  });

  test('read: who sees the employer, and the employer itself without the note and the person', async () => {
    const { id } = await recordEmployer(service);
    const { id: evidenceId } = (
      await record(id, { headcount: 3, note: 'rahasia', workers: [{ nik: NIKS[0] }] })
    ).json();
    const url = `/v1/evidence/${evidenceId}`;
    const own = await service.token({ kind: 'employer', agency: 'pt', regions: [], employerId: id });
    const other = await recordEmployer(service);
    const foreign = await service.token({
      kind: 'employer',
      agency: 'pt',
      regions: [],
      employerId: other.id,
    });
    const bali = await service.token({ agency: 'bali', regions: ['51'] });
    const noScope = await service.token({ scopes: ['registry:read'] });
    const status = async (token: string) => (await service.send({ url, token })).statusCode;
    expect([await status(own), await status(foreign), await status(bali), await status(noScope)]).toEqual([
      200, 404, 404, 403,
    ]);
    const seen = (await service.send({ url, token: own })).json();
    expect(seen).toMatchObject({ id: evidenceId, headcount: 3, workersSeen: 1 });
    expect(seen).not.toHaveProperty('note');
    expect(seen).not.toHaveProperty('recordedBy');
    const list = async (path: string, token: string) =>
      (await service.send({ url: path, token })).json().items?.map((item: { id: string }) => item.id);
    expect(await list('/v1/evidence', own)).toEqual([evidenceId]);
    expect(await list('/v1/evidence', bali)).toEqual([]);
    expect(await list(`/v1/evidence?employer=${id}&kind=inspection&region=34.01`, own)).toEqual([evidenceId]);
    expect(await list(`/v1/evidence?employer=${id}&kind=wlkp_report`, own)).toEqual([]);
    expect((await service.send({ url: `${url}/workers`, token: own })).statusCode).toBe(403);
    expect((await record(id, { headcount: 1 }, bali)).statusCode).toBe(404);
    const csv = await service.send({ url: `/v1/employers/${id}/evidence`, headers: { accept: 'text/csv' } });
    expect(csv.body.split('\r\n')[1]).toContain(`${evidenceId},${id},inspection`);
  });

  test('see who was seen: masked or for a purpose, page by page, each reading recorded', async () => {
    const { id } = await recordEmployer(service);
    await declare(id, '2026-11', [4_000_000, 3_000_000]);
    const workers = [{ nik: NIKS[2] }, { nik: NIKS[1], wage: 3_100_000 }, { nik: NIKS[0] }];
    const { id: evidenceId } = (await record(id, { workers })).json();
    const url = `/v1/evidence/${evidenceId}/workers`;
    const masked = await service.send({ url });
    expect(masked.json()).toEqual({
      items: [
        {
          nikMasked: expect.stringContaining('*'),
          declared: true,
          declaredWage: 4_000_000,
          period: '2026-11',
        },
        {
          nikMasked: expect.stringContaining('*'),
          wage: 3_100_000,
          declared: true,
          declaredWage: 3_000_000,
          period: '2026-11',
        },
        { nikMasked: expect.stringContaining('*'), declared: false, period: '2026-11' },
      ],
      nextCursor: null,
    });
    const identify = await service.token({ scopes: ['workers:identify'] });
    const without = await service.send({ url, token: identify });
    expect(without.json()).toMatchObject({
      status: 422,
      errors: [{ pointer: '/purpose', code: 'required' }],
    });
    const pages: string[] = [];
    let cursor = '';
    do {
      const page = await service.send({
        url: `${url}?purpose=pemeriksaan&limit=2${cursor}`,
        token: identify,
      });
      pages.push(...page.json().items.map(({ nik }: { nik: string }) => nik));
      cursor = page.json().nextCursor ? `&cursor=${page.json().nextCursor}` : '';
    } while (cursor);
    expect(pages).toEqual(NIKS.slice(0, 3));
    const reads = await service.deps.database.pool.query(
      `select purpose, fields, cardinality(worker_ids) as known from personal_data_reads
       where evidence_id = $1 order by read_id`,
      [evidenceId],
    );
    expect(reads.rows).toEqual([
      { purpose: null, fields: ['nikMasked', 'wage', 'declaredWage'], known: 2 },
      { purpose: 'pemeriksaan', fields: ['nik', 'wage', 'declaredWage'], known: 2 },
      { purpose: 'pemeriksaan', fields: ['nik', 'wage', 'declaredWage'], known: 0 },
    ]);
    expect(service.logs()).not.toContain(NIKS[0]);
  });
});

test('an agency records only so much about an employer in a year', async () => {
  const { id } = await recordEmployer(service);
  const first = { headcount: 3, observedOn: '2026-11-16' };
  expect((await record(id, first)).statusCode).toBe(201);
  const more = MOST_EVIDENCE_A_YEAR - 1;
  await service.deps.database.pool.query(
    `insert into evidence (employer_id, evidence_id, agency_code, kind, observed_on, headcount, digest, recorded_at,
                           recorded_by)
     select employer_id, gen_random_uuid(), agency_code, kind, '2020-01-01', 3, int4send(n), recorded_at, recorded_by
     from evidence, generate_series(1, $2) n where employer_id = $1`,
    [id, more],
  );
  expect((await record(id, first)).statusCode).toBe(200);
  expect((await record(id, { headcount: 4 })).json()).toMatchObject({
    status: 409,
    code: 'too_much_evidence',
  });
  const other = await service.token({ agency: 'bpjs-kp', sub: 'x' });
  expect((await record(id, { headcount: 4 }, other)).statusCode).toBe(201);
});

describe('what if', () => {
  test('a corrected roster is held against the evidence, by NIK', async () => {
    const { id } = await recordEmployer(service);
    await declare(id, '2026-11', [4_000_000]);
    await record(id, { workers: [{ nik: NIKS[1], wage: 3_500_000 }] });
    const codes = async (wages: readonly number[]) => {
      const workers = wages.map((wage, index) => ({
        nik: NIKS[index],
        name: 'Pekerja',
        birthDate: '1990-07-01',
        wage,
        programmes: PROGRAMMES,
      }));
      const answer = await service.send({
        url: `/v1/employers/${id}/remedy/simulations`,
        body: { on: '2026-11-20', declarations: [{ period: '2026-11', workers }] },
      });
      expect(answer.statusCode, answer.body).toBe(200);
      return answer.json().verdict.reasons.map(({ code }: { code: string }) => code);
    };
    expect(await codes([4_000_000])).toEqual(['PARTIAL_WORKERS']);
    expect(await codes([4_000_000, 3_000_000])).toEqual(['PARTIAL_WAGES']);
    expect(await codes([4_000_000, 3_500_000])).toEqual([]);
    expect((await verdict(id)).reasons.map(({ code }: { code: string }) => code)).toEqual([
      'PARTIAL_WORKERS',
    ]);
  });

  test('rosters are no way to find out who complained, nor which wage somebody has', async () => {
    const { id } = await recordEmployer(service);
    await declare(id, '2026-11', [4_000_000, 4_000_000]);
    const { body } = await record(id, {
      kind: 'worker_complaint',
      workers: [{ nik: NIKS[1], wage: 900_000_000 }],
    });
    const said = JSON.stringify(await verdict(id));
    expect(said).toContain('Wages of 1 worker for November 2026 are reported lower than paid');
    for (const told of [body, said]) expect(told).not.toMatch(/896.?000.?000/);
    const caller = { kind: 'employer', agency: 'pt', regions: [], employerId: id } as const;
    const tokens = [
      await service.token(caller),
      await service.token({ scopes: ['compliance:read', 'evidence:write'] }),
    ];
    for (const token of tokens) {
      const supposing = async (nik: string | undefined) => {
        const worker = { nik, name: 'P', birthDate: '1990-07-01', wage: 4_000_000, programmes: PROGRAMMES };
        const declarations = [{ period: '2026-11', workers: [worker] }];
        const simulated = { on: '2026-11-20', declarations };
        const answer = await service.send({
          url: `/v1/employers/${id}/remedy/simulations`,
          body: simulated,
          token,
        });
        expect(answer.statusCode, answer.body).toBe(200);
        return answer.json().verdict.reasons;
      };
      expect(await supposing(NIKS[0])).toEqual(await supposing(NIKS[1]));
    }
  });

  test('the company contests what evidence shows, and is right or not', async () => {
    const { id } = await recordEmployer(service);
    await declare(id, '2026-11', [4_000_000]);
    await record(id, { headcount: 9 });
    const own = await service.token({
      kind: 'employer',
      agency: 'pt',
      regions: [],
      employerId: id,
      sub: 'hrd',
    });
    const opened = await service.send({
      url: '/v1/disputes',
      body: {
        employer: id,
        codes: ['PARTIAL_WORKERS'],
        periods: ['2026-11'],
        ground: 'magang',
        suspensive: false,
      },
      token: own,
    });
    expect(opened.statusCode, opened.body).toBe(201);
    expect(await verdict(id)).toMatchObject({ status: 'non_compliant' });
    const decided = await service.send({
      url: `/v1/disputes/${opened.json().id}/decisions`,
      body: { upheld: true, reason: 'benar magang' },
    });
    expect(decided.statusCode, decided.body).toBeLessThan(300);
    expect(await verdict(id)).toMatchObject({ status: 'compliant' });
    expect(await found(id)).toMatchObject([{ code: 'PARTIAL_WORKERS', severity: 'info', workers: 8 }]);
  });
});
