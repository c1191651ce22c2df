import type { Inspection, InspectionOutcome } from '#src/domain/inspections/inspection.ts';

/** A case as stored, with what came of it. */
export type InspectionRow = {
  employer_id: string;
  inspection_id: string;
  agency_code: string;
  inspector: string;
  planned_on: string;
  claims: Inspection['claims'];
  recorded_at: Date;
  kind: InspectionOutcome['kind'] | null;
  on_day: string;
  found: InspectionOutcome['found'];
  outcome_at: Date;
};

/** Selects {@link InspectionRow}; `where` says of whom, of inspections `i`. */
export const INSPECTIONS = (where: string): string =>
  `select i.employer_id, i.inspection_id, i.agency_code, i.inspector, i.planned_on, i.claims, i.recorded_at,
          o.kind, o.on_day, o.found, o.recorded_at as outcome_at
   from inspections i
   left join inspection_outcomes o on o.employer_id = i.employer_id and o.inspection_id = i.inspection_id
   where ${where}`;

/** A case that an inspector was given, with what came of it. */
export function inspectionOf(row: InspectionRow): Inspection {
  return {
    id: row.inspection_id,
    agency: row.agency_code,
    inspector: row.inspector,
    plannedOn: row.planned_on,
    claims: row.claims,
    recordedAt: row.recorded_at.toISOString(),
    ...(row.kind && {
      outcome: {
        kind: row.kind,
        on: row.on_day,
        found: row.found,
        recordedAt: row.outcome_at.toISOString(),
      },
    }),
  };
}
