import fc from 'fast-check';
import { addDays, addPeriods, onDay } from '#src/domain/civil.ts';
import { EVIDENCE_KINDS, type EvidenceComparison, type RecordedEvidence } from '#src/domain/evidence.ts';
import type { Declaration, Facts, History, Payment } from '#src/domain/facts.ts';
import { factsKnownAt } from '#src/domain/facts.ts';
import type { Flag } from '#src/domain/flags.ts';
import { type MinimumWage, shortfallOf } from '#src/domain/rules/minimum-wage.ts';
import { billOf, rosterSums } from '#src/domain/rules/roster.ts';
import { COVERABLE, type Suspension, startOf } from '#src/domain/suspensions.ts';
import { loadLaw } from '#src/law/index.ts';

export const law = loadLaw();

/** The first month that anything is declared for. */
export const FIRST = '2026-01';
/** What was recorded is known by then. */
export const TODAY = '2026-11-20';

/** Stated before anything else was recorded. */
const MINIMUM: MinimumWage = {
  regionCode: '34',
  regionName: 'Daerah Istimewa Yogyakarta',
  year: 2026,
  monthly: 2_417_495,
  recordedAt: '2026-01-01T03:00:00.000Z',
};

const instant = fc
  .integer({ min: 0, max: 300 })
  .map((days) => `${addDays('2026-01-20', days)}T05:00:00.000Z`);
const past = (value: string) => value < `${TODAY}T06:00:00.000Z`;
const period = fc.integer({ min: 0, max: 9 }).map((months) => addPeriods(FIRST, months));

const declaration = fc
  .record({
    id: fc.uuid(),
    period,
    recordedAt: instant.filter(past),
    wages: fc.array(fc.integer({ min: 1_000_000, max: 20_000_000 }), { minLength: 1, maxLength: 3 }),
    mask: fc.constantFrom(3, 7, 15),
  })
  .map(({ wages, mask, ...rest }) => {
    const lines = wages.map((wage) => ({
      wage,
      programmes: mask,
      birthDate: '1990-01-01',
      citizenship: 'ID',
    }));
    const shortfall = shortfallOf(MINIMUM.monthly, lines);
    return {
      ...rest,
      ...rosterSums(law, rest.period, lines),
      ...(shortfall.workers > 0 && { shortfall: { ...shortfall, minimum: MINIMUM } }),
    };
  });

const payment = fc
  .record({
    id: fc.uuid(),
    amount: fc.oneof(
      fc.integer({ min: 1, max: 2_000_000 }),
      fc.integer({ min: 1, max: 6_000 }),
      fc.integer({ min: 1_000_000, max: 20_000_000 }),
    ),
    paidOn: fc.integer({ min: 0, max: 304 }).map((days) => addDays('2026-01-20', days)),
    recordedAt: instant.filter(past),
    period: fc.option(period, { nil: undefined }),
    penalty: fc.boolean(),
  })
  .map(({ period: stated, ...rest }) => (stated === undefined ? rest : { ...rest, period: stated }));

const flag = fc
  .record({
    id: fc.uuid(),
    kind: fc.constantFrom('review', 'procurement_block' as const),
    from: fc.integer({ min: -30, max: 90 }),
    days: fc.option(fc.integer({ min: 1, max: 90 }), { nil: undefined }),
    approved: fc.boolean(),
  })
  .map(({ id, kind, from, days, approved }): Flag => {
    const startsOn = addDays(TODAY, from);
    const recordedAt = `${addDays(TODAY, -40)}T05:00:00.000Z`;
    const event = { id: `${id}-approval`, kind: 'approval' as const, recordedAt, by: 'b', agency: 'a' };
    return {
      id,
      kind,
      agency: 'a',
      proposedBy: 'a',
      recordedAt,
      startsOn,
      ...(days && { endsOn: addDays(startsOn, days) }),
      events: approved ? [event] : [],
    };
  });

const RECORDED = `${addDays(TODAY, -30)}T05:00:00.000Z`;
const codes = fc.constantFrom(['ARREARS'] as const, ['ARREARS', 'NOT_DECLARED'] as const, COVERABLE);
const periods = fc.uniqueArray(period, { minLength: 1, maxLength: 6 }).map((each) => each.sort());
const around = (from: number, to: number) =>
  fc.integer({ min: from, max: to }).map((days) => addDays(TODAY, days));
