import { byteaArray, type RecordedBy, type Tx, textArray, uuidArray, uuidv7 } from '#src/db/index.ts';
import type { Period } from '#src/domain/civil.ts';
import { type RosterSums, sumsOfColumns } from '#src/domain/rules/roster.ts';
import { encodeRoster, type RosterLine, rosterColumns } from '#src/personal-data/index.ts';
import { extendSummaries, lockEmployers } from './append.ts';
import type { RecordedOf } from './carry-forward.ts';
import { recordWorkers } from './declared-workers.ts';
import type { FactDeps } from './deps.ts';
import { pauses } from './pauses.ts';
import { keepAssessments } from './read-declarations.ts';
import { sealRoster } from './roster.ts';

/** A roster of one employer for one month, as somebody declares it. */
export type DeclaredRoster = { employerId: string; period: Period; lines: readonly RosterLine[] };

/** The same, encoded. */
export type EncodedDeclaration = { employerId: string; period: Period; content: Buffer };

/** The declaration in force after it: a new one, or the one that already said the same. */
export type RecordedDeclaration = { declarationId: string; changed: boolean };

/**
 * Records rosters, all or none. A roster equal to the one in force for its month, in whatever order its lines come,
 * is no new fact; any other supersedes it. Answers in the order given; a month may stand in the list only once per
 * employer.
 */
export function recordDeclarations(
  deps: FactDeps,
  tx: Tx,
  by: RecordedBy,
  rosters: readonly DeclaredRoster[],
): Promise<RecordedDeclaration[]> {
  const encoded = rosters.map(({ lines, ...of }) => ({ ...of, content: encodeRoster(lines) }));
  return recordEncoded(deps, tx, by, encoded);
}

/** {@link recordDeclarations} of rosters that are encoded already. */
export async function recordEncoded(
  deps: FactDeps,
  tx: Tx,
  by: RecordedBy,
  rosters: readonly EncodedDeclaration[],
  importId?: string,
): Promise<RecordedDeclaration[]> {
  const digested = rosters.map((roster) => ({ ...roster, digest: deps.keyRing.digest(roster.content) }));
  const before = await readInForce(tx, digested);
  const differing = digested.filter((roster) => !isInForce(before, roster));
  const recorded = await recordDiffering(deps, tx, by, differing, importId);
  return digested.map((roster) => {
    const fresh = recorded.get(keyOf(roster));
    return fresh ?? { declarationId: before.get(keyOf(roster))!.declarationId, changed: false };
  });
}

/** Looks again under the locks: whoever held them may have declared the same. */
async function recordDiffering(
  deps: FactDeps,
  tx: Tx,
  by: RecordedBy,
  rosters: readonly DigestedDeclaration[],
  importId: string | undefined,
): Promise<Map<string, RecordedDeclaration>> {
  const recorded = new Map<string, RecordedDeclaration>();
  if (rosters.length === 0) return recorded;
  const recordedAt = await lockEmployers(deps, tx, employersOf(rosters));
  const inForce = await readInForce(tx, rosters);
  const fresh: NewDeclaration[] = [];
  const pause = pauses();
  for (const roster of rosters) {
    await pause();
    const current = inForce.get(keyOf(roster));
    if (isInForce(inForce, roster)) {
      recorded.set(keyOf(roster), { declarationId: current!.declarationId, changed: false });
      continue;
    }
    const of = { employerId: roster.employerId, declarationId: uuidv7() };
    const sums = sumsOfColumns(deps.law, roster.period, rosterColumns(roster.content));
    fresh.push({ ...roster, ...of, ...sums, supersedes: current?.declarationId });
    recorded.set(keyOf(roster), { declarationId: of.declarationId, changed: true });
  }
  if (fresh.length === 0) return recorded;
  await insertDeclarations(deps, tx, by, fresh, recordedAt, importId);
  await keepAssessments(tx.client, deps.law.version, fresh);
  await recordWorkers(deps, tx, fresh);
  await extendSummaries(deps, tx, recordedOf(fresh, recordedAt), recordedAt);
  return recorded;
}

function recordedOf(fresh: readonly NewDeclaration[], recordedAt: Date): RecordedOf {
  const at = recordedAt.toISOString();
  const factOf = ({ declarationId: id, period, headcount, assessments, coverage }: NewDeclaration) => {
    return { id, period, recordedAt: at, headcount, assessments, coverage };
  };
  const declared = Map.groupBy(fresh, ({ employerId }) => employerId);
  return new Map(
    [...declared].map(([employerId, each]) => [employerId, { declarations: each.map(factOf), payments: [] }]),
  );
}

type DigestedDeclaration = EncodedDeclaration & { digest: Buffer };

type NewDeclaration = DigestedDeclaration &
  RosterSums & { declarationId: string; supersedes: string | undefined };

type InForce = ReadonlyMap<string, { declarationId: string; digest: Buffer }>;

function keyOf({ employerId, period }: { employerId: string; period: Period }): string {
  return `${employerId} ${period}`;
}

function isInForce(inForce: InForce, roster: DigestedDeclaration): boolean {
  return inForce.get(keyOf(roster))?.digest.equals(roster.digest) === true;
}

function employersOf(rosters: readonly { employerId: string }[]): string[] {
  return [...new Set(rosters.map(({ employerId }) => employerId))];
}

async function readInForce(
  tx: Tx,
  rosters: readonly { employerId: string; period: Period }[],
): Promise<InForce> {
  const found = await tx.client.query<{
    employer_id: string;
    period: string;
    declaration_id: string;
    digest: Buffer;
  }>({
    name: 'declarations in force',
    text: `select distinct on (d.employer_id, d.period) d.employer_id, d.period, d.declaration_id, d.digest
     from unnest($1::uuid[], $2::text[]) as wanted (employer_id, period)
     join declarations d on d.employer_id = wanted.employer_id and d.period = wanted.period
     order by d.employer_id, d.period, d.recorded_at desc, d.declaration_id desc`,
    values: [
      uuidArray(rosters.map(({ employerId }) => employerId)),
      textArray(rosters.map(({ period }) => period)),
    ],
  });
  return new Map(
    found.rows.map((row) => [
      `${row.employer_id} ${row.period}`,
      { declarationId: row.declaration_id, digest: row.digest },
    ]),
  );
}

async function insertDeclarations(
  deps: FactDeps,
  tx: Tx,
  by: RecordedBy,
  fresh: readonly NewDeclaration[],
  recordedAt: Date,
  importId: string | undefined,
): Promise<void> {
  await tx.client.query({
    name: 'insert declarations',
    text: `insert into declarations (employer_id, declaration_id, period, recorded_at, recorded_by, import_id, supersedes,
                               headcount, digest, roster)
     select employer_id, declaration_id, period, $8, $9, $10, supersedes, headcount, digest, roster
     from unnest($1::uuid[], $2::uuid[], $3::text[], $4::uuid[], $5::int[], $6::bytea[], $7::bytea[])
       as d (employer_id, declaration_id, period, supersedes, headcount, digest, roster)`,
    values: [
      uuidArray(fresh.map((each) => each.employerId)),
      uuidArray(fresh.map((each) => each.declarationId)),
      textArray(fresh.map((each) => each.period)),
      uuidArray(fresh.map((each) => each.supersedes ?? null)),
      fresh.map((each) => each.headcount),
      byteaArray(fresh.map((each) => each.digest)),
      byteaArray(fresh.map((each) => sealRoster(deps.keyRing, each, each.content))),
      recordedAt,
      by,
      importId ?? null,
    ],
  });
}
