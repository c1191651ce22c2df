import { type RecordedBy, type Tx, uuidv7 } from '#src/db/index.ts';
import type { Deps } from '#src/deps.ts';
import type { Period } from '#src/domain/civil.ts';
import { rosterSums } from '#src/domain/rules/roster.ts';
import type { RosterLine } from '#src/personal-data/index.ts';
import { lockEmployers, renewSummaries } from './append.ts';
import { keepAssessments } from './read-declarations.ts';
import { encodedRoster, sealRoster } from './roster.ts';

/** A roster of one employer for one month, as somebody declares it. */
export type DeclaredRoster = { employerId: string; period: Period; lines: readonly RosterLine[] };

/** The declaration in force after it: a new one, or the one that already said the same. */
export type RecordedDeclaration = { declarationId: string; changed: boolean };

/**
 * Records rosters, all or none. A roster equal to the one in force for its month, in whatever order its lines come,
 * is no new fact; any other supersedes it. Answers in the order given; a month may stand in the list only once per
 * employer.
 */
export async function recordDeclarations(
  deps: Deps,
  tx: Tx,
  by: RecordedBy,
  rosters: readonly DeclaredRoster[],
  importId?: string,
): Promise<RecordedDeclaration[]> {
  const recordedAt = await lockEmployers(deps, tx, [...new Set(rosters.map(({ employerId }) => employerId))]);
  const inForce = await readInForce(tx, rosters);
  const fresh: NewDeclaration[] = [];
  const recorded = rosters.map((roster): RecordedDeclaration => {
    const current = inForce.get(`${roster.employerId} ${roster.period}`);
    const { content, digest } = encodedRoster(deps.keyRing, roster.lines);
    if (current?.digest.equals(digest)) return { declarationId: current.declarationId, changed: false };
    const declarationId = uuidv7();
    const sums = rosterSums(deps.law, roster.period, roster.lines);
    const sealed = sealRoster(deps.keyRing, { employerId: roster.employerId, declarationId }, content);
    fresh.push({
      ...roster,
      roster: sealed,
      digest,
      ...sums,
      declarationId,
      supersedes: current?.declarationId,
    });
    return { declarationId, changed: true };
  });
  if (fresh.length === 0) return recorded;
  await insertDeclarations(tx, by, fresh, recordedAt, importId);
  await keepAssessments(tx.client, deps.law.version, fresh);
  await insertWorkers(deps, tx, fresh);
  await renewSummaries(deps, tx, [...new Set(fresh.map(({ employerId }) => employerId))], recordedAt);
  return recorded;
}

type NewDeclaration = DeclaredRoster &
  ReturnType<typeof rosterSums> & {
    declarationId: string;
    supersedes: string | undefined;
    roster: Buffer;
    digest: Buffer;
  };

async function readInForce(
  tx: Tx,
  rosters: readonly DeclaredRoster[],
): Promise<Map<string, { declarationId: string; digest: Buffer }>> {
  const found = await tx.client.query<{
    employer_id: string;
    period: string;
    declaration_id: string;
    digest: Buffer;
  }>(
    `select distinct on (d.employer_id, d.period) d.employer_id, d.period, d.declaration_id, d.digest
     from unnest($1::uuid[], $2::text[]) as wanted (employer_id, period)
     join declarations d on d.employer_id = wanted.employer_id and d.period = wanted.period
     order by d.employer_id, d.period, d.recorded_at desc, d.declaration_id desc`,
    [rosters.map(({ employerId }) => employerId), rosters.map(({ period }) => period)],
  );
  return new Map(
    found.rows.map((row) => [
      `${row.employer_id} ${row.period}`,
      { declarationId: row.declaration_id, digest: row.digest },
    ]),
  );
}

async function insertDeclarations(
  tx: Tx,
  by: RecordedBy,
  fresh: readonly NewDeclaration[],
  recordedAt: Date,
  importId: string | undefined,
): Promise<void> {
  await tx.client.query(
    `insert into declarations (employer_id, declaration_id, period, recorded_at, recorded_by, import_id, supersedes,
                               headcount, digest, roster)
     select employer_id, declaration_id, period, $8, $9, $10, supersedes, headcount, digest, roster
     from unnest($1::uuid[], $2::uuid[], $3::text[], $4::uuid[], $5::int[], $6::bytea[], $7::bytea[])
       as d (employer_id, declaration_id, period, supersedes, headcount, digest, roster)`,
    [
      fresh.map((each) => each.employerId),
      fresh.map((each) => each.declarationId),
      fresh.map((each) => each.period),
      fresh.map((each) => each.supersedes ?? null),
      fresh.map((each) => each.headcount),
      fresh.map((each) => each.digest),
      fresh.map((each) => each.roster),
      recordedAt,
      by,
      importId ?? null,
    ],
  );
}

/** Persons whom an employer has not declared before get their id; all others are found by their blind index. */
async function insertWorkers(deps: Deps, tx: Tx, fresh: readonly NewDeclaration[]): Promise<void> {
  const employerIds: string[] = [];
  const workerIds: string[] = [];
  const indexes: Buffer[] = [];
  for (const { employerId, lines } of fresh) {
    for (const { nik } of lines) {
      employerIds.push(employerId);
      workerIds.push(uuidv7());
      indexes.push(deps.keyRing.blindIndex(nik));
    }
  }
  await tx.client.query(
    `insert into workers (employer_id, worker_id, nik_index)
     select employer_id, worker_id, nik_index
     from unnest($1::uuid[], $2::uuid[], $3::bytea[]) as w (employer_id, worker_id, nik_index)
     on conflict do nothing`,
    [employerIds, workerIds, indexes],
  );
}
