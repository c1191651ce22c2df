import type { Day, Period } from './civil.ts';
import type { Facts, Payment } from './facts.ts';
import { lateCharge } from './late-charge.ts';
import { isCharged, isOverdue, type LedgerMonth, ledgerOf, openCharge } from './ledger.ts';
import { add, type Rupiah } from './money.ts';
import type { Law } from './parameters.ts';
import { type ReasonCode } from './reason-codes.ts';
import { nextChargeDay } from './standing.ts';
import { type Status } from './status.ts';
import { judge } from './verdict.ts';

/** What an employer must do, and pay on a day, to stand as well as it can. */
export type Remedy = {
  on: Day;
  statusNow: Status;
  items: { period: Period; contributions: Rupiah; lateCharge: Rupiah }[];
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

/** A payment that nobody has made. */
export type SupposedPayment = {
  amount: Rupiah;
  paidOn: Day;
  period?: Period | undefined;
  penalty?: boolean | undefined;
};

/** Reasons that a payment does away with. */
const MENDED_BY_MONEY: readonly ReasonCode[] = ['ARREARS', 'BELOW_TOLERANCE', 'LATE_PAID', 'CLOSED'];

/** The remedy if it is paid on the day: overdue contributions and open late charges, as they are then. */
export function remedyOf(facts: Facts, law: Law, on: Day): Remedy {
  const ledger = ledgerOf(facts, law, on);
  const { status, reasons } = judge(facts, law, on, { ledger });
  const open = ledger.months.filter((month) => isOverdue(month, on) || openCharge(month) > 0);
  const overdue = open.filter((month) => isOverdue(month, on));
  const items = open.map((month) => ({
    period: month.period,
    contributions: isOverdue(month, on) ? month.outstanding : 0,
    lateCharge: openCharge(month),
  }));
  const total = items.reduce((sum, item) => add(sum, add(item.contributions, item.lateCharge)), 0);
  return {
    on,
    statusNow: status,
    items,
    other: reasons.map(({ code }) => code).filter((code) => !MENDED_BY_MONEY.includes(code)),
    total,
    statusOncePaid: judge(suppose(facts, payments(open, on)), law, on).status,
    chargePerFurtherMonth: overdue.reduce((sum, month) => add(sum, furtherCharge(facts, law, month)), 0),
    nextIncreaseOn: nextChargeDay(
      overdue.filter((month) => furtherCharge(facts, law, month) > 0),
      on,
    ),
  };
}

/** The facts as they would be with these payments; nothing is stored. */
export function suppose(facts: Facts, supposed: readonly SupposedPayment[]): Facts {
  const added = supposed.map(
    ({ amount, paidOn, period, penalty }, index): Payment => ({
      id: `00000000-0000-7000-8000-${String(index).padStart(12, '0')}`,
      amount,
      paidOn,
      recordedAt: '9999',
      penalty: penalty ?? false,
      ...(period && { period }),
    }),
  );
  const inOrder = [...facts.payments, ...added].sort((a, b) =>
    a.paidOn < b.paidOn ? -1 : a.paidOn > b.paidOn ? 1 : 0,
  );
  return { ...facts, payments: inOrder };
}

function payments(open: readonly LedgerMonth[], on: Day): SupposedPayment[] {
  return open.flatMap((month) => [
    ...(isOverdue(month, on) ? [{ amount: month.outstanding, paidOn: on, period: month.period }] : []),
    ...(openCharge(month) > 0 ? [{ amount: openCharge(month), paidOn: on, penalty: true }] : []),
  ]);
}

function furtherCharge(facts: Facts, law: Law, month: LedgerMonth): Rupiah {
  const parameters = law.at(month.period);
  return isCharged(facts, parameters) ? lateCharge(month.outstanding, 1, parameters.lateCharge.value) : 0;
}
