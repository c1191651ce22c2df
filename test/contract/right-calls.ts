import {
  accessDelay,
  CHECK,
  cancelInspections,
  conflict,
  dispute,
  EMPLOYER,
  evidence,
  flag,
  imported,
  inspection,
  invitation,
  minimumWage,
  objection,
  payment,
  placement,
  plan,
  sanction,
  sanctionTerms,
  serviceRequest,
  sharedWorker,
  vendor,
  type World,
  wholeTerms,
  worker,
} from './world.ts';

/** One request that the right caller may make: a body of JSON has every field that the operation knows. */
export type Call = { url: string; body?: Record<string, unknown> | string; headers?: Record<string, string> };

/**
 * What a caller gets who is in order but not the right one: a problem by its code, an answer in which the employer
 * does not appear (`hidden`) or does (`shown`), an `empty` list, or an answer that is about nobody (`same`).
 */
export type Outcome =
  | 'hidden'
  | 'shown'
  | 'empty'
  | 'same'
  | 'not_found'
  | 'outside_jurisdiction'
  | 'flag_acts_need_agency'
  | 'suspension_needs_agency'
  | 'kind_not_allowed'
  | 'invalid_content';

export type RightCall = {
  call: (world: World) => Call | Promise<Call>;
  /** What an agency of another region gets. */
  elsewhere: Outcome;
  /** What the client of another company gets. */
  company: Outcome;
  /** The person who may act, where it must not be who prepared. */
  sub?: string;
  /** The problem with what is right, where there is always one. */
  problem?: string;
  /** Fields in which every text is a right one. */
  anyText?: string[];
};

/** A call about the employer itself: whoever does not see it finds nothing. */
function own(call: RightCall['call'], more: Partial<RightCall> = {}): RightCall {
  return { call, elsewhere: 'not_found', company: 'not_found', ...more };
}

/** A list over employers; `add` puts something on it. */
function list(
  url: string,
  add?: (world: World) => Promise<unknown>,
  more: Partial<RightCall> = {},
): RightCall {
  const call = async (world: World) => {
    await add?.(world);
    return { url };
  };
  return { call, elsewhere: 'hidden', company: 'hidden', ...more };
}

/** What no company may do, be it about itself. */
const NOT_EMPLOYERS = { company: 'kind_not_allowed' } as const;

const REASON = { reason: 'sudah diperiksa' };

/** A worker with all that a roster can say. */
const wholeWorker = (serial: number) => ({
  ...worker(serial),
  sex: 'M',
  citizenship: 'ID',
  jkp: true,
  employmentType: 'outsourced',
  placementContract: 'PKS-7',
});

