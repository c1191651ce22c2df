import type { Tx } from '#src/db/index.ts';
import type { Day } from '#src/domain/civil.ts';
import type { Facts } from '#src/domain/facts.ts';
import type { Law } from '#src/domain/parameters.ts';
import { termsOf } from '#src/domain/sanctions/terms.ts';

/** Writes anew the terms that run in the procedures of these employers, each with one; their facts are whole. */
export async function rewriteSanctionTerms(
  tx: Tx,
  law: Law,
  concerned: readonly Facts[],
  today: Day,
): Promise<void> {
  await tx.client.query({
    name: 'drop sanction terms',
    text: 'delete from sanction_terms where employer_id = any($1::uuid[])',
    values: [concerned.map(({ employerId }) => employerId)],
  });
  const terms = concerned.flatMap((facts) =>
    termsOf(facts, law, today).map((term, sequence) => ({
      employer_id: facts.employerId,
      sanction_id: term.sanctionId,
      sequence,
      kind: term.kind,
      step: term.step,
      not_before: term.notBefore,
      not_after: term.notAfter,
      unit: term.unit,
      request_id: term.requestId,
    })),
  );
  if (terms.length === 0) return;
  await tx.client.query(
    `insert into sanction_terms (employer_id, sanction_id, sequence, kind, step, not_before, not_after, unit,
                                 request_id)
     select employer_id, sanction_id, sequence, kind, step, not_before, not_after, unit, request_id
     from jsonb_to_recordset($1::jsonb) as t (
       employer_id uuid, sanction_id uuid, sequence int, kind text, step text, not_before date, not_after date,
       unit text, request_id uuid)`,
    [JSON.stringify(terms)],
  );
}
