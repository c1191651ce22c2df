import { byteaArray, type Tx, transaction, uuidArray, writeUuidv7 } from '#src/db/index.ts';
import type { Deps } from '#src/deps.ts';
import { INDEX_BYTES } from '#src/personal-data/index.ts';
import { lockEmployers } from './append.ts';
import { IndexSet } from './index-set.ts';
import { pauses } from './pauses.ts';
import { unsealRoster } from './roster.ts';

/** Declarations that are numbered in one go: as many as have so many workers, or one, and no more than so many. */
const WORKERS_AT_ONCE = 10_000;
const DECLARATIONS_AT_ONCE = 200;

/** Batches that are listed in one transaction: some hundred milliseconds. */
const LISTED_AT_ONCE = 500;

const UNNUMBERED = `
  select u.employer_id, u.declaration_id from unnumbered_declarations u
  where $1::uuid[] is null or u.employer_id = any($1)
  order by u.employer_id, u.declaration_id limit ${DECLARATIONS_AT_ONCE}`;

/**
 * Gives an id to each person whom employers declared for the first time: those of these employers, or of all, in what was
 * committed before; the view `workers` then knows them. To tell by their blind indexes who is new is a good part of what
 * a roster costs: where many are recorded it is left to whoever asks for persons.
 */
export async function numberWorkers(
  deps: Deps,
  { employerIds, signal }: { employerIds?: readonly string[]; signal?: AbortSignal } = {},
): Promise<void> {
  const asked = employerIds && uuidArray(employerIds);
  while (!signal?.aborted) {
    const { rows } = await deps.database.pool.query<{ employer_id: string }>(UNNUMBERED, [asked]);
    if (rows.length === 0) return;
    const waiting = [...new Set(rows.map((row) => row.employer_id))];
    await transaction(deps.database, async (tx) => {
      await lockEmployers(deps, tx, waiting);
      await numberSome(deps, tx, waiting);
    });
  }
}

/** The same of some declarations of employers whose locks the caller holds. */
export async function numberSome(deps: Deps, tx: Tx, employerIds: readonly string[]): Promise<void> {
  const { rows } = await tx.client.query<{ employer_id: string; declaration_id: string; roster: Buffer }>(
    `select employer_id, declaration_id, roster
     from (select u.employer_id, u.declaration_id, d.roster,
                  sum(d.headcount) over (order by u.employer_id, u.declaration_id) - d.headcount as before
           from (${UNNUMBERED}) u
           join declarations d on d.employer_id = u.employer_id and d.declaration_id = u.declaration_id) portion
     where before < ${WORKERS_AT_ONCE}`,
    [uuidArray(employerIds)],
  );
  if (rows.length === 0) return;
  const known = await readKnown(tx, [...new Set(rows.map((row) => row.employer_id))]);
  const batches: { employerId: string; batchId: string; workerIds: Buffer; nikIndexes: Buffer }[] = [];
  const pause = pauses();
  for (const { employer_id: employerId, declaration_id: declarationId, roster } of rows) {
    await pause();
    const ofEmployer = known.get(employerId) ?? new IndexSet();
    known.set(employerId, ofEmployer);
    const content = unsealRoster(deps.keyRing, { employerId, declarationId }, roster);
    const nikIndexes = ofEmployer.addAll(deps.keyRing.blindIndexes(content));
    if (nikIndexes.length === 0) continue;
    const workerIds = Buffer.allocUnsafe(nikIndexes.length);
    for (let at = 0; at < workerIds.length; ) at = writeUuidv7(workerIds, at);
    batches.push({ employerId, batchId: declarationId, workerIds, nikIndexes });
  }
  await tx.client.query(
    `with batches as (
       insert into worker_batches (employer_id, batch_id, worker_ids, nik_indexes)
       select employer_id, batch_id, worker_ids, nik_indexes
       from unnest($1::uuid[], $2::uuid[], $3::bytea[], $4::bytea[])
         as b (employer_id, batch_id, worker_ids, nik_indexes)
       returning employer_id, batch_id),
     numbered as (
       delete from unnumbered_declarations u using unnest($5::uuid[], $6::uuid[]) as n (employer_id, declaration_id)
       where u.employer_id = n.employer_id and u.declaration_id = n.declaration_id)
     insert into unlisted_batches select employer_id, batch_id from batches`,
    [
      uuidArray(batches.map((batch) => batch.employerId)),
      uuidArray(batches.map((batch) => batch.batchId)),
      byteaArray(batches.map((batch) => batch.workerIds)),
      byteaArray(batches.map((batch) => batch.nikIndexes)),
      uuidArray(rows.map((row) => row.employer_id)),
      uuidArray(rows.map((row) => row.declaration_id)),
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
  await numberWorkers(deps);
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
