import { ppmOfPercent, type Rupiah } from '#src/domain/money.ts';

const MILLION = 1_000_000n;
const STEP = 100n;

/**
 * The JP wage ceiling that follows from the one before and the growth of the economy in the year before
 * (PP 45/2015 art. 29(3)), cut to a whole Rp 100 as BPJS letter B/1328/022020 shows. It explains a published
 * ceiling; it never stands in for one that is not published.
 *
 * @param previous ceiling before, in rupiah
 * @param growth growth in percent as a decimal string, negative where the economy shrank: `"5.02"`, `"-2.07"`
 */
export function nextJpCeiling(previous: Rupiah, growth: string): Rupiah {
  const shrank = growth.startsWith('-');
  const ppm = BigInt(ppmOfPercent(shrank ? growth.slice(1) : growth));
  const factor = shrank ? MILLION - ppm : MILLION + ppm;
  return Number(((BigInt(previous) * factor) / (MILLION * STEP)) * STEP);
}
