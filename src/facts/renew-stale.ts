import { transaction } from '#src/db/index.ts';
import type { Deps } from '#src/deps.ts';
import { addDays, type Day } from '#src/domain/civil.ts';
import { renewSummaries } from './append.ts';
import { STRETCH_DAYS } from './summary.ts';

/** SQL text that picks rows of an alias with `employer_id` and `region_code`. */
export type RowFilter = (alias: string, bind: (value: unknown) => string) => string;

/** Employers in one transaction: their locks are held for some tens of milliseconds. */
const PORTION = 50;

/**
 * Computes anew what lists show of the employers in scope, where what is stored does not reach `today`, was computed
 * on a later day (the clock went back), or under other rules. Nothing is recorded by it.
 */
export async function renewStale(deps: Deps, scope: RowFilter, today: Day): Promise<void> {
  const values: unknown[] = [];
  const bind = (value: unknown) => `$${values.push(value)}`;
  const found = await deps.database.reader.query<{ employer_id: string }>(
    `select e.employer_id from summaries s join employers e on e.employer_id = s.employer_id
     where ${isStale(deps, today, bind)} and ${scope('e', bind)}`,
    values,
  );
  const ids = found.rows.map((row) => row.employer_id);
  for (let start = 0; start < ids.length; start += PORTION)
    await renew(deps, ids.slice(start, start + PORTION), today);
}

async function renew(deps: Deps, employerIds: readonly string[], today: Day): Promise<void> {
  await transaction(deps.database, async (tx) => {
    const values: unknown[] = [];
    const bind = (value: unknown) => `$${values.push(value)}`;
    // Asked again under the locks: whoever held them may have renewed these rows.
    const locked = await tx.client.query<{ employer_id: string }>(
      `select s.employer_id from summaries s
       where s.employer_id = any(${bind(employerIds)}::uuid[]) and ${isStale(deps, today, bind)}
       order by s.employer_id for update`,
      values,
    );
    await renewSummaries(
      deps,
      tx,
      locked.rows.map((row) => row.employer_id),
    );
  });
}

/** Ranges, as an index can answer them. */
function isStale({ law }: Deps, today: Day, bind: (value: unknown) => string): string {
  const version = bind(law.version);
  return `(s.stretched_until <= ${bind(today)}
           or s.stretched_until > ${bind(addDays(today, STRETCH_DAYS))}
           or s.ruleset_version < ${version} or s.ruleset_version > ${version})`;
}
