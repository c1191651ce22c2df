import { type Ppm, type Rupiah, share } from '#src/domain/money.ts';
import {
  CONSTRUCTION_BANDS,
  type ConstructionParameters,
  ParameterNotPublished,
  type PeriodParameters,
  type RateBand,
} from '#src/domain/parameters.ts';
import type { Contributions } from './contributions.ts';
import { billedRate } from './relief.ts';

/** Programmes of construction projects (*jasa konstruksi*), the employer's alone. */
export const CONSTRUCTION_PROGRAMMES = ['JKK', 'JKM'] as const;
export type ConstructionProgramme = (typeof CONSTRUCTION_PROGRAMMES)[number];

/** A project: by the wages of the month where they are known, else by its contract value without VAT, in rupiah. */
export type Project = { contractValueExclVat: Rupiah } | { monthlyWages: Rupiah };

/** The part of a contract value that lies in one band. */
export type Slice = { from: Rupiah; until: Rupiah; rate: Ppm };

/** The parts of a value by band: each rate applies only to what exceeds the limit before. */
export function slicesOf(bands: readonly RateBand[], value: Rupiah): Slice[] {
  return bands
    .filter(({ from }, index) => from < value || index === 0)
    .map(({ from, rate }, index) => ({
      from,
      until: Math.min(value, bands[index + 1]?.from ?? value),
      rate,
    }));
}

/** A slice's contribution in millionths of a rupiah, exactly. */
export function exactShare({ from, until, rate }: Slice): bigint {
  return BigInt(until - from) * BigInt(rate);
}

/** The rules for projects; throws {@link ParameterNotPublished} for a month of which nothing is known. */
export function constructionOf({ construction, period }: PeriodParameters): ConstructionParameters {
  if (!construction) throw new ParameterNotPublished(CONSTRUCTION_BANDS, period);
  return construction;
}

/** The slices of a programme under the rates that are billed in the month, cut where PP 49/2020 cuts them. */
export function billedSlices(
  parameters: PeriodParameters,
  programme: ConstructionProgramme,
  value: Rupiah,
): Slice[] {
  const { byValue } = constructionOf(parameters)[programme];
  return slicesOf(byValue.value, value).map((slice) => ({
    ...slice,
    rate: billedRate(slice.rate, parameters.partPaid[programme]),
  }));
}

/**
 * What a construction project costs (Permenaker 5/2021, PP 49/2020 art. 12): by wages one rate of them, by contract
 * value the rates of its bands, summed exactly; each programme rounded half up once.
 */
export function assessProject(parameters: PeriodParameters, project: Project): Contributions {
  const result: Contributions = {};
  for (const programme of CONSTRUCTION_PROGRAMMES) {
    const [employer, base] =
      'monthlyWages' in project
        ? [shareOfWages(parameters, programme, project.monthlyWages), project.monthlyWages]
        : [
            rounded(billedSlices(parameters, programme, project.contractValueExclVat)),
            project.contractValueExclVat,
          ];
    result[programme] = { employer, worker: 0, base };
  }
  return result;
}

function shareOfWages(parameters: PeriodParameters, programme: ConstructionProgramme, wages: Rupiah): Rupiah {
  const { byWages } = constructionOf(parameters)[programme];
  return share(wages, billedRate(byWages.value, parameters.partPaid[programme]));
}

function rounded(slices: readonly Slice[]): Rupiah {
  const exact = slices.reduce((sum, slice) => sum + exactShare(slice), 0n);
  return Number((exact + 500_000n) / 1_000_000n);
}
