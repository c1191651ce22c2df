import { afterAll, expect, test } from 'vitest';
import type { AgencyKind } from '#src/http/actor.ts';
import { PROBLEMS, type ProblemCode } from '#src/http/problem-table.ts';
import { type Operation, operationsOf } from './operations.ts';
import { type Call, type Outcome, RIGHT_CALLS, type RightCall } from './right-calls.ts';
import { EMPLOYER, prepareWorld } from './world.ts';

const OFFICES = [
  'social_security_branch',
  'labour_office',
  'licensing_office',
  'procurement_unit',
  'prosecutor',
  'regional_government',
  'village_government',
  'auditor',
  'operator',
] as const satisfies AgencyKind[];
const KINDS: readonly AgencyKind[] = [...OFFICES, 'employer'];

const but = (...kinds: AgencyKind[]) => KINDS.filter((kind) => !kinds.includes(kind));

/**
 * Served as its own: the problem with it is that of the right caller, if it has one. Or served after another kind was,
 * and told that it is done, or that what it was done to has changed.
 */
type Own = Outcome | 'served' | 'repeated' | (string & {});

/** What is told to who comes after another, once it is known that it may. */
const DONE = [409, 412];

/**
 * Which kinds of agencies an operation serves; the others get `kind_not_allowed`, unless it says otherwise under `own`,
 * of an employer that they see, or `elsewhere`, of one that they do not. The client of another company, and who is
 * served in another region, get what the table of right calls says.
 */
type Row = {
  served: readonly AgencyKind[];
  own?: Partial<Record<AgencyKind, Own>>;
  elsewhere?: Partial<Record<AgencyKind, Own>>;
};

const everyone: Row = { served: KINDS };
/** What is open to every kind by its scopes, though a company's client gets this. */
const offices = (employer: Own = 'kind_not_allowed'): Row => ({ served: OFFICES, own: { employer } });
const only = (...served: AgencyKind[]): Row => ({ served });

const INSPECTORS: AgencyKind[] = ['social_security_branch', 'labour_office', 'operator'];
const WATCHERS: AgencyKind[] = [...INSPECTORS, 'auditor', 'prosecutor'];
const REPORTED: AgencyKind[] = [...WATCHERS, 'regional_government'];
const INVESTIGATORS: AgencyKind[] = ['social_security_branch', 'labour_office', 'prosecutor'];
const PARTIES = but('licensing_office', 'prosecutor', 'village_government', 'auditor');

/** Units that decide about services see of a procedure what they are asked, and here they are not. */
const ASKED = (nothing: Own) => ({ licensing_office: nothing, procurement_unit: nothing });

