import { byteaArray, type Database, type Tx, transaction, uuidArray, writeUuidv7 } from '#src/db/index.ts';
import { PersonalDataError } from '#src/personal-data/index.ts';
import { lockEmployers } from './append.ts';
import { turns } from './at-most.ts';
import type { FactDeps } from './deps.ts';
import { IndexSet } from './index-set.ts';
import { pauses } from './pauses.ts';
import { type RosterOf, unsealRoster } from './roster.ts';

/** So few workers are told apart from who was declared before in no time: nobody need wait for it later. */
const FEW = 1_000;
/** Rosters that are numbered in one transaction: as many as have so many workers, or one, and no more than so many. */
const WORKERS_AT_ONCE = 10_000;
const ROSTERS_AT_ONCE = 200;
/** Others have their turn after so many at the latest. */
const INDEXED_AT_ONCE = 5_000;

const FIRST: RosterOf = {
  employerId: '00000000-0000-0000-0000-000000000000',
  declarationId: '00000000-0000-0000-0000-000000000000',
};

/** An encoded roster that was declared. */
type Declared = RosterOf & { headcount: number; content: Buffer };

/**
 * Gives ids to the persons of these rosters, or, where they are many, leaves it to whoever asks for persons: to tell by
 * their blind indexes who is new is a good part of what a roster would cost. The caller holds the locks of the employers.
 */
export async function recordWorkers(deps: FactDeps, tx: Tx, declared: readonly Declared[]): Promise<void> {
  const workers = declared.reduce((sum, { headcount }) => sum + headcount, 0);
  if (workers <= FEW) return numberRosters(deps, tx, declared);
  await tx.client.query('insert into unnumbered_declarations select * from unnest($1::uuid[], $2::uuid[])', [
    uuidArray(declared.map(({ employerId }) => employerId)),
    uuidArray(declared.map(({ declarationId }) => declarationId)),
  ]);
}

/** One at a time in a process, so that those who wait for the lock of an employer take no connections from others. */
const inTurn = turns(1);

/**
 * Gives an id to each person of rosters of these employers, committed before, that were left without: the view `workers`
 * then knows them. Throws a {@link PersonalDataError} where one cannot be opened, once the others have theirs.
 */
export async function numberWorkers(deps: FactDeps, employerIds: readonly string[]): Promise<void> {
  const asked = { employerIds };
  if ((await readUnnumbered(deps.database, FIRST, asked)).length === 0) return;
  const [failure] = await inTurn(() => numberLeft(deps, asked));
  if (failure) throw failure;
}

/**
 * The same of all employers, in the order of their ids, but for what is declared meanwhile, and for rosters that cannot
 * be opened: whoever asks for other persons can do nothing about them.
 */
export async function numberAllWorkers(deps: FactDeps, signal?: AbortSignal): Promise<void> {
  // The clock of another process may be ahead: what is there is told by the table alone.
  const { rows } = await deps.database.pool.query<{ last: string }>(
    'select declaration_id as last from unnumbered_declarations order by declaration_id desc limit 1',
  );
  if (rows[0]) await numberLeft(deps, { until: rows[0].last }, signal);
}

type Asked = { employerIds?: readonly string[]; until?: string };

/** Rosters that cannot be opened keep no others from it; they are logged, and told of in the end. */
async function numberLeft(
  deps: FactDeps,
  asked: Asked,
  signal?: AbortSignal,
): Promise<readonly PersonalDataError[]> {
  const failures: PersonalDataError[] = [];
  for (let after: RosterOf | undefined = FIRST; after && !signal?.aborted; ) {
    const portion: RosterOf[] = await readUnnumbered(deps.database, after, asked);
    try {
      await numberPortion(deps, portion);
    } catch (error) {
      if (!(error instanceof PersonalDataError)) throw error;
      for (const roster of portion) {
        if (signal?.aborted) break;
        await numberPortion(deps, [roster]).catch((failure: unknown) => {
          if (!(failure instanceof PersonalDataError)) throw failure;
          deps.log.error({ ...roster, code: failure.code }, 'a roster cannot be opened');
          failures.push(failure);
        });
      }
    }
    after = portion.at(-1);
  }
  return failures;
}

