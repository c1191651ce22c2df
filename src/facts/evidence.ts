import type { ClientBase, Pool } from 'pg';
import type { Evidence } from '#src/domain/evidence.ts';

type Row = {
  employer_id: string;
  evidence_id: string;
  kind: Evidence['kind'];
  agency_code: string;
  observed_on: string;
  headcount: number | null;
  wage_bill: number | null;
  lowest_wage: number | null;
  workers_seen: number | null;
  recorded_at: Date;
};

/** Evidence about these employers. */
export async function readEvidence(
  client: ClientBase | Pool,
  employerIds: readonly string[],
): Promise<[employerId: string, Evidence][]> {
  const found = await client.query<Row>(
    `select employer_id, evidence_id, kind, agency_code, observed_on, headcount, wage_bill, lowest_wage, workers_seen,
            recorded_at
     from evidence where employer_id = any($1::uuid[])`,
    [employerIds],
  );
  return found.rows.map((row) => [row.employer_id, evidenceOf(row)]);
}

function evidenceOf(row: Row): Evidence {
  return {
    id: row.evidence_id,
    kind: row.kind,
    agency: row.agency_code,
    observedOn: row.observed_on,
    recordedAt: row.recorded_at.toISOString(),
    ...(row.headcount !== null && { headcount: row.headcount }),
    ...(row.wage_bill !== null && { wageBill: row.wage_bill }),
    ...(row.lowest_wage !== null && { lowestWage: row.lowest_wage }),
    ...(row.workers_seen !== null && { workersSeen: row.workers_seen }),
  };
}
