import { z } from 'zod';
import type { RecordedBy } from '#src/db/index.ts';
import type { Actor, AgencyKind } from '#src/http/actor.ts';
import { DayField, DayOut, IdOut, InstantOut, text } from '#src/http/fields.ts';

/** Who may investigate an employer without its seeing so at once. */
export const INVESTIGATING = [
  'labour_office',
  'social_security_branch',
  'prosecutor',
] as const satisfies readonly AgencyKind[];

export const AccessDelayCreate = z
  .strictObject({
    startsOn: DayField.optional().meta({ description: 'First day, today or later; today if absent' }),
    endsOn: DayField.meta({ description: 'Last day, at most 90 days after the first' }),
    caseReference: text(200).meta({ description: "The agency's reference of the investigation" }),
    reason: text(1000).meta({ description: 'Why the employer must not see it yet; shown to it afterwards' }),
  })
  .meta({ id: 'AccessDelayCreate' });

export const AccessDelay = z
  .object({
    id: IdOut,
    employerId: IdOut,
    agency: z.string().max(100),
    startsOn: DayOut,
    endsOn: DayOut,
    caseReference: z.string().max(200),
    reason: z.string().max(1000),
    recordedBy: z
      .string()
      .max(300)
      .optional()
      .meta({ description: 'The person who delayed; left out where the employer itself asks' }),
    recordedAt: InstantOut,
  })
  .meta({
    id: 'AccessDelay',
    description:
      'An investigation that delays what an employer sees of the accesses that the agency makes from its recording ' +
      'on, in its days. The employer sees the delay once it is over.',
  });

export type AccessDelayRow = {
  employer_id: string;
  delay_id: string;
  agency_code: string;
  starts_on: string;
  ends_on: string;
  case_reference: string;
  reason: string;
  recorded_at: Date;
  recorded_by: RecordedBy;
};

/** Selects {@link AccessDelayRow}; a `where` can follow. */
export const SELECT_ACCESS_DELAYS = `
  select d.employer_id, d.delay_id, d.agency_code, d.starts_on, d.ends_on, d.case_reference, d.reason, d.recorded_at,
         d.recorded_by
  from access_delays d`;

/** A delay as it goes out to a caller who may see it. */
export function accessDelayView(row: AccessDelayRow, actor: Actor): z.input<typeof AccessDelay> {
  return {
    id: row.delay_id,
    employerId: row.employer_id,
    agency: row.agency_code,
    startsOn: row.starts_on,
    endsOn: row.ends_on,
    caseReference: row.case_reference,
    reason: row.reason,
    ...(actor.kind !== 'employer' && { recordedBy: row.recorded_by.sub }),
    recordedAt: row.recorded_at.toISOString(),
  };
}
