import { z } from 'zod';
import type { Deps } from '#src/deps.ts';
import type { MinimumWage as MinimumWageFact } from '#src/domain/rules/minimum-wage.ts';
import { RegionCode } from '#src/features/employers/employer.ts';
import { countQuery, InstantField, InstantOut, RupiahOut, text } from '#src/http/fields.ts';
import { Problem } from '#src/http/problem.ts';

/** No contribution month lies in an earlier year. */
const FIRST_YEAR = 2015;
const LAST_YEAR = 2100;
const MOST_MONTHLY = 1_000_000_000;

export const YearField = countQuery(FIRST_YEAR, LAST_YEAR).meta({ description: 'Calendar year' });

/** The minimum wage of a path. */
export const MinimumWageParams = z.strictObject({ regionCode: RegionCode, year: YearField });

export const MinimumWageStatement = z
  .strictObject({
    monthly: z
      .int()
      .min(1)
      .max(MOST_MONTHLY)
      .meta({ description: 'Whole rupiah a month', examples: [2_417_495] }),
    source: text(500)
      .optional()
      .meta({ description: 'Where it stands', examples: ['Keputusan Gubernur DIY Nomor 443 Tahun 2025'] }),
  })
  .meta({ id: 'MinimumWageStatement' });

const statement = {
  monthly: RupiahOut.meta({ description: 'Whole rupiah a month' }),
  source: z.string().max(500).optional(),
  recordedAt: InstantOut,
};

export const MinimumWage = z
  .object({
    regionCode: z.string().max(5),
    regionName: z.string().max(200).meta({ description: 'What the region was called when it was stated' }),
    year: z.int(),
    ...statement,
  })
  .meta({
    id: 'MinimumWage',
    description: 'Of a province, or of a regency, which comes before that of its province',
  });

export const MinimumWageWithHistory = z
  .object({
    ...MinimumWage.shape,
    history: z
      .array(z.object(statement))
      .max(10_000)
      .meta({ description: 'Every statement, the newest first' }),
  })
  .meta({ id: 'MinimumWageWithHistory' });

/** Throws 404 where the region of a path is none: a province or a regency is, a district or a village is not. */
export function requireKnownRegion({ regions }: Pick<Deps, 'regions'>, params: unknown): void {
  const { regionCode } = params as { regionCode: string };
  if (regions.has(regionCode)) return;
  throw new Problem('not_found', {
    detail: { id: 'Bukan provinsi atau kabupaten/kota Kemendagri.', en: 'No such province or regency.' },
  });
}

/** As what was known then is asked for. */
export const KnownAt = InstantField.optional().meta({ description: 'Only what was stated by then' });

export function minimumWageView(wage: MinimumWageFact): z.input<typeof MinimumWage> {
  const { regionCode, regionName, year, monthly, source, recordedAt } = wage;
  return { regionCode, regionName, year, monthly, ...(source !== undefined && { source }), recordedAt };
}
