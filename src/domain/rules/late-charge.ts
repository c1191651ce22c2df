import { type Ppm, type Rupiah, shareOfMonths } from '#src/domain/money.ts';

/**
 * Late charge on an amount that stays outstanding for a number of months late (2 % a month, PP 44/2015 art. 22).
 * Simple, never on earlier charges; each month's charge is rounded half up to the whole rupiah, then summed.
 *
 * @param outstanding contribution outstanding at the start of each month, in rupiah
 * @param months months late; a month begun is a month
 * @param rate charge per month in parts per million
 */
export function lateCharge(outstanding: Rupiah, months: number, rate: Ppm): Rupiah {
  return shareOfMonths(outstanding, months, rate);
}