/** One of each operation of the OpenAPI document that is not public. */
export const RIGHT_CALLS: Record<string, RightCall> = {
  createEmployer: {
    call: ({ next }) => ({ url: '/v1/employers', body: wholeEmployer(next()) }),
    elsewhere: 'outside_jurisdiction',
    company: 'outside_jurisdiction',
  },
  listEmployers: list('/v1/employers'),
  getEmployer: own(({ employerId }) => ({ url: `/v1/employers/${employerId}` })),
  changeEmployer: own(async ({ post, next }) => {
    const { id, headers } = await post('/v1/employers', {
      ...EMPLOYER,
      npp: `CH${next()}00`,
      nib: undefined,
      npwp: undefined,
    });
    const body = wholeEmployer(next());
    return { url: `/v1/employers/${id}`, body, headers: { 'if-match': String(headers.etag) } };
  }),
  resolveEmployer: {
    call: () => ({ url: '/v1/employers/resolve', body: wholeSubject() }),
    elsewhere: 'hidden',
    company: 'hidden',
  },
  listWorkers: own(({ employerId }) => ({ url: `/v1/employers/${employerId}/workers?purpose=audit` })),
  declareRoster: own(({ employerId, next }) => ({
    url: `/v1/employers/${employerId}/declarations`,
    body: {
      period: '2026-09',
      workers: [wholeWorker(next())],
    },
  })),
  listDeclarations: own(({ employerId }) => ({ url: `/v1/employers/${employerId}/declarations` })),
  getDeclaration: own(({ employerId, declarationId }) => ({
    url: `/v1/employers/${employerId}/declarations/${declarationId}`,
  })),
  recordPayment: own(({ employerId, next }) => ({
    url: '/v1/payments',
    body: {
      employer: employerId,
      amount: 250_000,
      paidOn: '2026-10-01',
      reference: `BANK-${next()}`,
      period: '2026-08',
      channel: 'VA',
      penalty: false,
    },
  })),
  reversePayment: own(async (world) => ({
    url: `/v1/payments/${await payment(world)}/reversals`,
    body: { ...REASON, reference: 'RET-1' },
  })),
  listPayments: own(({ employerId }) => ({ url: `/v1/employers/${employerId}/payments` })),
  getLedger: own(({ employerId }) => ({ url: `/v1/employers/${employerId}/ledger` })),
  getStanding: own(({ employerId }) => ({
    url: `/v1/employers/${employerId}/standing?from=2026-01-01&to=2026-11-20`,
  })),
  getVerdict: own(({ employerId }) => ({ url: `/v1/employers/${employerId}/verdict` })),
  getExplanation: own(({ employerId }) => ({ url: `/v1/employers/${employerId}/verdict/explanation` })),
  getRemedy: own(({ employerId }) => ({ url: `/v1/employers/${employerId}/remedy` })),
  simulateRemedy: own(({ employerId, next }) => ({
    url: `/v1/employers/${employerId}/remedy/simulations`,
    body: {
      payments: [{ amount: 100_000, paidOn: '2026-11-20', period: '2026-08', penalty: false }],
      plans: [
        {
          codes: ['ARREARS'],
          periods: ['2026-08'],
          instalments: [{ dueOn: '2026-12-15', amount: 100_000 }],
          agreedOn: '2026-11-20',
        },
      ],
      declarations: [{ period: '2026-09', workers: [wholeWorker(next())] }],
      on: '2026-12-01',
    },
  })),
  listRulesets: { call: () => ({ url: '/v1/rulesets' }), elsewhere: 'same', company: 'same' },
  getRuleset: { call: () => ({ url: '/v1/rulesets/current' }), elsewhere: 'same', company: 'same' },
  compareMonths: {
    call: () => ({ url: '/v1/rulesets/diff', body: { from: '2026-02', to: '2026-03' } }),
    elsewhere: 'same',
    company: 'same',
  },
  calculateContributions: {
    call: () => ({
      url: '/v1/calculations',
      body: {
        segment: 'PU',
        period: '2025-03',
        wage: 4_000_000,
        jkkClass: 'II',
        programmes: ['JKK', 'JKM', 'JHT'],
        jkp: true,
        arrearsAtPromulgation: false,
        reliefs: ['PP7/2025'],
      },
    }),
    elsewhere: 'same',
    company: 'same',
  },
  recordEvidence: own(
    ({ employerId, next }) => ({
      url: '/v1/evidence',
      body: {
        employer: employerId,
        kind: 'worker_complaint',
        observedOn: '2026-11-19',
        headcount: 3,
        wageBill: 9_000_000,
        lowestWage: 2_500_000,
        workers: [{ nik: worker(next()).nik, wage: 3_000_000 }],
        note: 'rahasia',
        documentHash: 'sha256:9f86d081',
      },
    }),
    NOT_EMPLOYERS,
  ),
  listEvidence: list('/v1/evidence', evidence),
  listEmployerEvidence: own(async (world) => {
    await evidence(world);
    return { url: `/v1/employers/${world.employerId}/evidence` };
  }),
  getEvidence: own(async (world) => ({ url: `/v1/evidence/${await evidence(world)}` })),
  listSeenWorkers: own(
    async (world) => ({ url: `/v1/evidence/${await evidence(world, [1, 2])}/workers` }),
    NOT_EMPLOYERS,
  ),
  raiseFlag: own(
    ({ employerId, next }) => ({
      url: '/v1/flags',
      body: {
        employer: employerId,
        kind: 'watch',
        ground: `laporan ${next()}`,
        article: 'PP 86/2013 Pasal 9',
        startsOn: '2026-11-20',
        endsOn: '2026-12-20',
        evidenceHash: 'sha256:9f86d081',
        note: 'rahasia',
      },
    }),
    { company: 'flag_acts_need_agency' },
  ),
  listFlags: list('/v1/flags'),
  listEmployerFlags: own(({ employerId }) => ({ url: `/v1/employers/${employerId}/flags` })),
  getFlag: own(async (world) => ({ url: `/v1/flags/${await flag(world)}` })),
  approveFlag: own(async (world) => ({ url: `/v1/flags/${await flag(world)}/approvals`, body: REASON }), {
    sub: 'inspector-2',
  }),
  rejectFlag: own(async (world) => ({ url: `/v1/flags/${await flag(world)}/rejections`, body: REASON })),
  objectToFlag: own(async (world) => ({
    url: `/v1/flags/${await flag(world)}/objections`,
    body: { ...REASON, suspensive: true },
  })),
  decideObjection: own(
    async (world) => {
      const flagId = await flag(world);
      return {
        url: `/v1/flags/${flagId}/objections/${await objection(world, flagId)}/decisions`,
        body: { ...REASON, upheld: true },
      };
    },
    { sub: 'inspector-2' },
  ),
  liftFlag: own(async (world) => {
    const flagId = await flag(world);
    const second = await world.service.token({ sub: 'inspector-2' });
    await world.post(`/v1/flags/${flagId}/approvals`, REASON, second);
    return { url: `/v1/flags/${flagId}/lifts`, body: REASON };
  }),
  recordPlan: own(
    ({ employerId }) => ({
      url: '/v1/plans',
      body: {
        employer: employerId,
        codes: ['ARREARS', 'NOT_DECLARED'],
        periods: ['2026-08', '2026-09'],
        instalments: [
          { dueOn: '2026-12-15', amount: 40_000 },
          { dueOn: '2027-01-15', amount: 40_000 },
        ],
        agreedOn: '2026-11-19',
        note: 'rahasia',
      },
    }),
    { company: 'suspension_needs_agency' },
  ),
  listPlans: list('/v1/plans', plan),
  getPlan: own(async (world) => ({ url: `/v1/plans/${await plan(world)}` })),
  withdrawPlan: own(async (world) => ({
    url: `/v1/plans/${await plan(world)}/withdrawals`,
    body: { ...REASON, on: '2026-11-20' },
  })),
  openDispute: own(({ employerId }) => ({
    url: '/v1/disputes',
    body: {
      employer: employerId,
      codes: ['PARTIAL_PROGRAMMES'],
      periods: ['2026-08'],
      suspensive: false,
      openedOn: '2026-11-19',
      ground: 'Pekerja sudah terdaftar',
    },
  })),
  listDisputes: list('/v1/disputes', dispute),
  getDispute: own(async (world) => ({ url: `/v1/disputes/${await dispute(world)}` })),
  decideDispute: own(async (world) => ({
    url: `/v1/disputes/${await dispute(world)}/decisions`,
    body: { ...REASON, upheld: false, decidedOn: '2026-11-20' },
  })),
  withdrawDispute: own(async (world) => ({
    url: `/v1/disputes/${await dispute(world)}/withdrawals`,
    body: { ...REASON, on: '2026-11-20' },
  })),
  inviteToRegularise: own(
    ({ employerId }) => ({
      url: '/v1/regularisations',
      body: { employer: employerId, invitedOn: '2026-11-19', deadline: '2026-12-01', note: 'rahasia' },
    }),
    { company: 'suspension_needs_agency' },
  ),
  listRegularisations: list('/v1/regularisations', invitation),
  getRegularisation: own(async (world) => ({ url: `/v1/regularisations/${await invitation(world)}` })),
  getRegularisationLetter: own(async (world) => ({
    url: `/v1/regularisations/${await invitation(world)}/letter`,
  })),
  withdrawRegularisation: own(async (world) => ({
    url: `/v1/regularisations/${await invitation(world)}/withdrawals`,
    body: { ...REASON, on: '2026-11-20' },
  })),
  listEmployerSuspensions: own(async (world) => {
    await plan(world);
    return { url: `/v1/employers/${world.employerId}/suspensions` };
  }),
  createCheck: {
    call: async (world) => ({
      url: '/v1/checks',
      body: {
        ...CHECK,
        subject: wholeSubject(),
        onBehalfOf: 'ULP Kulon Progo',
        placementId: (await placement(world)).id,
        asOf: '2026-11-20',
        knownAt: world.service.deps.clock().toISOString(),
        interval: { from: '2026-01-01', to: '2026-11-20' },
      },
    }),
    // A check is nationwide, but a placement is for who may see it.
    elsewhere: 'not_found',
    company: 'hidden',
  },
  createCheckBatch: {
    call: () => {
      const { subject: _, ...asked } = CHECK;
      return {
        url: '/v1/check-batches',
        body: { ...asked, onBehalfOf: 'ULP Kulon Progo', subjects: [wholeSubject()] },
      };
    },
    elsewhere: 'shown',
    company: 'hidden',
  },
  getCheck: own(async ({ post }) => ({ url: `/v1/checks/${(await post('/v1/checks', CHECK)).id}` })),
  getCheckReceipt: own(async ({ post }) => ({
    url: `/v1/checks/${(await post('/v1/checks', CHECK)).id}/receipt`,
  })),
  declarePlacement: own(
    async (world) => ({ url: `/v1/vendors/${world.employerId}/placements`, body: await wholeTerms(world) }),
    { company: 'invalid_content' },
  ),
  listVendorPlacements: own(async (world) => {
    await placement(world);
    return { url: `/v1/vendors/${world.employerId}/placements` };
  }),
  listPlacements: list('/v1/placements', placement),
  getPlacement: own(async (world) => ({ url: `/v1/placements/${(await placement(world)).id}` })),
  changePlacement: own(async (world) => {
    const { id, headers } = await placement(world);
    const body = { ...(await wholeTerms(world)), workersContracted: 41 };
    return { url: `/v1/placements/${id}`, body, headers: { 'if-match': String(headers.etag) } };
  }),
  respondToPlacement: own(async (world) => {
    const { service, employerId, post } = world;
    const buyer = await service.token({ kind: 'procurement_unit', agency: 'ulp', sub: 'buyer' });
    const body = await wholeTerms(world);
    const { id } = await post(`/v1/vendors/${employerId}/placements`, body, buyer);
    return {
      url: `/v1/placements/${id}/responses`,
      body: { ...REASON, confirmed: false, terms: { ...(await wholeTerms(world)), workersContracted: 41 } },
    };
  }),
  listVendors: list('/v1/vendors', vendor),
  listNonCompliant: list('/v1/non-compliant-employers'),
  openSanction: own(async (world) => {
    await sanction(world);
    const { employerId, next } = world;
    const codes = ['PARTIAL_PROGRAMMES'];
    return {
      url: '/v1/sanctions',
      body: { employer: employerId, codes, openedOn: '2026-11-19', note: `rahasia ${next()}` },
    };
  }, NOT_EMPLOYERS),
  listSanctions: list('/v1/sanctions', sanction),
  listSanctionDeadlines: list('/v1/sanctions/deadlines?on=2026-08-01&until=2026-12-31', sanctionTerms),
  getSanction: own(async (world) => ({ url: `/v1/sanctions/${await sanction(world)}` })),
  getSanctionLetter: own(async (world) => ({
    url: `/v1/sanctions/${(await serviceRequest(world)).sanctionId}/letters/first_warning`,
  })),
  getCaseFile: own(async (world) => ({ url: `/v1/sanctions/${await sanction(world)}/case-file` })),
  listEmployerSanctions: own(async (world) => {
    await sanction(world);
    return { url: `/v1/employers/${world.employerId}/sanctions` };
  }),
  takeSanctionStep: own(async (world) => {
    const { sanctionId, requestId } = await serviceRequest(world);
    return {
      url: `/v1/sanctions/${sanctionId}/steps`,
      body: {
        step: 'tmp2t_decision',
        on: '2026-10-20',
        services: ['business_licence'],
        decidedBy: 'Dinas Perizinan',
        accepted: false,
        requestId,
        note: 'rahasia',
      },
    };
  }),
  listInspectionQueue: list('/v1/inspections/queue', undefined, NOT_EMPLOYERS),
  assignInspection: own(async (world) => {
    await cancelInspections(world);
    const { employerId, next } = world;
    const inspector = `petugas-${next()}`;
    return {
      url: '/v1/inspections',
      body: { employer: employerId, inspector, plannedOn: '2026-12-01', note: 'rahasia' },
    };
  }, NOT_EMPLOYERS),
  listInspections: list('/v1/inspections', inspection, NOT_EMPLOYERS),
  getInspection: own(async (world) => ({ url: `/v1/inspections/${await inspection(world)}` }), NOT_EMPLOYERS),
  recordOutcome: own(
    async (world) => ({
      url: `/v1/inspections/${await inspection(world)}/outcomes`,
      body: {
        kind: 'visited',
        on: '2026-11-20',
        found: ['ARREARS'],
        evidence: {
          headcount: 2,
          wageBill: 8_000_000,
          lowestWage: 4_000_000,
          workers: [{ nik: worker(2).nik, wage: 4_000_000 }],
          documentHash: `sha256:${world.next()}`,
        },
        note: 'rahasia',
      },
    }),
    NOT_EMPLOYERS,
  ),
  declareConflict: own(
    ({ employerId, next }) => ({
      url: '/v1/inspections/conflicts',
      body: {
        employer: employerId,
        inspector: `petugas-${next()}`,
        reason: 'kerabat',
        startsOn: '2026-01-01',
        endsOn: '2027-12-31',
      },
    }),
    NOT_EMPLOYERS,
  ),
  listConflicts: list('/v1/inspections/conflicts', conflict, NOT_EMPLOYERS),
  listCrossChecks: {
    call: () => ({ url: '/v1/reports/cross-checks' }),
    elsewhere: 'same',
    company: 'kind_not_allowed',
  },
  reportCrossCheck: list('/v1/reports/cross-checks/duplicate-workers?period=2026-08', sharedWorker, {
    elsewhere: 'empty',
    ...NOT_EMPLOYERS,
  }),
  reportInspections: {
    call: () => ({ url: '/v1/reports/inspections' }),
    elsewhere: 'same',
    company: 'kind_not_allowed',
  },
  putMinimumWage: {
    call: ({ next }) => ({
      url: '/v1/minimum-wages/34.01/2025',
      body: { monthly: 2_351_239 + next(), source: 'Keputusan Gubernur DIY' },
    }),
    elsewhere: 'outside_jurisdiction',
    company: 'kind_not_allowed',
  },
  listMinimumWages: {
    call: async (world) => {
      await minimumWage(world);
      return { url: '/v1/minimum-wages' };
    },
    elsewhere: 'same',
    company: 'same',
  },
  getMinimumWage: {
    call: async (world) => {
      await minimumWage(world);
      return { url: '/v1/minimum-wages/34.02/2025' };
    },
    elsewhere: 'same',
    company: 'same',
  },
  listAccesses: own(async ({ employerId, post }) => {
    await post('/v1/checks', CHECK);
    return { url: `/v1/employers/${employerId}/accesses` };
  }),
  delayAccesses: own(
    ({ employerId, next }) => ({
      url: `/v1/employers/${employerId}/access-delays`,
      body: {
        startsOn: '2027-01-01',
        endsOn: '2027-03-31',
        caseReference: `PERKARA-${next()}`,
        reason: 'penyidikan',
      },
    }),
    NOT_EMPLOYERS,
  ),
  listAccessDelays: own(async (world) => {
    await accessDelay(world);
    await accessDelay(world);
    return { url: `/v1/employers/${world.employerId}/access-delays` };
  }),
  listImports: {
    call: async (world) => {
      await imported(world);
      return { url: '/v1/imports' };
    },
    elsewhere: 'empty',
    company: 'empty',
  },
  createImport: {
    call: ({ next }) => ({
      url: '/v1/imports?kind=employers',
      body: `nib;nama;jenis;skala;kode_wilayah\n9120301299${next() + 100};CV Berkas;private;micro;34.01\n`,
      headers: { 'content-type': 'text/csv' },
    }),
    elsewhere: 'same',
    company: 'kind_not_allowed',
  },
  getImport: own(async (world) => ({ url: `/v1/imports/${await imported(world)}` })),
  listRejections: own(async (world) => ({ url: `/v1/imports/${await imported(world)}/rejections` })),
  followImport: own(async (world) => ({ url: `/v1/imports/${await imported(world)}/events` })),
  cancelImport: own(async (world) => ({ url: `/v1/imports/${await imported(world)}` }), {
    problem: 'import_finished',
  }),
};

function wholeSubject() {
  const { npp, nib, npwp, legalName: name, regionCode } = EMPLOYER;
  return { npp, nib, npwp, name, regionCode };
}

function wholeEmployer(serial: number) {
  const digits = String(serial).padStart(5, '0');
  return {
    legalName: 'PT Kayu Jati Sentolo',
    npp: `KJ${digits}`,
    nib: `91203012${digits}`,
    npwp: `01234567890${digits}`,
    kind: 'private',
    scale: 'medium',
    sector: 'general',
    jkkClass: 'III',
    jkkClassOrigin: 'bpjs_decision',
    jkkClassDecidedOn: '2026-03-01',
    kbli: { code: '31001', edition: '2020' },
    labourIntensiveIndustry: 'furniture',
    regionCode: '34.01',
    address: 'Jalan Wates 7, Sentolo',
    location: { latitude: -7.83, longitude: 110.22 },
    registeredOn: '2026-01-05',
    closedOn: '2026-11-01',
    outsourcing: { licenceNumber: 'AD-7', licensedOn: '2026-02-01' },
    stewardAgency: 'bpjs-kulon-progo',
  };
}
