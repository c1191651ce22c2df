import { transaction } from '#src/db/index.ts';
import { INDEX_BYTES } from '#src/personal-data/index.ts';
import { turns } from './at-most.ts';
import { numberAllWorkers } from './declared-workers.ts';
import type { FactDeps } from './deps.ts';

/** Batches that are listed in one transaction: some hundred milliseconds. */
const LISTED_AT_ONCE = 500;

/** One at a time in a process: whoever waits takes no connection from others, and finds little left to do. */
const inTurn = turns(1);

/**
 * Lists which employers declared the persons of rosters that came since it was done last: the table `nik_employers`
 * then knows everybody whose declaration was committed before.
 */
export function listNikEmployers(deps: FactDeps): Promise<void> {
  return inTurn(async () => {
    await numberAllWorkers(deps);
    await listUnlisted(deps);
  });
}

async function listUnlisted(deps: FactDeps): Promise<void> {
  for (let listed = LISTED_AT_ONCE; listed === LISTED_AT_ONCE; ) {
    listed = await transaction(deps.database, async ({ client }) => {
      // Rows that another takes away while one waits for them look like the last ones: one lists at a time.
      await client.query("select pg_advisory_xact_lock(hashtextextended('nik_employers', 0))");
      const taken = await client.query(
        `with taken as (
           select employer_id, batch_id from unlisted_batches
           order by employer_id, batch_id limit ${LISTED_AT_ONCE}),
         listed as (
           insert into nik_employers (nik_index, employer_id)
           select substring(b.nik_indexes from ${INDEX_BYTES} * n + 1 for ${INDEX_BYTES}) as nik_index, b.employer_id
           from taken t
           join worker_batches b on b.employer_id = t.employer_id and b.batch_id = t.batch_id,
             generate_series(0, octet_length(b.nik_indexes) / ${INDEX_BYTES} - 1) as n
           order by nik_index
           on conflict do nothing)
         delete from unlisted_batches u using taken t
         where u.employer_id = t.employer_id and u.batch_id = t.batch_id`,
      );
      return taken.rowCount ?? 0;
    });
  }
}