const ROWS: Record<string, Row> = {
  // Procedures rest on arrears: before the payments and disputes that would mend them.
  openSanction: only(...INSPECTORS),
  listSanctions: { served: KINDS, own: ASKED('empty') },
  listSanctionDeadlines: { served: KINDS, own: ASKED('empty') },
  getSanction: { served: KINDS, own: ASKED('not_found') },
  getSanctionLetter: { served: KINDS, own: ASKED('not_found') },
  // Nothing for the one that it is about.
  getCaseFile: { served: KINDS, own: { ...ASKED('not_found'), employer: 'not_found' } },
  listEmployerSanctions: { served: KINDS, own: ASKED('empty') },
  takeSanctionStep: { served: KINDS, own: { ...ASKED('not_found'), employer: 'kind_not_allowed' } },

  createEmployer: offices('outside_jurisdiction'),
  listEmployers: everyone,
  getEmployer: everyone,
  // Of an employer that was just recorded: the company's client does not see it.
  changeEmployer: offices('not_found'),
  resolveEmployer: everyone,
  listWorkers: everyone,
  declareRoster: everyone,
  listDeclarations: everyone,
  getDeclaration: everyone,
  // Payments are what was received, and not what a company says that it paid.
  reversePayment: offices(),
  listPayments: everyone,
  getLedger: everyone,
  getStanding: everyone,
  getVerdict: everyone,
  getExplanation: everyone,
  getRemedy: everyone,
  simulateRemedy: everyone,
  listRulesets: everyone,
  getRuleset: everyone,
  compareMonths: everyone,
  calculateContributions: everyone,

  recordEvidence: only(...but('auditor', 'employer')),
  listEvidence: everyone,
  listEmployerEvidence: everyone,
  getEvidence: everyone,
  listSeenWorkers: only(...OFFICES),
  putMinimumWage: only('social_security_branch', 'labour_office', 'regional_government', 'operator'),
  listMinimumWages: everyone,
  getMinimumWage: everyone,

  raiseFlag: offices('flag_acts_need_agency'),
  listFlags: everyone,
  listEmployerFlags: everyone,
  getFlag: everyone,
  approveFlag: offices('flag_acts_need_agency'),
  rejectFlag: offices('flag_acts_need_agency'),
  objectToFlag: everyone,
  decideObjection: offices('flag_acts_need_agency'),
  liftFlag: offices('flag_acts_need_agency'),

  recordPlan: offices('suspension_needs_agency'),
  listPlans: everyone,
  getPlan: everyone,
  withdrawPlan: offices('suspension_of_other_party'),
  // One that suspends nothing.
  openDispute: everyone,
  listDisputes: everyone,
  getDispute: everyone,
  decideDispute: offices('suspension_needs_agency'),
  withdrawDispute: offices('suspension_of_other_party'),
  inviteToRegularise: offices('suspension_needs_agency'),
  listRegularisations: everyone,
  getRegularisation: everyone,
  getRegularisationLetter: everyone,
  withdrawRegularisation: offices('suspension_of_other_party'),
  listEmployerSuspensions: everyone,

  createCheck: everyone,
  createCheckBatch: everyone,
  // Of the agency that asked: the company under check is another.
  getCheck: offices('not_found'),
  getCheckReceipt: offices('not_found'),
  listNonCompliant: everyone,

  declarePlacement: {
    served: PARTIES,
    // A procurement unit buys from vendors anywhere.
    elsewhere: { procurement_unit: 'shown' },
  },
  listVendorPlacements: everyone,
  listPlacements: everyone,
  getPlacement: everyone,
  // An office has declared it: for one side, which changes it, and which the other side responds to.
  changePlacement: {
    served: PARTIES,
    own: { procurement_unit: 'placement_of_other_party', employer: 'placement_of_other_party' },
  },
  respondToPlacement: { served: PARTIES, own: { procurement_unit: 'placement_own_declaration' } },
  // A company gets the vendors that work for it, and not itself.
  listVendors: { served: KINDS, own: { employer: 'empty' } },

  listInspectionQueue: only(...WATCHERS),
  assignInspection: only(...INSPECTORS),
  listInspections: only(...WATCHERS),
  getInspection: only(...WATCHERS),
  recordOutcome: only(...INSPECTORS),
  declareConflict: only(...INSPECTORS),
  listConflicts: only(...INSPECTORS, 'auditor'),
  listCrossChecks: only(...REPORTED),
  reportCrossCheck: only(...REPORTED),
  reportInspections: only(...REPORTED),

  listAccesses: only(...INVESTIGATORS, 'auditor', 'operator', 'employer'),
  delayAccesses: only(...INVESTIGATORS),
  listAccessDelays: {
    served: [...INVESTIGATORS, 'auditor', 'employer'],
    // The delays that the others list have not ended.
    own: { employer: 'empty' },
  },

  // The file is one of employers.
  createImport: offices(),
  listImports: { served: KINDS, own: { employer: 'empty' } },
  getImport: offices('not_found'),
  listRejections: offices('not_found'),
  followImport: offices('not_found'),
  cancelImport: offices('not_found'),

  // It pays all arrears.
  recordPayment: offices(),
};

const world = await prepareWorld();
const { service, employerId, otherId } = world;
const operations = new Map(operationsOf(service.app).map((operation) => [operation.id, operation]));
afterAll(() => service.close());

