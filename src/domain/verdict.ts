import type { Day, Period } from './civil.ts';
import type { Facts } from './facts.ts';
import { type FlagKind, flagState, inForceSince } from './flags.ts';
import { type Ledger, ledgerOf, openCharge, overdueMonths } from './ledger.ts';
import { add, type Rupiah } from './money.ts';
import type { Law } from './parameters.ts';
import type { ReasonCode } from './reason-codes.ts';
import {
  arrearsReasons,
  classReasons,
  latePaidReasons,
  programmeReasons,
  type Reason,
  reviewReasons,
  undeclaredReasons,
} from './reasons.ts';
import type { Status } from './status.ts';

/** A flag of an agency that is in force. */
export type Restriction = { kind: FlagKind; by: string; since: Day; until?: Day; reference: string };

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

/** The judgement of a day from the facts that hold by then: domain model, section Verdict. */
export function judge(
  facts: Facts,
  law: Law,
  asOf: Day,
  ledger: Ledger = ledgerOf(facts, law, asOf),
): Judgement {
  const arrears = arrearsOf(ledger);
  const restrictions = restrictionsOf(facts, asOf);
  const judged = (status: Status, reasons: Reason[]): Judgement => ({
    status,
    reasons,
    restrictions,
    arrears,
  });
  const basis = (code: ReasonCode) => law.reasons[code].article;
  const { registeredOn, closedOn } = facts.employer;

  const closed: Reason[] =
    closedOn !== undefined && closedOn <= asOf
      ? [{ code: 'CLOSED', severity: 'info', since: closedOn, article: basis('CLOSED') }]
      : [];
  if (closed.length > 0 && ledger.months.every((month) => month.outstanding === 0)) {
    return judged('not_in_scope', closed);
  }
  const registered = registeredOn !== undefined && registeredOn <= asOf;
  const reasons: Reason[] = [];
  if (!registered) {
    reasons.push({
      code: 'NOT_REGISTERED',
      severity: 'breach',
      since: facts.enteredOn,
      article: basis('NOT_REGISTERED'),
    });
  }
  reasons.push(
    ...arrearsReasons(ledger, law),
    ...undeclaredReasons(ledger, law),
    ...programmeReasons(facts, law, asOf),
    ...reviewReasons(restrictions, law),
    ...latePaidReasons(ledger, law),
    ...classReasons(facts, law, asOf),
    ...closed,
  );
  return judged(statusOf(registered, reasons), reasons);
}

/** The order of the domain model: not registered, breach, review, warning, else compliant. */
function statusOf(registered: boolean, reasons: readonly Reason[]): Status {
  if (!registered) return 'not_registered';
  if (reasons.some((reason) => reason.severity === 'breach')) return 'non_compliant';
  if (reasons.some((reason) => reason.code === 'REVIEW_OPEN')) return 'under_review';
  if (reasons.some((reason) => reason.severity === 'warning')) return 'compliant_with_conditions';
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

/** The flags in force on a day. */
export function restrictionsOf(facts: Pick<Facts, 'flags'>, asOf: Day): Restriction[] {
  return facts.flags
    .filter((flag) => flagState(flag, asOf) === 'in_force')
    .map((flag) => ({
      kind: flag.kind,
      by: flag.agency,
      since: inForceSince(flag),
      ...(flag.endsOn && { until: flag.endsOn }),
      reference: flag.id,
    }));
}
