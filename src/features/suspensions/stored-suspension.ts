import type { ClientBase, Pool } from 'pg';
import type { RecordedBy } from '#src/db/index.ts';
import type { Suspension } from '#src/domain/suspensions.ts';
import { SUSPENSION_COLUMNS, SUSPENSION_TABLES, type SuspensionRow, suspensionOf } from '#src/facts/index.ts';
import { type Actor, visibleOrOwn } from '#src/http/actor.ts';
import { Problem } from '#src/http/problem.ts';

export type Kind = Suspension['kind'];

/** A plan, dispute or invitation with what agencies say about it; the domain's part decides its state. */
export type StoredSuspension<S extends Suspension = Suspension> = {
  suspension: S;
  employerId: string;
  agency: string;
  recordedBy: string;
  /** Whether the employer itself recorded it. */
  byEmployer: boolean;
  /** Of a dispute: its ground. */
  note?: string;
  /** Who ended it, and why. */
  endedBy?: { reason: string; by: string; agency: string };
};

export type StoredRow = SuspensionRow & {
  agency_code: string;
  note: string | null;
  recorded_by: RecordedBy;
  ending_reason: string | null;
  ended_by: RecordedBy | null;
};

/** Selects {@link StoredRow}: suspensions `s` of employers `e` with their endings; a `where` can follow. */
export const SELECT_SUSPENSIONS = `
  select ${SUSPENSION_COLUMNS}, s.agency_code, s.note, s.recorded_by, n.reason as ending_reason,
         n.recorded_by as ended_by
  from ${SUSPENSION_TABLES}
  join employers e on e.employer_id = s.employer_id`;

/** SQL text: those of employers that the caller sees, and its agency's own wherever the employer has moved. */
export function visibleSuspensions(actor: Actor, bind: (value: unknown) => string): string {
  return visibleOrOwn(actor, 'e', 's.agency_code', bind);
}

/** The plan, dispute or invitation of an employer that the caller may see; throws 404 where there is none. */
export async function findSuspension(
  client: ClientBase | Pool,
  actor: Actor,
  kind: Kind,
  id: string,
): Promise<StoredSuspension> {
  const values: unknown[] = [id, kind];
  const visible = visibleSuspensions(actor, (value) => `$${values.push(value)}`);
  const found = await client.query<StoredRow>(
    `${SELECT_SUSPENSIONS} where s.suspension_id = $1 and s.kind = $2 and ${visible}`,
    values,
  );
  if (!found.rows[0]) throw new Problem('not_found');
  return storedSuspension(found.rows[0]);
}

/** The plan, dispute or invitation in a row; what is null is absent. */
export function storedSuspension(row: StoredRow): StoredSuspension {
  const { recorded_by: recordedBy, ended_by: endedBy } = row;
  return {
    suspension: suspensionOf(row),
    employerId: row.employer_id,
    agency: row.agency_code,
    recordedBy: recordedBy.sub,
    byEmployer: recordedBy.employer !== undefined,
    ...(row.note !== null && { note: row.note }),
    ...(endedBy && { endedBy: { reason: row.ending_reason!, by: endedBy.sub, agency: endedBy.agency } }),
  };
}
