import type { Day } from '#src/domain/civil.ts';
import type { Facts } from '#src/domain/facts.ts';
import { ledgerOf, overdueMonths } from '#src/domain/ledger/ledger.ts';
import { add, type Rupiah } from '#src/domain/money.ts';
import type { Law } from '#src/domain/parameters.ts';
import { administrativeFine } from '#src/domain/rules/administrative-fine.ts';
import type { FinedMonth, Sanctionable } from '#src/domain/sanctions.ts';
import { breachesOn } from '#src/domain/verdict/verdict.ts';

/** A fine in rupiah, as the sum of the months that it is computed from, oldest first. */
export type Fine = { total: Rupiah; months: FinedMonth[] };

/** Codes whose months are owed in rupiah; the others cost nothing that is known. */
const OF_MONTHS: readonly Sanctionable[] = ['ARREARS', 'NOT_DECLARED'];

/**
 * The administrative fine of a procedure for these codes on a day (PP 86/2013: 0.1 % a month of the contribution due):
 * for each overdue month that is a breach by one of them, its outstanding contribution times the months late. It is 0
 * where nothing is outstanding, and never holds the charge for late payment.
 */
export function fineOf(codes: readonly Sanctionable[], facts: Facts, law: Law, on: Day): Fine {
  const ledger = ledgerOf(facts, law, on);
  const owed = codes.filter((code) => OF_MONTHS.includes(code));
  const breaches = breachesOn(facts, law, on, { ledger, codes: owed });
  const periods = new Set(breaches.flatMap((breach) => breach.periods ?? []));
  const { fine: rate } = law.sanctionTerms(on);
  const months = overdueMonths(ledger)
    .filter(({ period }) => periods.has(period))
    .map(({ period, outstanding, monthsLate }) => {
      const amount = administrativeFine(outstanding, monthsLate, rate.value);
      return { period, contribution: outstanding, months: monthsLate, amount };
    });
  return { total: months.reduce((sum, { amount }) => add(sum, amount), 0), months };
}
