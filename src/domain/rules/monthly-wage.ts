import { MAX_RUPIAH, type Rupiah, RupiahOverflow } from '#src/domain/money.ts';
import type { PeriodParameters } from '#src/domain/parameters.ts';

/**
 * The monthly wage of who is paid by the day, in rupiah: the daily wage times 25, also in a week of five days (PP
 * 44/2015 art. 19(3), PP 46/2015 art. 17(3)). JP has no such rule.
 */
export function monthlyWageOfDaily(
  { dailyWageDays }: PeriodParameters,
  programme: 'JKK' | 'JKM' | 'JHT',
  dailyWage: Rupiah,
): Rupiah {
  const wage = dailyWage * dailyWageDays[programme].value;
  if (wage > MAX_RUPIAH) throw new RupiahOverflow('more rupiah than a wage can be');
  return wage;
}

/**
 * The monthly wage of who is paid by the piece, or whose work depends on the weather: the average of the last 3, or
 * 12, months' wages, rounded half up (PP 44/2015 art. 19(4)-(5)). Of a shorter time it is the average of that.
 *
 * @param wages wages of past months in rupiah, oldest first, at least one
 */
export function averagedWage(
  { averagedMonths }: PeriodParameters,
  kind: 'pieceRate' | 'weather',
  wages: readonly Rupiah[],
): Rupiah {
  const counted = wages.slice(-averagedMonths[kind].value).map(BigInt);
  const months = BigInt(counted.length);
  const sum = counted.reduce((a, b) => a + b, 0n);
  return Number((2n * sum + months) / (2n * months));
}