const instalment = fc.record({ dueOn: around(-60, 120), amount: fc.integer({ min: 1, max: 1_500_000 }) });

const plan = fc
  .record({
    codes,
    periods,
    agreedOn: around(-120, 0),
    instalments: fc.uniqueArray(instalment, { selector: ({ dueOn }) => dueOn, minLength: 1, maxLength: 4 }),
  })
  .map(({ instalments, ...rest }) => ({
    ...rest,
    kind: 'plan' as const,
    instalments: instalments.sort((a, b) => (a.dueOn < b.dueOn ? -1 : 1)),
  }));
const dispute = fc
  .record({
    codes: fc.option(codes, { nil: undefined }),
    periods: fc.option(periods, { nil: undefined }),
    openedOn: around(-120, 0),
    suspensive: fc.boolean(),
  })
  .map(({ codes: about, periods: months, ...rest }) => ({
    ...rest,
    ...(about && { codes: about }),
    ...(months && { periods: months }),
    kind: 'dispute' as const,
  }));
const invitation = fc
  .record({ invitedOn: around(-40, 0), days: fc.integer({ min: 0, max: 60 }) })
  .map(({ invitedOn, days }) => ({
    kind: 'regularisation' as const,
    invitedOn,
    deadline: addDays(invitedOn, days),
  }));

/** Plans, disputes and invitations, some of them decided or withdrawn. */
export const suspension: fc.Arbitrary<Suspension> = fc
  .record({
    id: fc.uuid(),
    about: fc.oneof(plan, dispute, invitation),
    ended: fc.option(around(-30, 0), { nil: undefined }),
    upheld: fc.boolean(),
  })
  .map(({ id, about, ended, upheld }): Suspension => {
    const begun = { ...about, id, recordedAt: RECORDED };
    const on = ended !== undefined && ended < startOf(begun) ? startOf(begun) : ended;
    if (on === undefined) return begun;
    const decision = about.kind === 'dispute' && { upheld };
    const kind = decision ? 'decision' : 'withdrawal';
    return { ...begun, ending: { kind, on, recordedAt: RECORDED, ...decision } };
  });

/** Evidence, and what each roster shows of it: counts that it may have, made from numbers that were drawn. */
const evidence = fc
  .record({
    id: fc.uuid(),
    kind: fc.constantFrom(...EVIDENCE_KINDS, 'inspection' as const, 'inspection' as const),
    observedOn: around(-500, 0),
    recordedAt: instant.filter(past),
    headcount: fc.option(fc.integer({ min: 0, max: 5 }), { nil: undefined }),
    wageBill: fc.option(fc.integer({ min: 0, max: 60_000_000 }), { nil: undefined }),
    lowestWage: fc.option(fc.integer({ min: 1, max: 9_000_000 }), { nil: undefined }),
    workersSeen: fc.option(fc.integer({ min: 1, max: 4 }), { nil: undefined }),
    drawn: fc.array(fc.nat(4), { minLength: 3, maxLength: 3 }),
  })
  .map(({ headcount, wageBill, lowestWage, workersSeen, drawn, ...rest }) => ({
    ...rest,
    agency: 'a',
    ...(headcount !== undefined && { headcount }),
    ...(wageBill !== undefined && { wageBill }),
    ...(lowestWage !== undefined && { lowestWage }),
    ...(workersSeen !== undefined && { workersSeen }),
    drawn,
  }));
type DrawnEvidence = Omit<RecordedEvidence, 'comparisons'> & { drawn: readonly number[] };
const pieces: fc.Arbitrary<DrawnEvidence[]> = fc
  .constantFrom(0, 4)
  .chain((maxLength) => fc.array(evidence, { maxLength }));

function compared({ drawn, ...rest }: DrawnEvidence, declarations: readonly Declaration[]): RecordedEvidence {
  const shown = ({ headcount, assessments }: Declaration, index: number): EvidenceComparison => {
    const some = (at: number, most: number) => Math.min(drawn[(at + index) % drawn.length]!, most);
    const missing = some(0, rest.workersSeen ?? 0);
    const atMost = rest.lowestWage === undefined ? (rest.workersSeen ?? 0) - missing : headcount;
    const underpaid = some(1, Math.min(headcount, atMost));
    return {
      headcount,
      wageBill: assessments[0]!.wageBase,
      missing,
      underpaid,
      hiddenWages: underpaid * 100_000,
    };
  };
  return { ...rest, comparisons: new Map(declarations.map((each, index) => [each.id, shown(each, index)])) };
}

