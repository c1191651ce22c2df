import { type Instant, onDay, type Period } from '#src/domain/civil.ts';
import { add, type Rupiah } from '#src/domain/money.ts';
import type { Law, Scale } from '#src/domain/parameters.ts';
import type { EmploymentType } from './obligations.ts';

/** A minimum wage as somebody stated it for a region and a calendar year: of several statements the last one holds. */
export type MinimumWage = {
  /** Kemendagri code of a province (`34`) or a regency (`34.01`). */
  regionCode: string;
  /** What the region was called when it was stated. */
  regionName: string;
  year: number;
  /** Rupiah a month. */
  monthly: Rupiah;
  /** Where it stands. */
  source?: string;
  recordedAt: Instant;
};

/** How many workers of a roster are declared with less than a minimum wage, and by how much a month in sum. */
export type Shortfall = { workers: number; amount: Rupiah };

/** The shortfall of a roster, and the minimum wage that it has it of. */
export type WageShortfall = Shortfall & { minimum: MinimumWage };

/** What decides which minimum wage an employer must pay. */
export type PaidIn = {
  employer: { regionCode: string; scale: Scale };
  minimumWages: readonly MinimumWage[];
};

/** What a roster line must tell to be held against a minimum wage. */
export type WageLine = { wage: Rupiah; employmentType?: EmploymentType | undefined };

/** The minimum wage of a contribution month in a region: that of the regency, else that of its province. */
export function minimumWageFor(
  wages: readonly MinimumWage[],
  regionCode: string,
  period: Period,
): MinimumWage | undefined {
  const year = Number(period.slice(0, 4));
  let found: MinimumWage | undefined;
  for (const wage of wages) {
    if (wage.year !== year || !appliesIn(wage, regionCode)) continue;
    const nearer = wage.regionCode.length - (found?.regionCode.length ?? 0);
    if (nearer > 0 || (nearer === 0 && found && wage.recordedAt > found.recordedAt)) found = wage;
  }
  return found;
}

/** Whether a minimum wage is that of a region itself or of its province. */
export function appliesIn(wage: Pick<MinimumWage, 'regionCode'>, regionCode: string): boolean {
  return wage.regionCode === regionCode || wage.regionCode === provinceOf(regionCode);
}

/** The province of a region; of a province, itself. */
export function provinceOf(regionCode: string): string {
  return regionCode.slice(0, 2);
}

/**
 * The minimum wage that an employer must pay in a contribution month; undefined where none is stated, where no law
 * obliges to one, and for the scales that are exempt (PP 36/2021 art. 36).
 */
export function bindingMinimum(
  { employer, minimumWages }: PaidIn,
  law: Law,
  period: Period,
): MinimumWage | undefined {
  const minimum = minimumWageFor(minimumWages, employer.regionCode, period);
  if (!minimum) return undefined;
  const { binds, exempt } = law.minimumWage(onDay(period, 1));
  return binds.value && !exempt.value.includes(employer.scale) ? minimum : undefined;
}

/**
 * Holds a roster against a monthly minimum wage. Who is employed by the day is left out: the minimum is the lowest wage
 * by the month (PP 36/2021 art. 23), and what is declared of a daily worker is the month's pay of however many days.
 */
export function shortfallOf(monthly: Rupiah, lines: Iterable<WageLine>): Shortfall {
  let workers = 0;
  let amount = 0;
  for (const { wage, employmentType } of lines) {
    if (wage >= monthly || employmentType === 'daily') continue;
    workers += 1;
    amount = add(amount, monthly - wage);
  }
  return { workers, amount };
}

/** What a roster of the month pays less than the minimum wage that binds the employer; undefined where nothing. */
export function wageShortfall(
  facts: PaidIn,
  law: Law,
  period: Period,
  lines: readonly WageLine[],
): WageShortfall | undefined {
  const minimum = bindingMinimum(facts, law, period);
  const shortfall = minimum && shortfallOf(minimum.monthly, lines);
  return minimum && shortfall && shortfall.workers > 0 ? { ...shortfall, minimum } : undefined;
}
