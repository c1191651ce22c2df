import {
  CHECK,
  dispute,
  EMPLOYER,
  flag,
  imported,
  invitation,
  objection,
  payment,
  plan,
  type World,
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
  | 'suspension_needs_agency';

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
function list(url: string, add?: (world: World) => Promise<unknown>): RightCall {
  const call = async (world: World) => {
    await add?.(world);
    return { url };
  };
  return { call, elsewhere: 'hidden', company: 'hidden' };
}

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
  withdrawRegularisation: own(async (world) => ({
    url: `/v1/regularisations/${await invitation(world)}/withdrawals`,
    body: { ...REASON, on: '2026-11-20' },
  })),
  listEmployerSuspensions: own(async (world) => {
    await plan(world);
    return { url: `/v1/employers/${world.employerId}/suspensions` };
  }),
  createCheck: {
    call: ({ service }) => ({
      url: '/v1/checks',
      body: {
        ...CHECK,
        subject: wholeSubject(),
        onBehalfOf: 'ULP Kulon Progo',
        asOf: '2026-11-20',
        knownAt: service.deps.clock().toISOString(),
        interval: { from: '2026-01-01', to: '2026-11-20' },
      },
    }),
    elsewhere: 'shown',
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
  listNonCompliant: list('/v1/non-compliant-employers'),
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
    company: 'same',
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
