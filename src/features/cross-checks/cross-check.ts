import { z } from 'zod';
import type { Period } from '#src/domain/civil.ts';
import { CROSS_CHECKS } from '#src/domain/cross-checks/cross-check.ts';
import { TENDER_SIGNS } from '#src/domain/cross-checks/headcount-drop.ts';
import { SCALES, type Scale } from '#src/domain/parameters.ts';
import { EmployerName } from '#src/features/employers/employer.ts';
import type { AgencyKind } from '#src/http/actor.ts';
import { DayOut, IdOut, PeriodOut, RupiahOut } from '#src/http/fields.ts';

/** Agencies that look at whole populations. */
export const EXAMINERS: readonly AgencyKind[] = [
  'labour_office',
  'social_security_branch',
  'prosecutor',
  'regional_government',
  'auditor',
  'operator',
];

/** So many other employers, and workers of one employer, a row names. */
export const MOST_OTHERS = 50;
export const MOST_WORKERS = 50;

const count = z.int().min(0);
const of = (check: (typeof CROSS_CHECKS)[number], what: string) => ({ description: `\`${check}\`: ${what}` });

const Figures = z
  .object({
    headcount: count.optional().meta({ description: 'Workers of the whole roster' }),
    otherEmployers: count.optional().meta(of('duplicate-workers', 'others that declare any of the workers')),
    outsideYourRegions: count.optional().meta(of('duplicate-workers', 'those of them that are not named')),
    retirementAge: count.optional().meta(of('retired-in-pension', 'in force in the month, in years')),
    bornOnOrBefore: DayOut.optional().meta(of('retired-in-pension', 'birthday from which one is retired')),
    minimumWage: z
      .object({
        regionCode: z.string().max(5),
        regionName: z.string().max(200),
        year: z.int(),
        monthly: RupiahOut,
      })
      .optional()
      .meta(of('minimum-wage-cluster', 'the wage that the workers are declared with')),
    peak: z
      .object({ period: PeriodOut, headcount: count })
      .optional()
      .meta(of('headcount-drop', 'the month with the highest headcount before')),
    tender: z
      .object({ sign: z.enum(TENDER_SIGNS), on: DayOut })
      .optional()
      .meta(of('headcount-drop', 'what tells of a tender, and on which day')),
    byBirthDate: count
      .optional()
      .meta(of('nik-contradictions', 'workers whose birth date the NIK contradicts')),
    bySex: count.optional().meta(of('nik-contradictions', 'workers whose sex the NIK contradicts')),
    contracted: count.optional().meta(of('placement-shortfall', 'workers promised by all placements')),
    declared: count.optional().meta(of('placement-shortfall', 'workers declared with these contracts')),
    missingInTotal: count
      .optional()
      .meta(of('placement-shortfall', 'by how many the whole roster falls short of what is promised')),
    contracts: z
      .array(
        z.object({
          placementId: IdOut,
          contractNumber: z.string().max(100),
          workersContracted: count,
          declared: count,
        }),
      )
      .max(1000)
      .optional()
      .meta(of('placement-shortfall', 'those that fall short, the first thousand by number')),
  })
  .meta({ id: 'CrossCheckFigures' });

export const CrossCheckRow = z
  .object({
    employer: EmployerName.extend({ scale: z.enum(SCALES), isVendor: z.boolean() }).meta({
      id: 'ExaminedEmployer',
    }),
    period: PeriodOut.meta({ description: 'The month whose roster shows it' }),
    workers: count.meta({ description: 'Workers that it is about' }),
    reason: z.object({ id: z.string().max(1000), en: z.string().max(1000) }),
    figures: Figures,
    others: z
      .array(EmployerName.extend({ workers: count }))
      .max(MOST_OTHERS)
      .optional()
      .meta(of('duplicate-workers', 'other employers in your regions, with the workers in common')),
    workerIds: z.array(IdOut).max(MOST_WORKERS).optional().meta({
      description: 'Ids of the first of these workers, on pages for workers:read: such reading is recorded',
    }),
  })
  .meta({ id: 'CrossCheckRow' });

type View = z.input<typeof CrossCheckRow>;

/** An employer that is looked at. */
export type Examined = {
  employerId: string;
  legalName: string;
  npp?: string;
  regionCode: string;
  scale: Scale;
  isVendor: boolean;
};

/** One employer of which something was found. */
export type CrossCheckItem = {
  employer: Examined;
  period: Period;
  /** Of the first of the workers. */
  niks: readonly string[];
} & Pick<View, 'workers' | 'reason' | 'figures' | 'others' | 'workerIds'>;

export function crossCheckView({ employer, niks: _, ...item }: CrossCheckItem): View {
  const { employerId: id, legalName, npp, regionCode, scale, isVendor } = employer;
  const { period, workers, reason, figures, others, workerIds } = item;
  return {
    employer: { id, legalName, ...(npp !== undefined && { npp }), regionCode, scale, isVendor },
    period,
    workers,
    reason,
    figures,
    ...(others && { others }),
    ...(workerIds && { workerIds }),
  };
}
