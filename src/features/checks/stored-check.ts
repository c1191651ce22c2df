import { z } from 'zod';
import type { Deps } from '#src/deps.ts';
import type { Actor } from '#src/http/actor.ts';
import { IdField } from '#src/http/fields.ts';
import { Problem } from '#src/http/problem.ts';

export const CheckParams = z.strictObject({ id: IdField });

/**
 * The answer of a check as it was given. Throws 404 unless the caller's agency made it; an employer's own client may
 * share the name of its agency with other employers or an office, and gets what its employer's clients asked.
 */
export async function readAnswer(deps: Deps, actor: Actor, checkId: string): Promise<string> {
  const found = await deps.database.pool.query<{ answer: string }>(
    `select answer from checks
     where check_id = $1 and agency_code = $2
       and (not $3 or checked_by->>'employer' = $4)`,
    [checkId, actor.agency, actor.kind === 'employer', actor.employerId ?? null],
  );
  const [row] = found.rows;
  if (!row) throw new Problem('not_found');
  return row.answer;
}
