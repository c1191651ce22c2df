import { apportion } from '#src/domain/apportion.ts';
import type { Day, Period } from '#src/domain/civil.ts';
import type { Facts } from '#src/domain/facts.ts';
import {
  isCharged,
  isOverdue,
  type LedgerMonth,
  ledgerOf,
  openCharge,
  sharesOfMonth,
} from '#src/domain/ledger/ledger.ts';
import { add, type Rupiah } from '#src/domain/money.ts';
import type { Law, Programme } from '#src/domain/parameters.ts';
import { type ReasonCode } from '#src/domain/reason-codes.ts';
import type { Contribution } from '#src/domain/rules/contributions.ts';
import { lateCharge } from '#src/domain/rules/late-charge.ts';
import { type Status } from '#src/domain/status.ts';
import { nextChargeDay } from './standing.ts';
import { type SupposedPayment, suppose } from './supposition.ts';
import { judge } from './verdict.ts';

/** What an employer must do, and pay on a day, to stand as well as it can. */
export type Remedy = {
  on: Day;
  statusNow: Status;
  items: RemedyItem[];
  /** The payments that settle the items, as they are to be stated. */
  payments: SupposedPayment[];
  /** What money does not mend. */
  other: ReasonCode[];
  total: Rupiah;
  /** Status once the items are paid, and nothing else is done. */
  statusOncePaid: Status;
  /** Late charge that each further month adds while the items stay unpaid. */
  chargePerFurtherMonth: Rupiah;
  /** First day on which the late charge of the items is higher, if they stay unpaid. */
  nextIncreaseOn: Day | undefined;
};

/** What one month still costs. */
export type RemedyItem = {
  period: Period;
  contributions: Rupiah;
  /** The contributions by programme: what is outstanding, in proportion to the bill (product decision). */
  programmes: Partial<Record<Programme, Rupiah>>;
  lateCharge: Rupiah;
};

/** Reasons that a payment does away with, and those that ask for nothing. */
const NOTHING_ELSE_TO_DO: readonly ReasonCode[] = [
  'ARREARS',
  'BELOW_TOLERANCE',
  'LATE_PAID',
  'PLAN',
  'DISPUTE',
  'REGULARISATION_OPEN',
  'CLOSED',
];

/** The remedy if it is paid on the day: overdue contributions and open late charges, as they are then. */
export function remedyOf(facts: Facts, law: Law, on: Day): Remedy {
  const ledger = ledgerOf(facts, law, on);
  const { status, reasons } = judge(facts, law, on, { ledger });
  // What was said to be shown, and is refuted, asks for nothing; several pieces of evidence ask once.
  const asking = reasons.filter(
    ({ severity, evidence, minimumWage }) => severity !== 'info' || !(evidence || minimumWage),
  );
  const asked = [...new Set(asking.map(({ code }) => code))];
  const open = ledger.months.filter((month) => isOverdue(month, on) || openCharge(month) > 0);
  const overdue = open.filter((month) => isOverdue(month, on));
  const items = open.map((month) => itemOf(facts, law, month, on));
  const payments = items.flatMap((item) => paymentsOf(item, on));
  const total = items.reduce((sum, item) => add(sum, add(item.contributions, item.lateCharge)), 0);
  return {
    on,
    statusNow: status,
    items,
    payments,
    other: asked.filter((code) => !NOTHING_ELSE_TO_DO.includes(code)),
    total,
    statusOncePaid: judge(suppose(facts, law, { payments }), law, on).status,
    chargePerFurtherMonth: overdue.reduce((sum, month) => add(sum, furtherCharge(facts, law, month)), 0),
    nextIncreaseOn: nextChargeDay(
      overdue.filter((month) => furtherCharge(facts, law, month) > 0),
      on,
    ),
  };
}

function itemOf(facts: Facts, law: Law, month: LedgerMonth, on: Day): RemedyItem {
  const contributions = isOverdue(month, on) ? month.outstanding : 0;
  const shares = contributions > 0 ? sharesOfMonth(facts, law, month) : {};
  const billed = Object.entries(shares) as [Programme, Contribution][];
  const parts = apportion(
    contributions,
    billed.map(([, { employer, worker }]) => add(employer, worker)),
  );
  const programmes = Object.fromEntries(billed.map(([programme], index) => [programme, parts[index]!]));
  return { period: month.period, contributions, programmes, lateCharge: openCharge(month) };
}

function paymentsOf({ period, contributions, lateCharge: charge }: RemedyItem, on: Day): SupposedPayment[] {
  return [
    ...(contributions > 0 ? [{ amount: contributions, paidOn: on, period }] : []),
    ...(charge > 0 ? [{ amount: charge, paidOn: on, penalty: true }] : []),
  ];
}

function furtherCharge(facts: Facts, law: Law, month: LedgerMonth): Rupiah {
  const parameters = law.at(month.period);
  return isCharged(facts, parameters) ? lateCharge(month.outstanding, 1, parameters.lateCharge.value) : 0;
}
