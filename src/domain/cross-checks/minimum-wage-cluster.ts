import type { Period } from '#src/domain/civil.ts';
import { counted, periodText, rupiahText } from '#src/domain/language.ts';
import type { Ppm, Rupiah } from '#src/domain/money.ts';
import type { Law } from '#src/domain/parameters.ts';
import type { MinimumWage } from '#src/domain/rules/minimum-wage.ts';
import { type CrossCheckMeaning, dayOfRules, type Finding, niksOf, quantities } from './cross-check.ts';

/** What a roster line must tell of a wage. */
export type WagedLine = { nik: string; wage: Rupiah };

export type ClusterFigures = {
  headcount: number;
  /** The one that holds for the month: of the regency, else of the province. */
  minimumWage: Pick<MinimumWage, 'regionCode' | 'regionName' | 'year' | 'monthly'>;
};

export const MINIMUM_WAGE_CLUSTER: CrossCheckMeaning = {
  title: { id: 'Upah yang menumpuk di upah minimum', en: 'Wages that cluster on the minimum wage' },
  meaning: {
    id:
      'Sedikitnya bagian yang ditetapkan dari semua pekerja dilaporkan dengan upah yang tepat sama dengan upah minimum ' +
      'kabupaten/kota, atau provinsi bila tidak ada: upah sebenarnya mungkin lebih tinggi.',
    en:
      'At least the stated part of all workers is declared with exactly the minimum wage of the regency, or of the ' +
      'province where there is none: what they are paid may be more.',
  },
  thresholds: quantities('minimum-wage-cluster', 'minimum-wage-cluster-workers'),
};

/** From which part of a roster, and of how many workers at least, wages count as clustered. */
export type ClusterThreshold = { share: Ppm; workers: number };

export function clusterThreshold(law: Law, period: Period): ClusterThreshold {
  const day = dayOfRules(period);
  return {
    share: law.quantity('minimum-wage-cluster', day).value,
    workers: law.quantity('minimum-wage-cluster-workers', day).value,
  };
}

/** A roster in which too many are declared with exactly the minimum wage. */
export function minimumWageCluster(
  period: Period,
  lines: readonly WagedLine[],
  minimum: MinimumWage,
  { share, workers }: ClusterThreshold,
): Finding<ClusterFigures> | undefined {
  if (lines.length < workers) return undefined;
  const exact = lines.filter(({ wage }) => wage === minimum.monthly);
  if (exact.length === 0 || exact.length * 1_000_000 < lines.length * share) return undefined;
  const { regionCode, regionName, year, monthly } = minimum;
  return {
    workers: exact.length,
    figures: { headcount: lines.length, minimumWage: { regionCode, regionName, year, monthly } },
    niks: niksOf(exact),
    reason: {
      id: `${exact.length} dari ${lines.length} pekerja pada ${periodText(period, 'id')} dilaporkan dengan upah tepat ${rupiahText(monthly, 'id')}, yaitu upah minimum ${regionName} ${year}.`,
      en: `${exact.length} of ${counted(lines.length, 'worker')} of ${periodText(period, 'en')} ${exact.length === 1 ? 'is' : 'are'} declared with exactly ${rupiahText(monthly, 'en')}, the minimum wage of ${regionName} in ${year}.`,
    },
  };
}
