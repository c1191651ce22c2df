import { z } from 'zod';
import { type Day } from '#src/domain/civil.ts';
import type { Facts } from '#src/domain/facts.ts';
import { SCALES, type Scale } from '#src/domain/parameters.ts';
import { REASON_CODES, type ReasonCode } from '#src/domain/reason-codes.ts';
import { STATUSES, type Status } from '#src/domain/status.ts';
import { restrictionsOf } from '#src/domain/verdict/verdict.ts';
import { EmployerName } from '#src/features/employers/employer.ts';
import { Arrears, type ArrearsRow, arrearsView, Restriction } from '#src/features/verdicts/verdict.ts';
import { DayOut } from '#src/http/fields.ts';

export const NonCompliantEmployer = z
  .object({
    employer: EmployerName.extend({ scale: z.enum(SCALES), isVendor: z.boolean() }).meta({
      id: 'ListedEmployer',
    }),
    status: z.enum(STATUSES),
    codes: z.array(z.enum(REASON_CODES)).max(20).meta({ description: 'Codes of the reasons of the verdict' }),
    arrears: Arrears,
    since: DayOut.optional().meta({ description: 'First day of the oldest reason' }),
    restrictions: z.array(Restriction).max(1000),
  })
  .meta({ id: 'NonCompliantEmployer' });

/** A stretch that holds today, with its employer and, where any restriction is in force, what it comes from. */
export type NonCompliantRow = ArrearsRow & {
  employer_id: string;
  legal_name: string;
  npp: string | null;
  region_code: string;
  scale: Scale;
  is_vendor: boolean;
  status: Status;
  codes: ReasonCode[];
  since: string | null;
  /** Absent where no restriction is in force. */
  restricting: Pick<Facts, 'flags' | 'sanctions'> | null;
};

export function nonCompliantView(row: NonCompliantRow, today: Day): z.input<typeof NonCompliantEmployer> {
  return {
    employer: {
      id: row.employer_id,
      legalName: row.legal_name,
      ...(row.npp !== null && { npp: row.npp }),
      regionCode: row.region_code,
      scale: row.scale,
      isVendor: row.is_vendor,
    },
    status: row.status,
    codes: row.codes,
    arrears: arrearsView(row),
    ...(row.since !== null && { since: row.since }),
    restrictions: row.restricting ? restrictionsOf(row.restricting, today) : [],
  };
}
