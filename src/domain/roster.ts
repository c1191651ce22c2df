import type { Period } from './civil.ts';
import type { Rupiah } from './money.ts';
import type { JkkClass } from './parameters.ts';
import { JKK_CLASSES } from './parameters.ts';

/**
 * What a roster costs in a contribution month, summed over its workers. JKK is kept for each of the five classes,
 * so that a class that BPJS decides later needs no second look at the workers.
 */
export type Assessment = {
  /** First contribution month that these amounts hold for. */
  from: Period;
  wageBase: Rupiah;
  /** Employer's JKK for class I to V, and the wages it is computed on. */
  jkk: readonly [Rupiah, Rupiah, Rupiah, Rupiah, Rupiah];
  jkkBase: Rupiah;
  jkm: Rupiah;
  jkmBase: Rupiah;
  jhtEmployer: Rupiah;
  jhtWorker: Rupiah;
  jhtBase: Rupiah;
  jpEmployer: Rupiah;
  jpWorker: Rupiah;
  jpBase: Rupiah;
};

/** How many workers lack the same obligatory programmes under each scale and sector; none where nobody lacks any. */
export type Coverage = {
  /** Programmes the workers have, as a bit mask: 1 JKK, 2 JKM, 4 JHT, 8 JP. */
  programmes: number;
  /** Employed by the day, piece or season. */
  daily: boolean;
  /** Whether JP can be asked for: a citizen below the retirement age of JP. */
  pensionable: boolean;
  workers: number;
};

/** The whole bill under a class: employers' and workers' shares of all programmes. */
export function billOf(assessment: Assessment, jkkClass: JkkClass): Rupiah {
  return (
    assessment.jkk[JKK_CLASSES.indexOf(jkkClass)]! +
    assessment.jkm +
    assessment.jhtEmployer +
    assessment.jhtWorker +
    assessment.jpEmployer +
    assessment.jpWorker
  );
}
