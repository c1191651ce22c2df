import type { ClientBase, Pool } from 'pg';
import type { Inspection, InspectionOutcome } from '#src/domain/inspections/inspection.ts';

type Row = {
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

/** Cases about these employers that inspectors were given, with what came of them. */
export async function readInspections(
  client: ClientBase | Pool,
  employerIds: readonly string[],
): Promise<[employerId: string, Inspection][]> {
  const found = await client.query<Row>(
    `select i.employer_id, i.inspection_id, i.agency_code, i.inspector, i.planned_on, i.claims, i.recorded_at,
            o.kind, o.on_day, o.found, o.recorded_at as outcome_at
     from inspections i
     left join inspection_outcomes o on o.employer_id = i.employer_id and o.inspection_id = i.inspection_id
     where i.employer_id = any($1::uuid[])`,
    [employerIds],
  );
  return found.rows.map((row) => [
    row.employer_id,
    {
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
    },
  ]);
}
