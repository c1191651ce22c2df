import type { Sanction, SanctionStep } from '#src/domain/sanctions.ts';

/** A procedure as stored. */
export type SanctionRow = {
  employer_id: string;
  sanction_id: string;
  agency_code: string;
  codes: Sanction['codes'];
  opened_on: string;
  recorded_at: Date;
};

/** A step of a procedure, as stored. */
export type SanctionStepRow = {
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

/** Selects {@link SanctionRow} and, in order, {@link SanctionStepRow}; `where` says of whom. */
export const SANCTIONS = (where: string): string =>
  `select employer_id, sanction_id, agency_code, codes, opened_on, recorded_at from sanctions where ${where}`;
export const SANCTION_STEPS = (where: string): string =>
  `select sanction_id, step_id, step, on_day, services, decided_by, accepted, request_id, amount, fine_months,
          recorded_at, recorded_by->>'agency' as agency
   from sanction_steps where ${where} order by recorded_at, step_id`;

/** Procedures, with their steps in order of recording. */
export function sanctionsOf(
  sanctions: readonly SanctionRow[],
  steps: readonly SanctionStepRow[],
): [employerId: string, Sanction][] {
  const bySanction = Map.groupBy(steps, (row) => row.sanction_id);
  return sanctions.map((row) => [
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

function stepOf(row: SanctionStepRow): SanctionStep {
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
