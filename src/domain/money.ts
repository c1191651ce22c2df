/**
 * Money is whole rupiah in safe integers; rates are exact parts per million (ppm): 0.24 % is 2,400 ppm.
 * Nothing here, or anywhere, does floating-point arithmetic on money.
 */

/** Whole rupiah, a safe integer. */
export type Rupiah = number;

/** A rate in parts per million of its base. */
export type Ppm = number;

/** The largest single amount that is accepted anywhere: one quadrillion rupiah. */
export const MAX_RUPIAH: Rupiah = 1_000_000_000_000_000;

/** The largest wage of one worker in a month that is believed: ten billion rupiah. */
export const MAX_WAGE: Rupiah = 10_000_000_000;

const MILLION = 1_000_000;

/** A sum is too large to be exact. */
export class RupiahOverflow extends RangeError {}

/** Sum of two amounts; throws {@link RupiahOverflow} rather than lose a rupiah. */
export function add(a: Rupiah, b: Rupiah): Rupiah {
  const sum = a + b;
  if (!Number.isSafeInteger(sum)) throw new RupiahOverflow('more rupiah than can be counted exactly');
  return sum;
}

/**
 * `rate` of a non-negative `base`, rounded half up to the whole rupiah. Splits the base so that every intermediate
 * product stays exact for bases up to MAX_RUPIAH and rates up to 100 %.
 */
export function share(base: Rupiah, rate: Ppm): Rupiah {
  const rest = base % MILLION;
  const whole = (base - rest) / MILLION;
  return add(whole * rate, Math.floor((rest * rate + MILLION / 2) / MILLION));
}

/**
 * `rate` of the base for each of some months, simple: each month's share is rounded, then all are summed. Throws
 * {@link RupiahOverflow} rather than lose a rupiah.
 */
export function shareOfMonths(base: Rupiah, months: number, rate: Ppm): Rupiah {
  const sum = share(base, rate) * months;
  if (!Number.isSafeInteger(sum)) throw new RupiahOverflow('more rupiah than can be counted exactly');
  return sum;
}

/** A percentage written as a decimal string (`"0.24"`) as ppm; throws where it is not exact to a ppm. */
export function ppmOfPercent(percent: string): Ppm {
  const match = /^(\d{1,3})(?:\.(\d{1,4}))?$/.exec(percent);
  if (!match) throw new RangeError(`not a percentage with at most 4 decimals: ${percent}`);
  return Number(match[1]) * 10_000 + Number((match[2] ?? '').padEnd(4, '0'));
}

/** Ppm as a percentage in a decimal string without trailing zeros: 2,400 is `"0.24"`. */
export function percentOfPpm(rate: Ppm): string {
  const whole = Math.floor(rate / 10_000);
  const decimals = String(rate % 10_000)
    .padStart(4, '0')
    .replace(/0+$/, '');
  return decimals ? `${whole}.${decimals}` : String(whole);
}
