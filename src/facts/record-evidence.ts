import { type RecordedBy, type Tx, uuidv7 } from '#src/db/index.ts';
import type { Day } from '#src/domain/civil.ts';
import { type EvidenceKind, MOST_EVIDENCE_A_YEAR } from '#src/domain/evidence.ts';
import type { Rupiah } from '#src/domain/money.ts';
import type { SeenWorker } from '#src/domain/rules/roster-comparison.ts';
import { lockEmployers, renewSummaries } from './append.ts';
import type { FactDeps } from './deps.ts';
import { encodeSeen, sealSeen } from './seen-workers.ts';

/** Evidence about an employer, as somebody states it. */
export type StatedEvidence = {
  employerId: string;
  kind: EvidenceKind;
  observedOn: Day;
  headcount?: number | undefined;
  wageBill?: Rupiah | undefined;
  lowestWage?: Rupiah | undefined;
  /** Each NIK once. */
  workers?: readonly SeenWorker[] | undefined;
  note?: string | undefined;
  documentHash?: string | undefined;
};

/**
 * The evidence on file after it: a new piece, or the one that already said the same; undefined where the agency has
 * recorded as much about the employer as it can in a year.
 */
export type KeptEvidence = { evidenceId: string; created: boolean } | undefined;

type NewEvidence = StatedEvidence & { evidenceId: string; digest: Buffer };

/**
 * Records evidence. What the same agency has stated before, word for word, is no new fact, in whatever order its workers
 * come. Answers in the order given.
 */
export async function keepEvidence(
  deps: FactDeps,
  tx: Tx,
  by: RecordedBy,
  stated: readonly StatedEvidence[],
  importId?: string,
): Promise<KeptEvidence[]> {
  if (stated.length === 0) return [];
  const recordedAt = await lockEmployers(deps, tx, [...new Set(stated.map(({ employerId }) => employerId))]);
  const pieces = stated.map((each) => ({ ...each, digest: digestOf(deps, by.agency, each) }));
  const known = await readKnown(tx, pieces);
  const counts = await countRecent(tx, by.agency, pieces, recordedAt);
  const fresh: NewEvidence[] = [];
  const kept = pieces.map((piece): KeptEvidence => {
    const key = keyOf(piece);
    const first = known.get(key);
    if (first !== undefined) return { evidenceId: first, created: false };
    const count = counts.get(piece.employerId) ?? 0;
    if (count >= MOST_EVIDENCE_A_YEAR) return undefined;
    counts.set(piece.employerId, count + 1);
    const evidenceId = uuidv7();
    known.set(key, evidenceId);
    fresh.push({ ...piece, evidenceId });
    return { evidenceId, created: true };
  });
  if (fresh.length === 0) return kept;
  await insert(deps, tx, by, fresh, recordedAt, importId);
  await renewSummaries(deps, tx, [...new Set(fresh.map(({ employerId }) => employerId))], recordedAt);
  return kept;
}

function digestOf(deps: FactDeps, agency: string, stated: StatedEvidence): Buffer {
  const { kind, observedOn, headcount, wageBill, lowestWage, workers = [], note, documentHash } = stated;
  const content = [agency, kind, observedOn, headcount, wageBill, lowestWage, note, documentHash];
  return deps.keyRing.digest(`${JSON.stringify(content)}${encodeSeen(workers)}`);
}

type Known = { employerId: string; digest: Buffer };

function keyOf({ employerId, digest }: Known): string {
  return `${employerId} ${digest.toString('hex')}`;
}

/** Ids of what is on file with the same content, by employer and digest. */
async function readKnown(tx: Tx, pieces: readonly Known[]): Promise<Map<string, string>> {
  const found = await tx.client.query<{ employer_id: string; digest: Buffer; evidence_id: string }>(
    `select e.employer_id, e.digest, e.evidence_id
     from unnest($1::uuid[], $2::bytea[]) as stated (employer_id, digest)
     join evidence e on e.employer_id = stated.employer_id and e.digest = stated.digest`,
    [pieces.map(({ employerId }) => employerId), pieces.map(({ digest }) => digest)],
  );
  return new Map(
    found.rows.map((row) => [keyOf({ employerId: row.employer_id, digest: row.digest }), row.evidence_id]),
  );
}

/** How much evidence the agency has recorded about each employer within a year before the instant. */
async function countRecent(
  tx: Tx,
  agency: string,
  pieces: readonly Known[],
  until: Date,
): Promise<Map<string, number>> {
  const found = await tx.client.query<{ employer_id: string; count: number }>(
    `select employer_id, count(*)::int as count from evidence
     where employer_id = any($1::uuid[]) and agency_code = $2 and recorded_at > $3::timestamptz - interval '1 year'
     group by employer_id`,
    [[...new Set(pieces.map(({ employerId }) => employerId))], agency, until],
  );
  return new Map(found.rows.map((row) => [row.employer_id, row.count]));
}

async function insert(
  deps: FactDeps,
  tx: Tx,
  by: RecordedBy,
  fresh: readonly NewEvidence[],
  recordedAt: Date,
  importId: string | undefined,
): Promise<void> {
  const sealed = fresh.map(({ workers, ...of }) => workers && sealSeen(deps.keyRing, of, workers));
  await tx.client.query(
    `insert into evidence (employer_id, evidence_id, agency_code, kind, observed_on, headcount, wage_bill, lowest_wage,
                           workers_seen, workers, note, document_hash, digest, import_id, recorded_at, recorded_by)
     select employer_id, evidence_id, $13, kind, observed_on, headcount, wage_bill, lowest_wage, workers_seen, workers,
            note, document_hash, digest, $14, $15, $16
     from unnest($1::uuid[], $2::uuid[], $3::text[], $4::date[], $5::int[], $6::bigint[], $7::bigint[], $8::int[],
                 $9::bytea[], $10::text[], $11::text[], $12::bytea[])
       as e (employer_id, evidence_id, kind, observed_on, headcount, wage_bill, lowest_wage, workers_seen, workers, note,
             document_hash, digest)`,
    [
      fresh.map((each) => each.employerId),
      fresh.map((each) => each.evidenceId),
      fresh.map((each) => each.kind),
      fresh.map((each) => each.observedOn),
      fresh.map((each) => each.headcount ?? null),
      fresh.map((each) => each.wageBill ?? null),
      fresh.map((each) => each.lowestWage ?? null),
      fresh.map((each) => each.workers?.length ?? null),
      sealed.map((each) => each ?? null),
      fresh.map((each) => each.note ?? null),
      fresh.map((each) => each.documentHash ?? null),
      fresh.map((each) => each.digest),
      by.agency,
      importId ?? null,
      recordedAt,
      by,
    ],
  );
}
