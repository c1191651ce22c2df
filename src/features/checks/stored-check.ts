import { z } from 'zod';
import type { Deps } from '#src/deps.ts';
import type { Actor } from '#src/http/actor.ts';
import { IdField } from '#src/http/fields.ts';
import { Problem } from '#src/http/problem.ts';

export const CheckParams = z.strictObject({ id: IdField });

/**
 * The answer of a check as it was given. Throws 404 unless the caller's agency made it; an employer's own client
 * shares its agency with other employers, and gets what is about itself or what the same person asked in vain.
 */
export async function readAnswer(deps: Deps, actor: Actor, checkId: string): Promise<string> {
  const found = await deps.database.pool.query<{ answer: string }>(
    `select answer from checks
     where check_id = $1 and agency_code = $2
       and (not $3 or employer_id = $4 or (employer_id is null and checked_by->>'sub' = $5))`,
    [checkId, actor.agency, actor.kind === 'employer', actor.employerId ?? null, actor.sub],
  );
  const [row] = found.rows;
  if (!row) throw new Problem('not_found');
  return row.answer;
}
