import { addPeriods, type Day, monthsAfter, type Period, periodOf } from './civil.ts';
import { classFor } from './class-on-file.ts';
import type { Declaration, Facts, Payment } from './facts.ts';
import { lateCharge } from './late-charge.ts';
import { add, type Ppm, type Rupiah } from './money.ts';
import type { Law, PeriodParameters } from './parameters.ts';
import { billOf } from './roster.ts';

/** Money that was applied to a month, by the day on which it was paid. */
export type Part = { paymentId: string; on: Day; amount: Rupiah };

export type LedgerMonth = {
  period: Period;
  dueOn: Day;
  due: Rupiah;
  paid: Rupiah;
  outstanding: Rupiah;
  /** Day of the payment that settled the contribution; absent while anything is outstanding or nothing was due. */
  paidInFullOn?: Day;
  /** Months late until paid in full, or so far. */
  monthsLate: number;
  /** Late charge that has arisen, paid or not. */
  lateCharge: Rupiah;
  /** What penalty payments have covered of it. */
  lateChargePaid: Rupiah;
  /** No declaration: the amount is what the last roster before it gives. */
  presumed: boolean;
  /** The due day rests on a year whose holiday decree is not entered. */
  calendarProvisional: boolean;
  declarationId: string;
  parts: readonly Part[];
  /** Penalty payments that cover the late charge. */
  penaltyParts: readonly Part[];
};

export type Ledger = {
  asOf: Day;
  months: readonly LedgerMonth[];
  /** Contributions paid that no month has taken yet. */
  credit: Rupiah;
  /** Penalty payments that no late charge has taken yet. */
  penaltyCredit: Rupiah;
  /** Tracked months whose due day has passed without a declaration. */
  undeclared: Period[];
};

type OpenMonth = LedgerMonth & { parts: Part[]; penaltyParts: Part[]; rate: Ppm };

/**
 * What was due, paid and late by the end of `asOf`, from the facts that hold by then.
 *
 * Due: PP 44/2015, PP 45/2015, PP 46/2015; late charge: PP 44/2015 art. 22. Order of payments and presumed months
 * are product decisions (see the law data).
 */
export function ledgerOf(facts: Facts, law: Law, asOf: Day): Ledger {
  const { months, undeclared } = trackedMonths(facts, law, asOf);
  const payments = facts.payments.filter((payment) => payment.paidOn <= asOf);
  const credit = applyContributions(
    months,
    payments.filter((payment) => !payment.penalty),
  );
  for (const month of months) settleMonth(month, isCharged(facts, law.at(month.period)), asOf);
  const penaltyCredit = applyPenalties(
    months,
    payments.filter((payment) => payment.penalty),
  );
  return { asOf, months, credit, penaltyCredit, undeclared };
}

/** Months that are declared, or owed without a declaration, oldest first. */
function trackedMonths(facts: Facts, law: Law, asOf: Day): { months: OpenMonth[]; undeclared: Period[] } {
  const months: OpenMonth[] = [];
  const undeclared: Period[] = [];
  const first = firstTracked(facts);
  if (first === undefined) return { months, undeclared };

  const { registeredOn, closedOn } = facts.employer;
  const registered = registeredOn !== undefined && registeredOn <= asOf;
  const last = periodOf(asOf);
  const lastOwed = closedOn !== undefined && closedOn <= asOf ? periodOf(closedOn) : last;

  const declarations = facts.declarations;
  let next = 0;
  let roster: Declaration | undefined;
  while (next < declarations.length && declarations[next]!.period < first) roster = declarations[next++];
  for (let period = first; period <= last; period = addPeriods(period, 1)) {
    const declared = declarations[next]?.period === period ? declarations[next++] : undefined;
    if (declared) {
      roster = declared;
      months.push(openMonth(facts, law, period, declared, false));
    } else if (registered && period <= lastOwed && law.at(period).dueOn < asOf) {
      undeclared.push(period);
      if (roster && assessable(law, period, roster)) months.push(openMonth(facts, law, period, roster, true));
    }
  }
  return { months, undeclared };
}

