import type { Tx } from '#src/db/index.ts';
import { type Actor, sees } from '#src/http/actor.ts';

/** The ids of the employers with these NPPs. One outside the caller's jurisdiction is absent, like one unknown. */
export async function employersByNpp(
  tx: Tx,
  actor: Actor,
  npps: readonly string[],
): Promise<Map<string, string>> {
  const found = await tx.client.query<{ npp: string; employer_id: string; region_code: string }>(
    `select i.value as npp, e.employer_id, e.region_code
     from employer_identifiers i join employers e on e.employer_id = i.employer_id
     where i.scheme = 'npp' and i.value = any($1::text[])`,
    [[...new Set(npps)]],
  );
  const visible = found.rows.filter((row) =>
    sees(actor, { employerId: row.employer_id, regionCode: row.region_code }),
  );
  return new Map(visible.map((row) => [row.npp, row.employer_id]));
}
