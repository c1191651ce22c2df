import { z } from 'zod';
import { EmployerField } from '#src/http/employer-params.ts';
import { DayField, DayOut, IdOut, InstantOut, text } from '#src/http/fields.ts';
import { InspectorField } from './inspection.ts';

export const ConflictCreate = z
  .strictObject({
    employer: EmployerField,
    inspector: InspectorField.optional(),
    reason: text(1000),
    startsOn: DayField.optional().meta({ description: 'First day; today if absent' }),
    endsOn: DayField.optional().meta({ description: 'Last day; without it the conflict lasts' }),
  })
  .meta({ id: 'ConflictCreate' });

export const ConflictOfInterest = z
  .object({
    id: IdOut,
    employerId: IdOut,
    agency: z.string().max(100),
    inspector: z.string().max(300),
    reason: z.string().max(1000),
    startsOn: DayOut,
    endsOn: DayOut.optional(),
    declaredBy: z.string().max(300),
    recordedAt: InstantOut,
  })
  .meta({ id: 'ConflictOfInterest', description: 'Why a person must not inspect an employer' });

export type ConflictRow = {
  employer_id: string;
  conflict_id: string;
  agency_code: string;
  inspector: string;
  reason: string;
  starts_on: string;
  ends_on: string | null;
  recorded_at: Date;
  recorded_by: { sub: string };
};

/** Selects {@link ConflictRow}; a `where` can follow. */
export const SELECT_CONFLICTS = `
  select c.employer_id, c.conflict_id, c.agency_code, c.inspector, c.reason, c.starts_on, c.ends_on, c.recorded_at,
         c.recorded_by
  from conflicts_of_interest c`;

/** A conflict as it goes out. */
export function conflictView(row: ConflictRow): z.input<typeof ConflictOfInterest> {
  return {
    id: row.conflict_id,
    employerId: row.employer_id,
    agency: row.agency_code,
    inspector: row.inspector,
    reason: row.reason,
    startsOn: row.starts_on,
    ...(row.ends_on !== null && { endsOn: row.ends_on }),
    declaredBy: row.recorded_by.sub,
    recordedAt: row.recorded_at.toISOString(),
  };
}