/** The first month that a declaration is expected for; undefined where none ever is. */
export function firstTracked(facts: Facts): Period | undefined {
  if (facts.settledThrough !== undefined) return addPeriods(facts.settledThrough, 1);
  if (facts.trackedFrom !== undefined) return facts.trackedFrom;
  const { registeredOn } = facts.employer;
  if (registeredOn === undefined) return undefined;
  return periodOf(registeredOn > facts.enteredOn ? registeredOn : facts.enteredOn);
}

/** Beyond the last published JP ceiling nothing is presumed: no value of law is invented. */
function assessable(law: Law, period: Period, roster: Declaration): boolean {
  return law.at(period).jpCeiling !== undefined || roster.assessments[0]!.others.JP === undefined;
}

function openMonth(
  facts: Facts,
  law: Law,
  period: Period,
  roster: Declaration,
  presumed: boolean,
): OpenMonth {
  const parameters = law.at(period);
  const assessment = roster.assessments.findLast(({ from }) => from <= period) ?? roster.assessments[0]!;
  const due = billOf(assessment, classFor(facts, law, period).jkkClass);
  return {
    period,
    dueOn: parameters.dueOn,
    due,
    paid: 0,
    outstanding: due,
    monthsLate: 0,
    lateCharge: 0,
    lateChargePaid: 0,
    presumed,
    calendarProvisional: parameters.calendarProvisional,
    declarationId: roster.id,
    parts: [],
    penaltyParts: [],
    rate: parameters.lateCharge.value,
  };
}

/** First to the stated month, the rest to the oldest unpaid one; returns what is left over. */
function applyContributions(months: OpenMonth[], payments: readonly Payment[]): Rupiah {
  const byPeriod = new Map(months.map((month) => [month.period, month]));
  let oldest = 0;
  let credit = 0;
  for (const payment of payments) {
    const stated = payment.period === undefined ? undefined : byPeriod.get(payment.period);
    let left = stated ? pay(stated, payment, payment.amount) : payment.amount;
    while (left > 0 && oldest < months.length) {
      const month = months[oldest]!;
      left = pay(month, payment, left);
      if (month.outstanding === 0) oldest += 1;
    }
    credit = add(credit, left);
  }
  return credit;
}

function pay(month: OpenMonth, payment: Payment, amount: Rupiah): Rupiah {
  const taken = Math.min(amount, month.outstanding);
  if (taken > 0) {
    month.parts.push({ paymentId: payment.id, on: payment.paidOn, amount: taken });
    month.paid += taken;
    month.outstanding -= taken;
    if (month.outstanding === 0) month.paidInFullOn = payment.paidOn;
  }
  return amount - taken;
}

/** Each month late is charged on what was outstanding at its start; a part of a month counts as a month. */
function settleMonth(month: OpenMonth, charged: boolean, asOf: Day): void {
  let outstanding = month.due;
  const charge = (until: Day) => {
    const months = monthsAfter(month.dueOn, until) - month.monthsLate;
    if (outstanding === 0 || months <= 0) return;
    month.monthsLate += months;
    if (charged) month.lateCharge = add(month.lateCharge, lateCharge(outstanding, months, month.rate));
  };
  for (const { on, amount } of month.parts) {
    charge(on);
    outstanding -= amount;
  }
  charge(asOf);
}

function applyPenalties(months: OpenMonth[], payments: readonly Payment[]): Rupiah {
  let oldest = 0;
  let credit = 0;
  for (const payment of payments) {
    let left = payment.amount;
    for (; left > 0 && oldest < months.length; oldest += 1) {
      const month = months[oldest]!;
      const taken = Math.min(left, month.lateCharge - month.lateChargePaid);
      if (taken > 0) {
        month.lateChargePaid += taken;
        month.penaltyParts.push({ paymentId: payment.id, on: payment.paidOn, amount: taken });
        left -= taken;
      }
      if (month.lateChargePaid < month.lateCharge) break;
    }
    credit = add(credit, left);
  }
  return credit;
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
