import type { Day, Period } from '#src/domain/civil.ts';
import type { Facts } from '#src/domain/facts.ts';
import { isOverdue, ledgerOf, openCharge } from '#src/domain/ledger/ledger.ts';
import { add, type Rupiah } from '#src/domain/money.ts';
import type { Law } from '#src/domain/parameters.ts';
import { refutations } from '#src/domain/verdict/suspended.ts';

/** What one month still costs: its overdue contribution and the late charge on it that nobody has paid. */
export type OwedMonth = {
  period: Period;
  dueOn: Day;
  contributions: Rupiah;
  monthsLate: number;
  lateCharge: Rupiah;
  total: Rupiah;
  /** Nobody declared it: it is taken to cost what the last roster gives. */
  presumed: boolean;
};

/** What is claimed of an employer, oldest month first, with sums. */
export type ClaimedArrears = {
  months: OwedMonth[];
  contributions: Rupiah;
  lateCharge: Rupiah;
  total: Rupiah;
};

/**
 * Overdue contributions and open late charges on a day, month by month as the ledger has them. Months about which a
 * dispute was decided for the employer are not claimed.
 */
export function claimedArrears(facts: Facts, law: Law, asOf: Day): ClaimedArrears {
  const refuted = refutations(facts, law, asOf);
  const months = ledgerOf(facts, law, asOf)
    .months.filter((month) => isOverdue(month, asOf) || openCharge(month) > 0)
    .filter(({ period }) => !refuted('ARREARS', period))
    .map((month): OwedMonth => {
      const contributions = isOverdue(month, asOf) ? month.outstanding : 0;
      const lateCharge = openCharge(month);
      const { period, dueOn, monthsLate, presumed } = month;
      return {
        period,
        dueOn,
        contributions,
        monthsLate,
        lateCharge,
        total: add(contributions, lateCharge),
        presumed,
      };
    });
  const sum = (key: 'contributions' | 'lateCharge' | 'total') =>
    months.reduce((amount, month) => add(amount, month[key]), 0);
  return {
    months,
    contributions: sum('contributions'),
    lateCharge: sum('lateCharge'),
    total: sum('total'),
  };
}