/** A month declared in all four programmes, and paid within its time. */
function inOrder(months: number): { declaration: Declaration; payment: Payment } {
  const of = addPeriods(FIRST, months);
  const paidOn = onDay(addPeriods(of, 1), 10);
  const recordedAt = `${paidOn}T05:00:00.000Z`;
  const line = { wage: 4_000_000, programmes: 15, birthDate: '1990-01-01', citizenship: 'ID' };
  const declaration = { id: '', period: of, recordedAt, ...rosterSums(law, of, [line]) };
  const amount = billOf(declaration.assessments[0]!, 'III');
  return { declaration, payment: { id: '', amount, paidOn, recordedAt, period: of, penalty: false } };
}

/** Histories of one employer, with supersessions, gaps, over- and underpayments, reversals and flags. */
export const history: fc.Arbitrary<History> = fc
  .record({
    registered: fc.constantFrom(true, true, true, true, true, true, true, false),
    kind: fc.constantFrom('private', 'government' as const),
    scale: fc.constantFrom('micro', 'small', 'medium' as const),
    closedOn: fc.constantFrom(undefined, undefined, undefined, undefined, '2026-07-31', '2026-11-01'),
    declarations: fc.array(declaration, { maxLength: 14 }),
    payments: fc.array(payment, { maxLength: 20 }),
    flags: fc.array(flag, { maxLength: 2 }),
    suspensions: fc.array(suspension, { maxLength: 3 }),
    evidence: pieces,
    reversed: fc.array(fc.nat(19), { maxLength: 3 }),
    declaredInOrder: fc.constantFrom(0, 8, 10),
    paidInOrder: fc.constantFrom(0, 5, 8, 9),
  })
  .map(({ declaredInOrder, paidInOrder, ...drawn }) => {
    const months = Array.from({ length: declaredInOrder }, (_, index) => inOrder(index));
    const paid = months.slice(0, paidInOrder).map(({ payment: each }) => each);
    const declared = months.map(({ declaration: each }) => each);
    return {
      ...drawn,
      declarations: [...declared, ...drawn.declarations.slice(0, declaredInOrder ? 2 : 14)],
      payments: [...paid, ...drawn.payments.slice(0, declaredInOrder ? 4 : 20)],
    };
  })
  .map(({ declarations, ...drawn }) => ({
    ...drawn,
    declarations: declarations.map((each, index) => ({ ...each, id: `declaration-${index}` })),
  }))
  .map(({ registered, kind, scale, closedOn, declarations, payments, flags, suspensions, ...drawn }) => ({
    employerId: '019a0000-0000-7000-8000-000000000001',
    changes: [
      {
        recordedAt: '2026-01-10T05:00:00.000Z',
        attributes: {
          legalName: 'PT Acak',
          kind,
          scale,
          sector: 'general',
          jkkClass: 'III',
          jkkClassOrigin: 'bpjs_decision',
          regionCode: '34.01',
          ...(registered && { registeredOn: '2026-01-05' }),
          ...(closedOn && { closedOn }),
        },
      },
    ],
    declarations,
    payments: numbered(payments),
    reversals: [...new Set(drawn.reversed)].flatMap((index) => {
      const payment = numbered(payments)[index];
      return payment ? [{ paymentId: payment.id, recordedAt: `${TODAY}T05:00:00.000Z` }] : [];
    }),
    flags,
    suspensions,
    evidence: drawn.evidence.map((each) => compared(each, declarations)),
    sanctions: [],
    inspections: [],
    minimumWages: [MINIMUM],
  }));

function numbered<T extends { id: string }>(payments: readonly T[]): T[] {
  return payments.map((each, index) => ({ ...each, id: `payment-${index}` }));
}

/** All of a history. */
export function allFacts(from: History): Facts {
  return factsKnownAt(from, '9999')!;
}
