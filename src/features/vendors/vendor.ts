import { z } from 'zod';
import type { Day } from '#src/domain/civil.ts';
import type { Facts } from '#src/domain/facts.ts';
import type { Language } from '#src/domain/language.ts';
import { type Law, SCALES, type Scale } from '#src/domain/parameters.ts';
import { REASON_CODES } from '#src/domain/reason-codes.ts';
import { STATUSES } from '#src/domain/status.ts';
import { reasonText } from '#src/domain/verdict/reason-text.ts';
import { SEVERITIES } from '#src/domain/verdict/reasons.ts';
import { gravityOf } from '#src/domain/verdict/standing.ts';
import { judge } from '#src/domain/verdict/verdict.ts';
import { EmployerName } from '#src/features/employers/employer.ts';
import { Arrears } from '#src/features/verdicts/verdict.ts';
import { DayOut } from '#src/http/fields.ts';

const Count = z.int().min(0);
const named = { code: z.enum(REASON_CODES), severity: z.enum(SEVERITIES) };

export const Vendor = z
  .object({
    employer: EmployerName.extend({ scale: z.enum(SCALES) }).meta({ id: 'ListedVendor' }),
    status: z.enum(STATUSES),
    reasons: z.array(z.object(named)).max(100).meta({ description: 'Of the verdict, the worst first' }),
    worst: z
      .object({ ...named, since: DayOut, detail: z.string().max(50_000) })
      .optional()
      .meta({ description: 'The first of them, with its sentence' }),
    arrears: Arrears,
    placements: z
      .object({ current: Count, contracted: Count, disputed: Count })
      .meta({ description: 'Contracts that run today, the workers that they promise, those in dispute' }),
  })
  .meta({ id: 'Vendor' });

/** A stretch of a vendor that holds today, with its facts and its placements of today. */
export type VendorRow = {
  employer_id: string;
  legal_name: string;
  npp: string | null;
  region_code: string;
  scale: Scale;
  gravity: number;
  total: number;
  facts: Facts;
  current: number;
  contracted: number;
  disputed: number;
};

export function vendorView(row: VendorRow, law: Law, today: Day, language: Language): z.input<typeof Vendor> {
  const { status, reasons, arrears } = judge(row.facts, law, today);
  const worstFirst = [...reasons].sort((a, b) => gravityOf([b]) - gravityOf([a]));
  const [worst] = worstFirst;
  return {
    employer: {
      id: row.employer_id,
      legalName: row.legal_name,
      ...(row.npp !== null && { npp: row.npp }),
      regionCode: row.region_code,
      scale: row.scale,
    },
    status,
    reasons: worstFirst.map(({ code, severity }) => ({ code, severity })),
    ...(worst && {
      worst: {
        code: worst.code,
        severity: worst.severity,
        since: worst.since,
        detail: reasonText(worst, law, language),
      },
    }),
    arrears,
    placements: { current: row.current, contracted: row.contracted, disputed: row.disputed },
  };
}
