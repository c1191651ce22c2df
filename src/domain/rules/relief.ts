import type { Cited } from '#src/domain/cited.ts';
import type { Ppm } from '#src/domain/money.ts';
import type { PeriodParameters } from '#src/domain/parameters.ts';

/** Reliefs that are granted on application; what applies to all applies by itself. */
export const RELIEFS = ['PP7/2025', 'PP49/2020-JP'] as const;
/** Half of JKK for labour-intensive industry (with PP 36/2025), and the deferral of JP by PP 49/2020. */
export type Relief = (typeof RELIEFS)[number];

/** Whether the relief can be granted for the month of the parameters. */
export function isInForce({ labourIntensive, jpDeferral }: PeriodParameters, relief: Relief): boolean {
  return (relief === 'PP7/2025' ? labourIntensive : jpDeferral) !== undefined;
}

/**
 * The parameters of the month as they are for an employer that qualifies for the reliefs: the JKK rates of PP 7/2025
 * art. 4(1), and 1 % of JP under PP 49/2020 art. 17(2). A relief leaves other months than its own as they are.
 */
export function underReliefs(parameters: PeriodParameters, reliefs: readonly Relief[]): PeriodParameters {
  const { labourIntensive, jpDeferral, partPaid } = parameters;
  return {
    ...parameters,
    ...(reliefs.includes('PP7/2025') && labourIntensive && { jkk: labourIntensive.rates }),
    ...(reliefs.includes('PP49/2020-JP') &&
      jpDeferral && { partPaid: { ...partPaid, JP: jpDeferral.partPaid } }),
  };
}

/**
 * The rate that is billed where only a part of the normal one is paid (PP 49/2020, PP 50/2025): 1 % of 0.24 % is
 * 0.0024 %. Throws RangeError where that is not exact to a ppm.
 */
export function billedRate(normal: Ppm, part: Cited<Ppm> | undefined): Ppm {
  if (part === undefined) return normal;
  const rate = (normal * part.value) / 1_000_000;
  if (!Number.isInteger(rate)) throw new RangeError(`not exact: ${part.parameter} of ${normal} ppm`);
  return rate;
}
