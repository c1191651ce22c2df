import { addDays, type Day, latest, onDay, type Period, periodOf } from './civil.ts';
import { classFor } from './class-on-file.ts';
import type { Facts } from './facts.ts';
import { type FlagKind, flagState, inForceSince } from './flags.ts';
import { isOverdue, type Ledger, ledgerOf, openCharge } from './ledger.ts';
import { add, type Rupiah } from './money.ts';
import { programmesLacking } from './obligations.ts';
import type { Law, Programme } from './parameters.ts';

export const STATUSES = [
  'compliant',
  'compliant_with_conditions',
  'regularising',
  'under_review',
  'non_compliant',
  'not_registered',
  'not_in_scope',
  'not_determinable',
] as const;
export type Status = (typeof STATUSES)[number];

export const REASON_CODES = [
  'NOT_REGISTERED',
  'ARREARS',
  'NOT_DECLARED',
  'PARTIAL_PROGRAMMES',
  'PARTIAL_WORKERS',
  'PARTIAL_WAGES',
  'REVIEW_OPEN',
  'LATE_PAID',
  'CLASS_UNCONFIRMED',
  'BELOW_TOLERANCE',
  'PLAN',
  'DISPUTE',
  'REGULARISATION_OPEN',
  'STALE_DATA',
  'CLOSED',
] as const;
export type ReasonCode = (typeof REASON_CODES)[number];

export type Severity = 'info' | 'warning' | 'breach';

/** Why a status is what it is. The sentence for people is made from it in `reason-text.ts`. */
export type Reason = {
  code: ReasonCode;
  severity: Severity;
  since: Day;
  periods?: Period[];
  amount?: Rupiah;
  workers?: number;
  programmes?: Programme[];
  article: string;
};

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
    ...arrearsReasons(ledger, arrears, law, asOf),
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
  const overdue = ledger.months.filter((month) => isOverdue(month, ledger.asOf));
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

function arrearsReasons(ledger: Ledger, arrears: Arrears, law: Law, asOf: Day): Reason[] {
  const overdue = ledger.months.filter((month) => isOverdue(month, asOf));
  if (!overdue[0]) return [];
  const tolerated = arrears.contributions <= law.arrearsTolerance.value;
  const code = tolerated ? 'BELOW_TOLERANCE' : 'ARREARS';
  return [
    {
      code,
      severity: tolerated ? 'info' : 'breach',
      since: addDays(overdue[0].dueOn, 1),
      periods: overdue.map((month) => month.period),
      amount: arrears.contributions,
      article: law.reasons[code].article,
    },
  ];
}

function undeclaredReasons(ledger: Ledger, law: Law): Reason[] {
  const first = ledger.undeclared[0];
  if (first === undefined) return [];
  return [
    {
      code: 'NOT_DECLARED',
      severity: 'breach',
      since: addDays(law.at(first).dueOn, 1),
      periods: ledger.undeclared,
      article: law.reasons.NOT_DECLARED.article,
    },
  ];
}

function programmeReasons(facts: Facts, law: Law, asOf: Day): Reason[] {
  const newest = facts.declarations.findLast((declaration) => declaration.period <= periodOf(asOf));
  if (!newest) return [];
  const { workers, programmes } = programmesLacking(law.at(newest.period), facts.employer, newest.coverage);
  if (workers === 0) return [];
  return [
    {
      code: 'PARTIAL_PROGRAMMES',
      severity: 'breach',
      since: onDay(newest.period, 1),
      periods: [newest.period],
      workers,
      programmes,
      article: law.reasons.PARTIAL_PROGRAMMES.article,
    },
  ];
}

function reviewReasons(restrictions: readonly Restriction[], law: Law): Reason[] {
  const reviews = restrictions
    .filter((restriction) => restriction.kind === 'review')
    .map(({ since }) => since);
  const first = reviews.sort()[0];
  if (first === undefined) return [];
  return [
    { code: 'REVIEW_OPEN', severity: 'warning', since: first, article: law.reasons.REVIEW_OPEN.article },
  ];
}

function latePaidReasons(ledger: Ledger, law: Law): Reason[] {
  const late = ledger.months.filter((month) => month.outstanding === 0 && openCharge(month) > 0);
  if (!late[0]) return [];
  return [
    {
      code: 'LATE_PAID',
      severity: 'warning',
      since: addDays(late[0].dueOn, 1),
      periods: late.map((month) => month.period),
      amount: late.reduce((sum, month) => add(sum, openCharge(month)), 0),
      article: law.reasons.LATE_PAID.article,
    },
  ];
}

/** A class that BPJS has not decided is a warning from class III on, where a wrong one costs workers' cover. */
function classReasons(facts: Facts, law: Law, asOf: Day): Reason[] {
  const { registeredOn } = facts.employer;
  if (registeredOn === undefined) return [];
  const { jkkClass, origin } = classFor(facts, law, periodOf(asOf));
  if (origin === 'bpjs_decision') return [];
  return [
    {
      code: 'CLASS_UNCONFIRMED',
      severity: jkkClass === 'I' || jkkClass === 'II' ? 'info' : 'warning',
      since: latest(registeredOn, facts.enteredOn),
      article: law.reasons.CLASS_UNCONFIRMED.article,
    },
  ];
}
