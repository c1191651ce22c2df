import { byteaArray, type Tx, transaction, uuidArray, writeUuidv7 } from '#src/db/index.ts';
import type { Deps } from '#src/deps.ts';
import { INDEX_BYTES } from '#src/personal-data/index.ts';
import { IndexSet } from './index-set.ts';
import { pauses } from './pauses.ts';

/** An encoded roster that was declared. */
type Declared = { employerId: string; declarationId: string; content: Buffer };

/** Batches that are listed in one transaction: some hundred milliseconds. */
const LISTED_AT_ONCE = 500;

/**
 * Gives an id to each person of these rosters whom the employer has not declared before; all others are found by their
 * blind index. The caller holds the locks of the employers.
 */
export async function recordWorkers(deps: Deps, tx: Tx, declared: readonly Declared[]): Promise<void> {
  const known = await readKnown(tx, [...new Set(declared.map(({ employerId }) => employerId))]);
  const batches: { employerId: string; batchId: string; workerIds: Buffer; nikIndexes: Buffer }[] = [];
  const pause = pauses();
  for (const { employerId, declarationId, content } of declared) {
    await pause();
    const ofEmployer = known.get(employerId) ?? new IndexSet();
    known.set(employerId, ofEmployer);
    const nikIndexes = ofEmployer.addAll(deps.keyRing.blindIndexes(content));
    if (nikIndexes.length === 0) continue;
    const workerIds = Buffer.allocUnsafe(nikIndexes.length);
    for (let at = 0; at < workerIds.length; ) at = writeUuidv7(workerIds, at);
    batches.push({ employerId, batchId: declarationId, workerIds, nikIndexes });
  }
  if (batches.length === 0) return;
  await tx.client.query(
    `with batches as (
       insert into worker_batches (employer_id, batch_id, worker_ids, nik_indexes)
       select employer_id, batch_id, worker_ids, nik_indexes
       from unnest($1::uuid[], $2::uuid[], $3::bytea[], $4::bytea[])
         as b (employer_id, batch_id, worker_ids, nik_indexes)
       returning employer_id, batch_id)
     insert into unlisted_batches select employer_id, batch_id from batches`,
    [
      uuidArray(batches.map((batch) => batch.employerId)),
      uuidArray(batches.map((batch) => batch.batchId)),
      byteaArray(batches.map((batch) => batch.workerIds)),
      byteaArray(batches.map((batch) => batch.nikIndexes)),
    ],
  );
}

async function readKnown(tx: Tx, employerIds: readonly string[]): Promise<Map<string, IndexSet>> {
  const found = await tx.client.query<{ employer_id: string; nik_indexes: Buffer }>(
    'select employer_id, nik_indexes from worker_batches where employer_id = any($1::uuid[])',
    [uuidArray(employerIds)],
  );
  const known = new Map<string, IndexSet>();
  for (const { employer_id: employerId, nik_indexes: nikIndexes } of found.rows) {
    const ofEmployer = known.get(employerId) ?? new IndexSet();
    known.set(employerId, ofEmployer);
    ofEmployer.addAll(nikIndexes);
  }
  return known;
}

/**
 * Lists which employers declared the persons of batches that came since it was done last: the table `nik_employers`
 * then knows everybody whose declaration was committed before.
 */
export async function listNikEmployers(deps: Deps): Promise<void> {
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
