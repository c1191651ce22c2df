import { type Day, monthsAfter, type Period } from '#src/domain/civil.ts';
import type { Facts } from '#src/domain/facts.ts';
import { add, type Ppm, type Rupiah } from '#src/domain/money.ts';
import type { Law, PeriodParameters } from '#src/domain/parameters.ts';
import { lateCharge } from '#src/domain/rules/late-charge.ts';
import { isRelievedIn } from './labour-intensive.ts';
import { type LedgerMonth, type OpenMonth, trackedMonths } from './ledger-months.ts';
import { applyContributions, applyPenalties } from './ledger-payments.ts';

export { firstTracked, type LedgerMonth, type Part, sharesOfMonth } from './ledger-months.ts';

export type Ledger = {
  asOf: Day;
  months: readonly LedgerMonth[];
  /** Contributions paid that no month has taken yet. */
  credit: Rupiah;
  /** Penalty payments that no late charge has taken yet. */
  penaltyCredit: Rupiah;
  /** Tracked months whose due day has passed without a declaration. */
  undeclared: Period[];
  /** Those of them that are owed, but that no amount can be given for: a value of law is not published. */
  unassessed: Period[];
};

/**
 * What was due, paid and late by the end of `asOf`, from the facts that hold by then.
 *
 * Due: PP 44/2015, PP 45/2015, PP 46/2015, with the reliefs of PP 49/2020 and PP 7/2025; late charge: PP 44/2015 art.
 * 22. Order of payments and presumed months are product decisions (see the law data).
 */
export function ledgerOf(facts: Facts, law: Law, asOf: Day): Ledger {
  const { months, undeclared, unassessed } = trackedMonths(facts, law, asOf, isRelievedIn(facts, law, asOf));
  const credit = applyContributions(months, facts.payments, asOf);
  for (const month of months) settleMonth(month, isCharged(facts, law.at(month.period)), asOf);
  const penaltyCredit = applyPenalties(months, facts.payments, asOf);
  return { asOf, months, credit, penaltyCredit, undeclared, unassessed };
}

/** Months late in a row on which the same contribution was outstanding, and the late charge of all of them. */
export type LateStretch = { months: number; outstanding: Rupiah; charge: Rupiah };

/** How late a month was paid, or has not been by `asOf`: a part of a month counts as a month. */
export function lateStretches(
  { dueOn, due, parts }: Pick<LedgerMonth, 'dueOn' | 'due' | 'parts'>,
  rate: Ppm,
  asOf: Day,
): LateStretch[] {
  const stretches: LateStretch[] = [];
  let outstanding = due;
  let late = 0;
  const extend = (until: Day) => {
    const months = monthsAfter(dueOn, until) - late;
    if (outstanding === 0 || months <= 0) return;
    late += months;
    stretches.push({ months, outstanding, charge: lateCharge(outstanding, months, rate) });
  };
  for (const { on, amount } of parts) {
    extend(on);
    outstanding -= amount;
  }
  extend(asOf);
  return stretches;
}

/** Each month late is charged on what was outstanding at its start. */
function settleMonth(month: OpenMonth, charged: boolean, asOf: Day): void {
  // Most months are paid in time, or not yet due.
  const settledOn = month.outstanding === 0 ? (month.paidInFullOn ?? month.dueOn) : asOf;
  if (settledOn <= month.dueOn) return;
  for (const { months, charge } of lateStretches(month, month.rate, asOf)) {
    month.monthsLate += months;
    if (charged) month.lateCharge = add(month.lateCharge, charge);
  }
}

/** Whether the employer pays late charges for the month of the parameters. */
export function isCharged(facts: Facts, { governmentCharged }: PeriodParameters): boolean {
  return governmentCharged.value || facts.employer.kind !== 'government';
}

/** Late charge of the month that nobody has paid. */
export function openCharge(month: LedgerMonth): Rupiah {
  return month.lateCharge - month.lateChargePaid;
}

/** Months with contribution outstanding after their due day, oldest first. */
export function overdueMonths(ledger: Ledger): LedgerMonth[] {
  return ledger.months.filter((month) => isOverdue(month, ledger.asOf));
}

/** Whether contribution is outstanding after the due day. */
export function isOverdue(month: LedgerMonth, asOf: Day): boolean {
  return month.outstanding > 0 && month.dueOn < asOf;
}
