import type { Tx } from '#src/db/index.ts';
import { type Actor, sees } from '#src/http/actor.ts';

/**
 * The ids of the employers with these numbers of a scheme. One outside the caller's jurisdiction is absent, like one
 * unknown.
 */
export async function employersByIdentifier(
  tx: Tx,
  actor: Actor,
  scheme: 'npp' | 'nib',
  numbers: readonly string[],
): Promise<Map<string, string>> {
  const found = await tx.client.query<{ value: string; employer_id: string; region_code: string }>(
    `select i.value, e.employer_id, e.region_code
     from employer_identifiers i join employers e on e.employer_id = i.employer_id
     where i.scheme = $1 and i.value = any($2::text[])`,
    [scheme, [...new Set(numbers)]],
  );
  const visible = found.rows.filter((row) =>
    sees(actor, { employerId: row.employer_id, regionCode: row.region_code }),
  );
  return new Map(visible.map((row) => [row.value, row.employer_id]));
}
