import { type Ppm, type Rupiah, shareOfMonths } from '#src/domain/money.ts';

/**
 * Administrative fine for who fails to register or to give true data (0.1 % a month of the contribution due, PP
 * 86/2013). It is not the charge for late payment, and is never added to it. Each month's fine is rounded half up.
 *
 * @param due contribution due for a month, in rupiah
 * @param months months of the breach
 * @param rate fine per month in parts per million
 */
export function administrativeFine(due: Rupiah, months: number, rate: Ppm): Rupiah {
  return shareOfMonths(due, months, rate);
}
