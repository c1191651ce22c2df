import type { Day } from '#src/domain/civil.ts';
import type { Facts } from '#src/domain/facts.ts';
import { dayText, periodText, rupiahText } from '#src/domain/language.ts';
import type { Law } from '#src/domain/parameters.ts';
import { type ClaimedArrears, claimedArrears } from './arrears.ts';

/** Arrears month by month, as Indonesians read them. */
export type ArrearsView = {
  months: {
    period: string;
    dueOn: string;
    contributions: string;
    monthsLate: string;
    lateCharge: string;
    sum: string;
    presumed: boolean;
  }[];
  /** Whether there are presumed months among them. */
  somePresumed: boolean;
  contributions: string;
  lateCharge: string;
  total: string;
};

/** What is claimed of an employer on a day; undefined if nothing is. */
export function arrearsView(facts: Facts, law: Law, asOf: Day): ArrearsView | undefined {
  const arrears = claimedArrears(facts, law, asOf);
  return arrears.months.length === 0 ? undefined : arrearsText(arrears);
}

export function arrearsText({ months, contributions, lateCharge, total }: ClaimedArrears): ArrearsView {
  return {
    months: months.map((month) => ({
      period: periodText(month.period, 'id'),
      dueOn: dayText(month.dueOn, 'id'),
      contributions: rupiahText(month.contributions, 'id'),
      monthsLate: String(month.monthsLate),
      lateCharge: rupiahText(month.lateCharge, 'id'),
      sum: rupiahText(month.total, 'id'),
      presumed: month.presumed,
    })),
    somePresumed: months.some(({ presumed }) => presumed),
    contributions: rupiahText(contributions, 'id'),
    lateCharge: rupiahText(lateCharge, 'id'),
    total: rupiahText(total, 'id'),
  };
}
