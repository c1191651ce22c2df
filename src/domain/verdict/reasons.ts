import type { Purpose } from '#src/domain/check-policy.ts';
import {
  addDays,
  type Day,
  earliest,
  type Instant,
  onDay,
  type Period,
  periodOf,
} from '#src/domain/civil.ts';
import { countsThrough, type EvidenceKind, withoutWorkers } from '#src/domain/evidence.ts';
import type { Facts } from '#src/domain/facts.ts';
import { classFor } from '#src/domain/ledger/class-on-file.ts';
import { type Ledger, type LedgerMonth, openCharge, overdueMonths } from '#src/domain/ledger/ledger.ts';
import { add, type Rupiah } from '#src/domain/money.ts';
import type { Law, Programme } from '#src/domain/parameters.ts';
import type { ReasonCode } from '#src/domain/reason-codes.ts';
import type { MinimumWage } from '#src/domain/rules/minimum-wage.ts';
import { programmesLacking } from '#src/domain/rules/obligations.ts';
import type { DisputeState, PlanState } from '#src/domain/suspensions.ts';

/** From the lightest to the gravest. */
export const SEVERITIES = ['info', 'warning', 'breach'] as const;
export type Severity = (typeof SEVERITIES)[number];

/** Why a status is what it is. The sentence for people is made from it in `reason-text.ts`. */
export type Reason = {
  code: ReasonCode;
  severity: Severity;
  since: Day;
  periods?: Period[];
  amount?: Rupiah;
  workers?: number;
  programmes?: Programme[];
  /**
   * Last day of an invitation, last day on which evidence counts, or day of a plan's next instalment; `amount` is then
   * what is to be paid by it.
   */
  until?: Day;
  /** How a plan or a dispute stands. */
  state?: PlanState | DisputeState | 'suspensive';
  article: string;
  /** The minimum wage that workers are declared below. */
  minimumWage?: Pick<MinimumWage, 'regionCode' | 'regionName' | 'year' | 'monthly'>;
  /** What kind of evidence shows it. */
  evidence?: EvidenceKind;
  /** Id of the plan, dispute, invitation or evidence. */
  reference?: string;
};

/**
 * Whether a dispute about a breach in a month was decided for the employer. Of what evidence shows, `recordedAt` is the
 * evidence's: a decision speaks of what there was when it was made, and later evidence stands.
 */
export type Refuted = (code: ReasonCode, period: Period, recordedAt?: Instant) => boolean;

/** Overdue contributions: those that are claimed, and as an info those that were refuted. */
export function arrearsReasons(
  ledger: Ledger,
  law: Law,
  { refuted, purpose }: { refuted: Refuted; purpose?: Purpose | undefined },
): Reason[] {
  const overdue = overdueMonths(ledger);
  if (overdue.length === 0) return [];
  const contested = overdue.filter(({ period }) => refuted('ARREARS', period));
  const claimed = overdue.filter(({ period }) => !refuted('ARREARS', period));
  const { value: tolerance } = law.arrearsTolerance(ledger.asOf, purpose);
  return [
    ...arrearsReason(claimed, law, (sum) => (sum <= tolerance ? 'BELOW_TOLERANCE' : 'ARREARS')),
    ...arrearsReason(contested, law, () => 'ARREARS').map(
      (reason): Reason => ({ ...reason, severity: 'info' }),
    ),
  ];
}

function arrearsReason(
  overdue: readonly LedgerMonth[],
  law: Law,
  codeOf: (sum: Rupiah) => 'ARREARS' | 'BELOW_TOLERANCE',
): Reason[] {
  if (!overdue[0]) return [];
  const contributions = overdue.reduce((sum, month) => add(sum, month.outstanding), 0);
  const code = codeOf(contributions);
  return [
    {
      code,
      severity: code === 'ARREARS' ? 'breach' : 'info',
      since: addDays(overdue[0].dueOn, 1),
      periods: overdue.map((month) => month.period),
      amount: contributions,
      article: law.reasons[code].article,
    },
  ];
}

