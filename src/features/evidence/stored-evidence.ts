import type { ClientBase, Pool } from 'pg';
import type { RecordedBy } from '#src/db/index.ts';
import type { Evidence } from '#src/domain/evidence.ts';
import { EVIDENCE_COLUMNS, type EvidenceRow, evidenceOf } from '#src/facts/index.ts';
import { type Actor, visibleOrOwn } from '#src/http/actor.ts';
import { Problem } from '#src/http/problem.ts';

/** Evidence with what agencies say about it. */
export type StoredEvidence = {
  evidence: Evidence;
  employerId: string;
  note?: string;
  documentHash?: string;
  recordedBy: string;
};

export type StoredRow = EvidenceRow & {
  note: string | null;
  document_hash: string | null;
  recorded_by: RecordedBy;
  compared: Evidence['compared'] | null;
};

/**
 * Selects {@link StoredRow}: evidence `v` about employers `e`, with what is kept of the roster that `rosterFor` names; a
 * `where` can follow. The summary would tell it, too, but is as large as all evidence about the employer, for each row.
 */
export const SELECT_EVIDENCE = `
  select ${EVIDENCE_COLUMNS}, v.note, v.document_hash, v.recorded_by,
         (select jsonb_build_object('period', d.period) || c.result
          from (select o.declaration_id, o.period from declarations o
                where o.employer_id = v.employer_id and o.period <= to_char(v.observed_on, 'YYYY-MM')
                order by o.period desc, o.recorded_at desc, o.declaration_id desc limit 1) d
          join comparisons c on c.employer_id = v.employer_id and c.declaration_id = d.declaration_id
                            and c.against = 'evidence:' || v.evidence_id) as compared
  from evidence v
  join employers e on e.employer_id = v.employer_id`;

/** SQL text: that about employers that the caller sees, and its agency's own wherever the employer has moved. */
export function visibleEvidence(actor: Actor, bind: (value: unknown) => string): string {
  return visibleOrOwn(actor, 'e', 'v.agency_code', bind);
}

/** The evidence about an employer that the caller may see; throws 404 where there is none. */
export async function findEvidence(
  client: ClientBase | Pool,
  actor: Actor,
  evidenceId: string,
): Promise<StoredEvidence> {
  const values: unknown[] = [evidenceId];
  const visible = visibleEvidence(actor, (value) => `$${values.push(value)}`);
  const found = await client.query<StoredRow>(
    `${SELECT_EVIDENCE} where v.evidence_id = $1 and ${visible}`,
    values,
  );
  if (!found.rows[0]) {
    throw new Problem('not_found', { detail: { id: 'Bukti tidak ditemukan.', en: 'No such evidence.' } });
  }
  return storedEvidence(found.rows[0]);
}

/** The evidence in a row; what is null is absent. */
export function storedEvidence(row: StoredRow): StoredEvidence {
  return {
    evidence: { ...evidenceOf(row), ...(row.compared && { compared: row.compared }) },
    employerId: row.employer_id,
    ...(row.note !== null && { note: row.note }),
    ...(row.document_hash !== null && { documentHash: row.document_hash }),
    recordedBy: row.recorded_by.sub,
  };
}
