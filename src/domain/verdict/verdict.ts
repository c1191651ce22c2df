import type { Purpose, Service } from '#src/domain/check-policy.ts';
import type { Day, Period } from '#src/domain/civil.ts';
import type { Facts } from '#src/domain/facts.ts';
import { type FlagKind, flagState, inForceSince } from '#src/domain/flags.ts';
import { type Ledger, ledgerOf, openCharge, overdueMonths } from '#src/domain/ledger/ledger.ts';
import { add, type Rupiah } from '#src/domain/money.ts';
import type { Law } from '#src/domain/parameters.ts';
import type { ReasonCode } from '#src/domain/reason-codes.ts';
import { denialsOn } from '#src/domain/sanctions/requests.ts';
import type { Status } from '#src/domain/status.ts';
import { evidenceReasons } from './evidence-reasons.ts';
import { minimumWageReasons } from './minimum-wage-reasons.ts';
import {
  arrearsReasons,
  classReasons,
  closureReasons,
  latePaidReasons,
  programmeReasons,
  type Reason,
  registrationReasons,
  reviewReasons,
  type Severity,
  undeclaredReasons,
} from './reasons.ts';
import { refutations, type Suspended, suspend } from './suspended.ts';

/** A flag of an agency that is in force, or public services that a unit denies (`tmp2t`). */
export type Restriction = { by: string; since: Day; until?: Day; reference: string } & (
  | { kind: FlagKind; services?: never }
  | { kind: 'tmp2t'; services: Service[] }
);

export type Arrears = {
  /** Overdue months. */
  months: number;
  contributions: Rupiah;
  /** Late charges not paid yet, of overdue months and of months paid late. */
  lateCharge: Rupiah;
  total: Rupiah;
  oldestPeriod?: Period;
};

/** What holds on a day. */
export type Judgement = {
  status: Status;
  reasons: readonly Reason[];
  restrictions: Restriction[];
  arrears: Arrears;
};

/**
 * The judgement of a day from the facts that hold by then: domain model, section Verdict. For the purpose of a check
 * its own tolerance holds.
 */
export function judge(
  facts: Facts,
  law: Law,
  asOf: Day,
  { ledger = ledgerOf(facts, law, asOf), purpose }: { ledger?: Ledger; purpose?: Purpose | undefined } = {},
): Judgement {
  const restrictions = restrictionsOf(facts, asOf);
  const found = foundOn(facts, law, asOf, ledger, purpose);
  const suspended = suspend(found, facts, ledger, law);
  const reasons = [
    ...found,
    ...reviewReasons(restrictions, law),
    ...latePaidReasons(ledger, law),
    ...classReasons(facts, law, asOf),
    ...suspended.notes,
    ...closureReasons(facts, law, asOf),
  ];
  return { status: statusOf(reasons, ledger, suspended), reasons, restrictions, arrears: arrearsOf(ledger) };
}

/**
 * The breaches among the reasons of {@link judge}, all or those with one of the codes, before it is looked at what takes
 * their consequences away.
 */
export function breachesOn<Code extends ReasonCode = ReasonCode>(
  facts: Facts,
  law: Law,
  asOf: Day,
  {
    ledger = ledgerOf(facts, law, asOf),
    purpose,
    codes,
  }: { ledger?: Ledger; purpose?: Purpose | undefined; codes?: readonly Code[] | undefined } = {},
): (Reason & { code: Code })[] {
  const isAsked = (reason: Reason): reason is Reason & { code: Code } =>
    reason.severity === 'breach' && (codes?.some((code) => code === reason.code) ?? true);
  return foundOn(facts, law, asOf, ledger, purpose).filter(isAsked);
}

/** The reasons that can be breaches, or were refuted as such. */
function foundOn(facts: Facts, law: Law, asOf: Day, ledger: Ledger, purpose: Purpose | undefined): Reason[] {
  const refuted = refutations(facts, law, asOf);
  return [
    ...registrationReasons(facts, law, asOf),
    ...arrearsReasons(ledger, law, { refuted, purpose }),
    ...undeclaredReasons(ledger, law, refuted),
    ...programmeReasons(facts, law, asOf, refuted),
    ...evidenceReasons(facts, law, asOf, refuted),
    ...minimumWageReasons(facts, law, asOf, refuted),
  ];
}

/**
 * The order of the domain model: closed with nothing owed, not registered, breach (unless suspended), review,
 * warning, else compliant. Who is not registered and has no workers is not in scope, unless a breach holds
 * nevertheless: what fell due in earlier months.
 */
function statusOf(
  reasons: readonly Reason[],
  ledger: Ledger,
  { regularising, covered }: Pick<Suspended, 'regularising' | 'covered'>,
): Status {
  const given = (code: ReasonCode) => reasons.some((reason) => reason.code === code);
  const severe = (severity: Severity) => reasons.some((reason) => reason.severity === severity);
  if (given('CLOSED') && ledger.months.every((month) => month.outstanding === 0)) return 'not_in_scope';
  const registration = reasons.find(({ code }) => code === 'NOT_REGISTERED');
  if (registration?.severity === 'breach') return 'not_registered';
  if (severe('breach')) {
    if (regularising) return 'regularising';
    return covered ? 'compliant_with_conditions' : 'non_compliant';
  }
  if (registration) return 'not_in_scope';
  if (given('REVIEW_OPEN')) return 'under_review';
  if (severe('warning')) return 'compliant_with_conditions';
  return 'compliant';
}

function arrearsOf(ledger: Ledger): Arrears {
  const overdue = overdueMonths(ledger);
  const contributions = overdue.reduce((sum, month) => add(sum, month.outstanding), 0);
  const lateCharge = ledger.months.reduce((sum, month) => add(sum, openCharge(month)), 0);
  return {
    months: overdue.length,
    contributions,
    lateCharge,
    total: add(contributions, lateCharge),
    ...(overdue[0] && { oldestPeriod: overdue[0].period }),
  };
}

/** The flags in force on a day, and the services that are denied. */
export function restrictionsOf(facts: Pick<Facts, 'flags' | 'sanctions'>, asOf: Day): Restriction[] {
  const flags = facts.flags
    .filter((flag) => flagState(flag, asOf) === 'in_force')
    .map((flag) => ({
      kind: flag.kind,
      by: flag.agency,
      since: inForceSince(flag),
      ...(flag.endsOn && { until: flag.endsOn }),
      reference: flag.id,
    }));
  const denials = denialsOn(facts.sanctions, asOf).map(({ unit, since, sanctionId, services }) => {
    return { kind: 'tmp2t' as const, by: unit, since, reference: sanctionId, services: [...services] };
  });
  return [...flags, ...denials];
}