/** Months not declared in time: those that are claimed, and as an info those that were refuted. */
export function undeclaredReasons(ledger: Ledger, law: Law, refuted: Refuted): Reason[] {
  if (ledger.undeclared.length === 0) return [];
  const reason = (periods: Period[], severity: Severity): Reason[] =>
    periods[0] === undefined
      ? []
      : [
          {
            code: 'NOT_DECLARED',
            severity,
            since: addDays(law.at(periods[0]).dueOn, 1),
            periods,
            article: law.reasons.NOT_DECLARED.article,
          },
        ];
  const isRefuted = (period: Period) => refuted('NOT_DECLARED', period);
  return [
    ...reason(
      ledger.undeclared.filter((period) => !isRefuted(period)),
      'breach',
    ),
    ...reason(ledger.undeclared.filter(isRefuted), 'info'),
  ];
}

export function programmeReasons(facts: Facts, law: Law, asOf: Day, refuted: Refuted): Reason[] {
  const newest = facts.declarations.findLast((declaration) => declaration.period <= periodOf(asOf));
  if (!newest) return [];
  const { workers, programmes } = programmesLacking(law.at(newest.period), facts.employer, newest.coverage);
  if (workers === 0) return [];
  return [
    {
      code: 'PARTIAL_PROGRAMMES',
      severity: refuted('PARTIAL_PROGRAMMES', newest.period) ? 'info' : 'breach',
      since: onDay(newest.period, 1),
      periods: [newest.period],
      workers,
      programmes,
      article: law.reasons.PARTIAL_PROGRAMMES.article,
    },
  ];
}

export function reviewReasons(restrictions: readonly { kind: string; since: Day }[], law: Law): Reason[] {
  const reviews = restrictions
    .filter((restriction) => restriction.kind === 'review')
    .map(({ since }) => since);
  const first = reviews.sort()[0];
  if (first === undefined) return [];
  return [
    { code: 'REVIEW_OPEN', severity: 'warning', since: first, article: law.reasons.REVIEW_OPEN.article },
  ];
}

export function latePaidReasons(ledger: Ledger, law: Law): Reason[] {
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
export function classReasons(facts: Facts, law: Law, asOf: Day): Reason[] {
  const { registeredOn } = facts.employer;
  if (registeredOn === undefined && facts.trackedFrom === undefined) return [];
  const { jkkClass, origin } = classFor(facts, law, periodOf(asOf));
  if (origin === 'bpjs_decision') return [];
  return [
    {
      code: 'CLASS_UNCONFIRMED',
      severity: jkkClass === 'I' || jkkClass === 'II' ? 'info' : 'warning',
      since: earliest(registeredOn ?? asOf, knownSince(facts, asOf)),
      article: law.reasons.CLASS_UNCONFIRMED.article,
    },
  ];
}

/** A breach, unless evidence says that there is nobody to register. */
export function registrationReasons(facts: Facts, law: Law, asOf: Day): Reason[] {
  const { registeredOn } = facts.employer;
  if (registeredOn !== undefined && registeredOn <= asOf) return [];
  const { article } = law.reasons.NOT_REGISTERED;
  const reason: Reason = {
    code: 'NOT_REGISTERED',
    severity: 'breach',
    since: knownSince(facts, asOf),
    article,
  };
  const nobody = withoutWorkers(facts.evidence, law, asOf);
  if (!nobody) return [reason];
  return [
    {
      ...reason,
      severity: 'info',
      since: nobody.observedOn,
      workers: 0,
      until: countsThrough(nobody, law),
      evidence: nobody.kind,
      reference: nobody.id,
    },
  ];
}

export function closureReasons(facts: Facts, law: Law, asOf: Day): Reason[] {
  const { closedOn } = facts.employer;
  if (closedOn === undefined || closedOn > asOf) return [];
  return [{ code: 'CLOSED', severity: 'info', since: closedOn, article: law.reasons.CLOSED.article }];
}

/** First day on which the employer is known to have been there: its first declared month, or its entry into Patuh. */
function knownSince(facts: Facts, asOf: Day): Day {
  const declared = facts.trackedFrom === undefined ? asOf : onDay(facts.trackedFrom, 1);
  return earliest(asOf, earliest(facts.enteredOn, declared));
}
