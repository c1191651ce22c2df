import type { ClientBase, Pool } from 'pg';
import { uuidArray } from '#src/db/index.ts';
import type { RosterOf } from './roster.ts';

/** The sealed rosters of these declarations, by the declaration's id. */
export async function readRosters(
  client: ClientBase | Pool,
  of: readonly RosterOf[],
): Promise<Map<string, Buffer>> {
  if (of.length === 0) return new Map();
  const found = await client.query<{ declaration_id: string; roster: Buffer }>(
    `select d.declaration_id, d.roster
     from unnest($1::uuid[], $2::uuid[]) as u (employer_id, declaration_id)
     join declarations d on d.employer_id = u.employer_id and d.declaration_id = u.declaration_id`,
    [
      uuidArray(of.map(({ employerId }) => employerId)),
      uuidArray(of.map(({ declarationId }) => declarationId)),
    ],
  );
  return new Map(found.rows.map((row) => [row.declaration_id, row.roster]));
}
