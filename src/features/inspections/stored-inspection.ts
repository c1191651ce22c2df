import type { ClientBase, Pool } from 'pg';
import type { Day } from '#src/domain/civil.ts';
import type { OutcomeKind } from '#src/domain/inspections/inspection.ts';
import type { Priority } from '#src/domain/inspections/priority.ts';
import type { ReasonCode } from '#src/domain/reason-codes.ts';
import { type Actor, visibleOrOwn } from '#src/http/actor.ts';
import { Problem } from '#src/http/problem.ts';

/** A case with its employer and what came of it. */
export type StoredInspection = {
  id: string;
  employer: { id: string; legalName: string; npp?: string; regionCode: string };
  agency: string;
  inspector: string;
  plannedOn: Day;
  claims: ReasonCode[];
  priority: Priority;
  note?: string;
  assignedBy: string;
  recordedAt: string;
  outcome?: {
    id: string;
    kind: OutcomeKind;
    on: Day;
    found: ReasonCode[];
    evidenceId?: string;
    note?: string;
    recordedBy: string;
    recordedAt: string;
  };
};

export type InspectionRow = {
  employer_id: string;
  legal_name: string;
  npp: string | null;
  region_code: string;
  inspection_id: string;
  agency_code: string;
  inspector: string;
  planned_on: string;
  claims: ReasonCode[];
  priority: Priority;
  note: string | null;
  recorded_at: Date;
  assigned_by: string;
  outcome_id: string | null;
  kind: OutcomeKind;
  on_day: string;
  found: ReasonCode[];
  evidence_id: string | null;
  outcome_note: string | null;
  outcome_at: Date;
  outcome_by: string;
};

/** Selects {@link InspectionRow}: cases `i` of employers `e` with their outcome `o`; a `where` can follow. */
export const SELECT_INSPECTIONS = `
  select i.employer_id, e.legal_name, e.npp, e.region_code, i.inspection_id, i.agency_code, i.inspector, i.planned_on,
         i.claims, i.priority, i.note, i.recorded_at, i.recorded_by->>'sub' as assigned_by,
         o.outcome_id, o.kind, o.on_day, o.found, o.evidence_id, o.note as outcome_note, o.recorded_at as outcome_at,
         o.recorded_by->>'sub' as outcome_by
  from inspections i
  join employers e on e.employer_id = i.employer_id
  left join inspection_outcomes o on o.employer_id = i.employer_id and o.inspection_id = i.inspection_id`;

/** SQL text: cases of employers that the caller sees, and its agency's own wherever the employer has moved. */
export function visibleInspections(actor: Actor, bind: (value: unknown) => string): string {
  return visibleOrOwn(actor, 'e', 'i.agency_code', bind);
}

/** The case of an employer that the caller may see; throws 404 where there is none. */
export async function findInspection(
  client: ClientBase | Pool,
  actor: Actor,
  inspectionId: string,
): Promise<StoredInspection> {
  const values: unknown[] = [inspectionId];
  const visible = visibleInspections(actor, (value) => `$${values.push(value)}`);
  const found = await client.query<InspectionRow>(
    `${SELECT_INSPECTIONS} where i.inspection_id = $1 and ${visible}`,
    values,
  );
  if (!found.rows[0]) {
    throw new Problem('not_found', {
      detail: { id: 'Pemeriksaan tidak ditemukan.', en: 'No such inspection.' },
    });
  }
  return storedInspection(found.rows[0]);
}

/** The case in a row; what is null is absent. */
export function storedInspection(row: InspectionRow): StoredInspection {
  return {
    id: row.inspection_id,
    employer: {
      id: row.employer_id,
      legalName: row.legal_name,
      ...(row.npp !== null && { npp: row.npp }),
      regionCode: row.region_code,
    },
    agency: row.agency_code,
    inspector: row.inspector,
    plannedOn: row.planned_on,
    claims: row.claims,
    priority: row.priority,
    ...(row.note !== null && { note: row.note }),
    assignedBy: row.assigned_by,
    recordedAt: row.recorded_at.toISOString(),
    ...(row.outcome_id !== null && {
      outcome: {
        id: row.outcome_id,
        kind: row.kind,
        on: row.on_day,
        found: row.found,
        ...(row.evidence_id !== null && { evidenceId: row.evidence_id }),
        ...(row.outcome_note !== null && { note: row.outcome_note }),
        recordedBy: row.outcome_by,
        recordedAt: row.outcome_at.toISOString(),
      },
    }),
  };
}
