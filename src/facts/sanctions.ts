import type { ClientBase, Pool } from 'pg';
import type { Sanction, SanctionStep } from '#src/domain/sanctions.ts';

type SanctionRow = {
  employer_id: string;
  sanction_id: string;
  agency_code: string;
  codes: Sanction['codes'];
  opened_on: string;
  recorded_at: Date;
};

type StepRow = {
  sanction_id: string;
  step_id: string;
  step: SanctionStep['step'];
  on_day: string;
  services: SanctionStep['services'] | null;
  decided_by: string | null;
  accepted: boolean | null;
  request_id: string | null;
  amount: number | null;
  fine_months: SanctionStep['fineMonths'] | null;
  recorded_at: Date;
  agency: string;
};

/** Procedures against these employers, with their steps in order of recording. */
export async function readSanctions(
  client: ClientBase | Pool,
  employerIds: readonly string[],
): Promise<[employerId: string, Sanction][]> {
  const found = await client.query<SanctionRow>(
    `select employer_id, sanction_id, agency_code, codes, opened_on, recorded_at
     from sanctions where employer_id = any($1::uuid[])`,
    [employerIds],
  );
  if (found.rowCount === 0) return [];
  const steps = await client.query<StepRow>(
    `select sanction_id, step_id, step, on_day, services, decided_by, accepted, request_id, amount, fine_months, recorded_at,
            recorded_by->>'agency' as agency
     from sanction_steps where employer_id = any($1::uuid[]) order by recorded_at, step_id`,
    [employerIds],
  );
  const bySanction = Map.groupBy(steps.rows, (row) => row.sanction_id);
  return found.rows.map((row) => [
    row.employer_id,
    {
      id: row.sanction_id,
      agency: row.agency_code,
      codes: row.codes,
      openedOn: row.opened_on,
      recordedAt: row.recorded_at.toISOString(),
      steps: (bySanction.get(row.sanction_id) ?? []).map(stepOf),
    },
  ]);
}

function stepOf(row: StepRow): SanctionStep {
  return {
    id: row.step_id,
    step: row.step,
    on: row.on_day,
    recordedAt: row.recorded_at.toISOString(),
    agency: row.agency,
    ...(row.services && { services: row.services }),
    ...(row.decided_by !== null && { decidedBy: row.decided_by }),
    ...(row.accepted !== null && { accepted: row.accepted }),
    ...(row.request_id !== null && { requestId: row.request_id }),
    ...(row.amount !== null && { amount: row.amount }),
    ...(row.fine_months && { fineMonths: row.fine_months }),
  };
}