async function numberPortion(deps: FactDeps, portion: readonly RosterOf[]): Promise<void> {
  if (portion.length === 0) return;
  await transaction(deps.database, async (tx) => {
    // Two who gave ids at once would give two to a person whom both find in rosters of their own.
    await lockEmployers(deps, tx, [...new Set(portion.map(({ employerId }) => employerId))]);
    await numberRosters(deps, tx, await takeUnnumbered(deps, tx, portion));
  });
}

/** As many as are numbered in one go, in the order of employers. */
async function readUnnumbered(
  { pool }: Database,
  after: RosterOf,
  { employerIds, until }: Asked,
): Promise<RosterOf[]> {
  const { rows } = await pool.query<{ employer_id: string; declaration_id: string }>(
    `select employer_id, declaration_id
     from (select u.employer_id, u.declaration_id,
                  sum(d.headcount) over (order by u.employer_id, u.declaration_id) - d.headcount as before
           from (select employer_id, declaration_id from unnumbered_declarations
                 where (employer_id, declaration_id) > ($1::uuid, $2::uuid)
                   and ($3::uuid[] is null or employer_id = any($3))
                   and ($4::uuid is null or declaration_id <= $4)
                 order by employer_id, declaration_id limit ${ROSTERS_AT_ONCE}) u
           join declarations d on d.employer_id = u.employer_id and d.declaration_id = u.declaration_id) portion
     where before < ${WORKERS_AT_ONCE} order by employer_id, declaration_id`,
    [after.employerId, after.declarationId, employerIds && uuidArray(employerIds), until],
  );
  return rows.map((row) => ({ employerId: row.employer_id, declarationId: row.declaration_id }));
}

/** Those of them that nobody numbered before the locks were held; earlier declarations first. */
async function takeUnnumbered(deps: FactDeps, tx: Tx, portion: readonly RosterOf[]): Promise<Declared[]> {
  const { rows } = await tx.client.query<{
    employer_id: string;
    declaration_id: string;
    headcount: number;
    roster: Buffer;
  }>(
    `with taken as (
       delete from unnumbered_declarations u
       using unnest($1::uuid[], $2::uuid[]) as p (employer_id, declaration_id)
       where u.employer_id = p.employer_id and u.declaration_id = p.declaration_id
       returning u.employer_id, u.declaration_id)
     select d.employer_id, d.declaration_id, d.headcount, d.roster
     from taken t join declarations d on d.employer_id = t.employer_id and d.declaration_id = t.declaration_id
     order by d.declaration_id`,
    [
      uuidArray(portion.map(({ employerId }) => employerId)),
      uuidArray(portion.map(({ declarationId }) => declarationId)),
    ],
  );
  return rows.map(({ employer_id: employerId, declaration_id: declarationId, headcount, roster }) => {
    const of = { employerId, declarationId };
    return { ...of, headcount, content: unsealRoster(deps.keyRing, of, roster) };
  });
}

/** Gives an id to each person of these rosters whom the employer has not declared before. */
async function numberRosters(deps: FactDeps, tx: Tx, declared: readonly Declared[]): Promise<void> {
  const known = await readKnown(tx, [...new Set(declared.map(({ employerId }) => employerId))]);
  const batches: { employerId: string; batchId: string; workerIds: Buffer; nikIndexes: Buffer }[] = [];
  const pause = pauses();
  for (const { employerId, declarationId, headcount, content } of declared) {
    const ofEmployer = known.get(employerId) ?? new IndexSet();
    known.set(employerId, ofEmployer);
    const fresh: Buffer[] = [];
    for (let from = 0; from < headcount; from += INDEXED_AT_ONCE) {
      fresh.push(ofEmployer.addAll(deps.keyRing.blindIndexes(content, from, INDEXED_AT_ONCE)));
      await pause();
    }
    const nikIndexes = Buffer.concat(fresh);
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
  const found = await tx.client.query<{ employer_id: string; nik_indexes: Buffer }>({
    name: 'known workers',
    text: 'select employer_id, nik_indexes from worker_batches where employer_id = any($1::uuid[])',
    values: [uuidArray(employerIds)],
  });
  const known = new Map<string, IndexSet>();
  const pause = pauses();
  for (const { employer_id: employerId, nik_indexes: nikIndexes } of found.rows) {
    const ofEmployer = known.get(employerId) ?? new IndexSet();
    known.set(employerId, ofEmployer);
    ofEmployer.addAll(nikIndexes);
    await pause();
  }
  return known;
}
