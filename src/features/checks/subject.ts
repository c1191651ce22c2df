import { z } from 'zod';
import { EmployerName, Nib, Npp, Npwp, RegionCode } from '#src/features/employers/employer.ts';
import { rule, text } from '#src/http/fields.ts';

/** Who is asked about. */
export const Subject = z
  .strictObject({
    npp: Npp.optional(),
    nib: Nib.optional(),
    npwp: Npwp.optional(),
    name: text(200).optional().meta({ description: 'Legal name; found with small misspellings' }),
    regionCode: RegionCode.optional().meta({
      description: 'Puts those of similar names in this region first',
    }),
  })
  .refine(
    ({ npp, nib, npwp, name }) => [npp, nib, npwp, name].some((given) => given !== undefined),
    rule(
      'subject_missing',
      'Berikan npp, nib, npwp atau name.',
      'Give at least one of npp, nib, npwp and name.',
    ),
  )
  .meta({ id: 'Subject', description: 'Identifiers decide; a name alone never resolves' });

export const OUTCOMES = ['resolved', 'candidates', 'conflict', 'none'] as const;

export const Candidates = z
  .array(
    z
      .object({
        employer: EmployerName,
        score: z.number().min(0).max(1).meta({ description: 'How alike, three decimals' }),
        reasons: z.array(z.string().max(50)).max(5).meta({
          description:
            '`name_equal`, `name_similar`, `same_region`; in a conflict, per identifier, `npp_matches` or `npp_differs`',
        }),
      })
      .meta({ id: 'Candidate' }),
  )
  .max(5)
  .meta({ description: 'Best first; in a conflict those that the identifiers name' });
