import type { Pool } from 'pg';
import { readUuid } from '#src/db/index.ts';
import type { Period } from '#src/domain/civil.ts';
import {
  decodeRoster,
  INDEX_BYTES,
  type KeyRing,
  type RosterLine,
  rosterNiks,
  rosterPlace,
} from '#src/personal-data/index.ts';
import { turns } from './at-most.ts';
import { numberWorkers } from './declared-workers.ts';
import type { FactDeps } from './deps.ts';
import { pauses } from './pauses.ts';
import { unsealRoster } from './roster.ts';
import { type RosterInForce, readInForce, readRosters } from './sealed-rosters.ts';

/** A person in declarations in force: as last declared, and the first and the last month of these. */
export type DeclaredWorker = {
  workerId: string;
  line: RosterLine;
  firstPeriod: Period;
  lastPeriod: Period;
};

/** Employers with more lines than that in their rosters are read one at a time: each is a part of a second of work. */
const MANY_LINES = 5_000;
const inTurn = turns(1);
const NIK_DIGITS = 16;
/** Of an id as of a blind index. */
const BYTES = INDEX_BYTES;

/** The blind index as latin1. */
type WorkerId = { workerId: string; nikIndex: string };

/**
 * The persons in an employer's declarations in force, in the order of their ids.
 *
 * @param page those after an id only, and at most so many
 */
export async function readWorkers(
  deps: FactDeps,
  employerId: string,
  page: { after: string | undefined; most: number },
): Promise<DeclaredWorker[]> {
  const declared = await readInForce(deps.database.reader, employerId);
  await numberWorkers(deps, [employerId]);
  const lines = declared.reduce((sum, { headcount }) => sum + headcount, 0);
  const read = () => readPage(deps, employerId, declared, page);
  return lines > MANY_LINES ? inTurn(read) : read();
}

async function readPage(
  { database: { reader }, keyRing }: FactDeps,
  employerId: string,
  declared: readonly RosterInForce[],
  { after = '', most }: { after: string | undefined; most: number },
): Promise<DeclaredWorker[]> {
  const ids = (await readIds(reader, employerId)).filter(({ workerId }) => workerId > after);
  const workers: DeclaredWorker[] = [];
  // Where a page of ids does not fill a page all the rest are looked up: one more reading of the rosters, at most.
  for (const portion of [ids.slice(0, most), ids.slice(most)]) {
    if (workers.length === most || portion.length === 0) break;
    const read = await readDeclared(reader, keyRing, declared, portion);
    for (const { workerId } of portion) {
      const worker = read.get(workerId);
      if (worker && workers.length < most) workers.push(worker);
    }
  }
  return workers;
}

/** In their order. The view of the same takes the batches to pieces, which for thousands of workers takes much longer. */
async function readIds(client: Pool, employerId: string): Promise<WorkerId[]> {
  const { rows } = await client.query<{ worker_ids: Buffer; nik_indexes: Buffer }>(
    'select worker_ids, nik_indexes from worker_batches where employer_id = $1',
    [employerId],
  );
  const pause = pauses();
  const ids: WorkerId[] = [];
  for (const { worker_ids: workerIds, nik_indexes: nikIndexes } of rows) {
    for (let at = 0; at < workerIds.length; at += BYTES) {
      await pause();
      const nikIndex = nikIndexes.toString('latin1', at, at + BYTES);
      ids.push({ workerId: readUuid(workerIds, at), nikIndex });
    }
  }
  return ids.sort((a, b) => (a.workerId < b.workerId ? -1 : 1));
}

/**
 * Whoever of these is in a declaration in force, by id. Rosters are opened one by one, others have their turn in
 * between; once it is known whose NIKs are asked for, these are looked up in earlier rosters and nothing else is read.
 */
async function readDeclared(
  client: Pool,
  keyRing: KeyRing,
  declared: readonly RosterInForce[],
  asked: readonly WorkerId[],
): Promise<Map<string, DeclaredWorker>> {
  const unknown = new Map(asked.map(({ workerId, nikIndex }) => [nikIndex, workerId]));
  const others = new Set<string>();
  const byNik = new Map<string, DeclaredWorker>();
  const pause = pauses();
  for (const { period, ...of } of declared.toReversed()) {
    await pause();
    const sealed = await readRosters(client, [of]);
    const content = unsealRoster(keyRing, of, sealed.get(of.declarationId)!);
    for (const [nik, worker] of byNik) {
      await pause();
      if (rosterPlace(content, nik) >= 0) worker.firstPeriod = period;
    }
    if (unknown.size === 0) continue;
    /** Ids by the places of their lines, in the order of these. */
    const found = new Map<number, string>();
    const niks = rosterNiks(content);
    for (let at = 0; at < niks.length && unknown.size > 0; at += NIK_DIGITS) {
      await pause();
      const nik = niks.toString('latin1', at, at + NIK_DIGITS);
      if (byNik.has(nik) || others.has(nik)) continue;
      const index = keyRing.blindIndex(nik).toString('latin1');
      const workerId = unknown.get(index);
      if (workerId === undefined) others.add(nik);
      else found.set(at / NIK_DIGITS, workerId);
      unknown.delete(index);
    }
    if (found.size === 0) continue;
    const workerIds = found.values();
    for (const line of decodeRoster(content, (place) => found.has(place))) {
      const workerId = workerIds.next().value!;
      byNik.set(line.nik, { workerId, line, firstPeriod: period, lastPeriod: period });
    }
  }
  return new Map([...byNik.values()].map((worker) => [worker.workerId, worker]));
}