test('every operation that needs a token has a row, and every row an operation', () => {
  const secured = [...operations.values()].filter(({ scopes }) => scopes !== undefined);
  expect(Object.keys(ROWS).sort()).toEqual(secured.map(({ id }) => id).sort());
  expect(secured.length).toBeGreaterThan(80);
});

/** One agency that is of each kind in turn: what is its own and what is another's does not depend on it. */
function ownToken(kind: AgencyKind, { sub = 'inspector-1' }: RightCall): Promise<string> {
  return kind === 'employer'
    ? service.token({ kind, agency: 'perusahaan', sub: 'hrd', regions: ['34'], employerId })
    : service.token({ kind, sub });
}

/** An agency for each kind and operation, which has recorded nothing yet. */
function elsewhereToken(kind: AgencyKind, operation: string): Promise<string> {
  const regions = kind === 'employer' ? ['34'] : ['51'];
  const of = kind === 'employer' && { employerId: otherId };
  return service.token({ kind, agency: `jauh-${kind}-${operation}`, sub: 'jauh', regions, ...of });
}

test.each(Object.entries(ROWS))('%s serves its kinds of agencies and no others', async (id, row) => {
  const right = RIGHT_CALLS[id]!;
  const call = await right.call(world);
  const operation = operations.get(id)!;
  const faults: string[] = [];
  const ask = async (where: string, kind: AgencyKind, token: string, expected: Own) => {
    const answer = await send(operation, token, call);
    const got = outcomeOf(answer);
    if (!isAsExpected(got, expected, right)) faults.push(`${where}, ${kind}: ${got} instead of ${expected}`);
    // Only so many imports of one client may run.
    if (answer.statusCode === 202) await service.send({ url: `${answer.headers.location}/events`, token });
  };

  const elsewhere = KINDS.map(async (kind) => {
    const served = row.served.includes(kind) ? right.elsewhere : 'kind_not_allowed';
    const expected = row.elsewhere?.[kind] ?? (kind === 'employer' ? right.company : served);
    await ask('elsewhere', kind, await elsewhereToken(kind, id), expected);
  });
  await Promise.all(elsewhere);

  const expectedOf = (kind: AgencyKind) =>
    row.own?.[kind] ?? (row.served.includes(kind) ? 'served' : 'kind_not_allowed');
  const askOwn = async (kind: AgencyKind, expected: Own) =>
    ask('own', kind, await ownToken(kind, right), expected);
  const changing = operation.method === 'GET' ? [] : KINDS.filter((kind) => expectedOf(kind) === 'served');
  await Promise.all(
    KINDS.filter((kind) => !changing.includes(kind)).map((kind) => askOwn(kind, expectedOf(kind))),
  );
  for (const [index, kind] of changing.entries()) await askOwn(kind, index === 0 ? 'served' : 'repeated');
  expect(faults).toEqual([]);
});

type Answer = Awaited<ReturnType<typeof send>>;

async function send({ method }: Operation, token: string, { url, body, headers }: Call) {
  return service.app.inject({
    method,
    url,
    ...(body && { payload: body }),
    headers: { ...headers, authorization: `Bearer ${token}` },
  });
}

/** A problem by its code, or whether the employer appears in the answer. */
function outcomeOf(answer: Answer): string {
  if (answer.statusCode >= 400) return answer.json().code;
  if (answer.body.includes(employerId) || answer.body.includes(EMPLOYER.legalName)) return 'shown';
  return answer.body === '{"items":[],"nextCursor":null}' ? 'empty' : 'answered';
}

function isAsExpected(got: string, expected: Own, right: RightCall): boolean {
  if (expected === 'repeated' && DONE.includes(PROBLEMS[got as ProblemCode]?.status)) return true;
  if (['served', 'repeated'].includes(expected) && right.problem) return got === right.problem;
  if (expected === 'served' && right.elsewhere === 'hidden') return got === 'shown';
  if (['served', 'repeated', 'same'].includes(expected)) return ['shown', 'answered'].includes(got);
  if (expected === 'hidden') return ['empty', 'answered'].includes(got);
  return got === expected;
}
